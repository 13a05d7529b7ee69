"""Check a post: the contract of a rule, the registry, fixes and suppressions."""
