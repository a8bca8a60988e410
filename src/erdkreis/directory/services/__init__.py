"""What people do with entries: suggest, hand in, check, publish, object, reply, look again."""
