"""Linting one post: the contract of a rule, the registry, fixes, suppressions."""
