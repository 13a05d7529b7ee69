"""Images: what keeps an image from being shown."""
