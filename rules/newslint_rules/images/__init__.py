"""Images: what keeps a picture from being shown."""
