"""The language server: a thin adapter over the engine, for editors. Needs the extra ``lsp``."""
