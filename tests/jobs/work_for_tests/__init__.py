"""An app with kinds of work that only tests ask for."""
