"""The HTML rules: tags that nest, close and belong in a post."""
