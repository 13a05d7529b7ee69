"""How Hugo processes a site and its posts."""
