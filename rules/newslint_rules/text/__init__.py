"""Text: what happened to the words of a post on their way."""
