"""Pages of the fit conversation: those of the provider, those of both, and the way in."""
