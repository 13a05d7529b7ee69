"""newslint: a linter for posts that site generators build.

The names below are the public API; each is imported when it is first asked for.
"""

from __future__ import annotations

# As typing's own, whose import takes longer than `newslint --version` may.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from newslint.api import check_paths, check_text, fix_text
    from newslint.archive import Archive
    from newslint.finding import Edit, Finding, Fix, Safety, Severity
    from newslint.header import Header
    from newslint.message import Message, both, enumerated, listed, plural, say
    from newslint.online.answer import Answer, Request
    from newslint.options import Checked, Field, RuleOptions
    from newslint.post import Post
    from newslint.rule import (
        ArchiveRule,
        Bad,
        ElementRule,
        FileRule,
        FrontMatterRule,
        Good,
        LookBackRule,
        OnlineRule,
        PostRule,
        Rule,
        SuppressionRule,
    )
    from newslint.span import Span

__version__ = "0.1.0"

_HOMES = {
    "newslint.api": ("check_paths", "check_text", "fix_text"),
    "newslint.archive": ("Archive",),
    "newslint.finding": ("Edit", "Finding", "Fix", "Safety", "Severity"),
    "newslint.header": ("Header",),
    "newslint.message": ("Message", "both", "enumerated", "listed", "plural", "say"),
    "newslint.online.answer": ("Answer", "Request"),
    "newslint.options": ("Checked", "Field", "RuleOptions"),
    "newslint.post": ("Post",),
    "newslint.rule": (
        "ArchiveRule",
        "Bad",
        "ElementRule",
        "FileRule",
        "FrontMatterRule",
        "Good",
        "LookBackRule",
        "OnlineRule",
        "PostRule",
        "Rule",
        "SuppressionRule",
    ),
    "newslint.span": ("Span",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Answer",
    "Archive",
    "ArchiveRule",
    "Bad",
    "Checked",
    "Edit",
    "ElementRule",
    "Field",
    "FileRule",
    "Finding",
    "Fix",
    "FrontMatterRule",
    "Good",
    "Header",
    "LookBackRule",
    "Message",
    "OnlineRule",
    "Post",
    "PostRule",
    "Request",
    "Rule",
    "RuleOptions",
    "Safety",
    "Severity",
    "Span",
    "SuppressionRule",
    "both",
    "check_paths",
    "check_text",
    "enumerated",
    "fix_text",
    "listed",
    "plural",
    "say",
]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value
