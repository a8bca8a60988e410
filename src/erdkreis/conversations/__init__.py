"""Talk about one difference: what was heard, reasons, what would have to be true, a proposal."""
