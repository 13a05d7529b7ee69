"""What Hugo makes of a site and its posts."""
