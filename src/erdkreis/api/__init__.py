"""Programs of others: the same services, the same gate, and nothing that pages would not show."""
