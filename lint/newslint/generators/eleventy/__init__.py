"""How Eleventy processes a site and its posts."""
