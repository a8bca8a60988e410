"""Two things wanted at once that pull apart, worded so that each side accepts the words."""
