"""Outside: the public pages of a circle and of a round, for other sites to embed and to link to."""
