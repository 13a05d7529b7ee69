"""The configuration: which files say what, and the settings in force for each post."""
