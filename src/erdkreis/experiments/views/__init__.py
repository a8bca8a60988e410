"""Pages of experiments: the list, one of them, its form, and what those touched see."""
