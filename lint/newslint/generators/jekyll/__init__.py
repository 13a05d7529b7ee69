"""How Jekyll processes a site and its posts."""
