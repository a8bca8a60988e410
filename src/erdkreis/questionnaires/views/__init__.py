"""Pages of asking: for those who answer, and for those who prepare and type in."""
