"""Answer back: one page to everyone who was asked, sent and published from one place."""
