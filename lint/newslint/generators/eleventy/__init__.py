"""What Eleventy makes of a site and its posts."""
