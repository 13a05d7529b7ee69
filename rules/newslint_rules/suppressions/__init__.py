"""Suppressions: the comments that switch rules off."""
