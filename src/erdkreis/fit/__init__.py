"""Does this offer really fit? A talk before a sale, owned by both sides."""
