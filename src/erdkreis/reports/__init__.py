"""What leaves the house as a file: it gathers and never counts."""
