"""Styles: what a style block does to the site, and whether it works at all."""
