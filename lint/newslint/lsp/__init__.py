"""The language server: an adapter of the engine for editors. Needs the extra ``lsp``."""
