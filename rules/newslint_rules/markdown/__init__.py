"""Markdown: what the generator's Markdown renderer makes of a post's HTML."""
