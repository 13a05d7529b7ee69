"""One post: front matter, its schema, and the body."""
