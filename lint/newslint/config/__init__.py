"""The configuration files, and the settings of each post."""
