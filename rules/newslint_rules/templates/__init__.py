"""Templates: what the generator's template engine makes of a post."""
