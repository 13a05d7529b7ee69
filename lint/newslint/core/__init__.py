"""The foundation of all other packages: spans, source text, findings, errors and messages."""
