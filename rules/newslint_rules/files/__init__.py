"""Files: what newslint says of a file that is no post to read."""
