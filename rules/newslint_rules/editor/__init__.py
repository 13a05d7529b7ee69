"""The line that names the editor."""
