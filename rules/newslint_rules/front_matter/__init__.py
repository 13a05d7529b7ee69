"""Front matter: whether it is there, whether the target reads it, and whether it is right."""
