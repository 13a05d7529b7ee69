"""The cache of results between runs."""
