"""What Jekyll makes of a site and its posts."""
