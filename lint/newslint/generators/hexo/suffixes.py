"""The suffixes of files that Hexo renders, with the suffix of what becomes of them."""

PLAIN = {".htm": ".html", ".html": ".html", ".njk": ".html", ".j2": ".html"}
"""Suffixes that Hexo itself renders to pages."""
DATA = {".css": ".css", ".js": ".js", ".json": ".json", ".yml": ".json", ".yaml": ".json"}
"""Suffixes that Hexo itself renders to other files."""
MARKDOWN = dict.fromkeys(
    (".md", ".markdown", ".mkd", ".mkdn", ".mdwn", ".mdtxt", ".mdtext"), ".html"
)
"""Suffixes that every Markdown renderer of Hexo registers."""
