"""Files: discovery, ignore patterns, stores, atomic writes, git changes."""
