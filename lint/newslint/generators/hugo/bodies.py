"""Whether the template of a Hugo page shows what the page contains."""

from __future__ import annotations

from newslint.core import lazy
from newslint.generators.hugo.templates import Templates
from newslint.generators.site.files import SiteFiles

_BODY = lazy.pattern(r"\.(?:Content|RawContent|Plain|Summary|Truncated|Fragments|Render)\b")
_PARTIAL = lazy.pattern(r"\bpartial(?:Cached)?\s+(?:\"([^\"\n]+)\"|`([^`\n]+)`|(?=\())")
_FILE_LIMIT = 60


def shows_body(section: str, templates: Templates, files: SiteFiles) -> bool:
    """Return whether pages of a section may show their body; true where it is not known.

    Only a template of the section's own is read, and the partials that it calls.
    """
    names = (f"{section}/single.html", f"{section}/page.html")
    waiting = [source for name in names if (source := templates.files.get(name))][:1]
    if not section or not waiting:
        return True
    seen: set[str] = set()
    while waiting and len(seen) < _FILE_LIMIT:
        source = waiting.pop()
        if source in seen:
            continue
        seen.add(source)
        text = files.text(source)
        if text is None or _BODY.search(text):
            return True
        for match in _PARTIAL.finditer(text):
            partial = templates.partial(match[1] or match[2] or "").source
            if not partial:
                return True
            waiting.append(partial)
    return bool(waiting)
