"""Ways in: the link of a group, single-use codes, QR codes, guardians."""
