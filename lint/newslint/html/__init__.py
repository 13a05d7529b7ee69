"""HTML: tokenizer, tree with positions, nesting rules of the standard."""
