"""What Hugo does with a text."""
