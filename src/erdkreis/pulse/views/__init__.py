"""Pages of the pulse: for hosts, for everyone who is asked, and the model of waiting."""
