"""Pages of a conversation: for those who take part, and for those who lead it."""
