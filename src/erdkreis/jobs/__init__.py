"""Work that nobody waits for: what is to be done, by whom it was taken, and what became of it."""
