"""What everything else builds on: spans, source text, findings, errors, messages, language."""
