"""newslint: a linter for posts that site generators build.

The names below are the public API; each is imported when it is first asked for.
"""

from __future__ import annotations

from newslint.core.version import __version__ as __version__

# As typing's own, whose import takes longer than `newslint --version` may.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from newslint.core.finding import Edit, Finding, Fix, Impact, Safety, Severity
    from newslint.core.messages import Message, join_and, join_comma, join_semicolon, msg, plural
    from newslint.core.span import Span
    from newslint.linter.archive import Archive
    from newslint.linter.http_request import Answer, Request
    from newslint.linter.options import Checked, Field, RuleOptions
    from newslint.linter.rule import (
        ArchiveRule,
        Bad,
        ElementRule,
        FileRule,
        FrontMatterRule,
        Good,
        OnlineRule,
        PostRule,
        Rule,
        StreamingArchiveRule,
        SuppressionRule,
    )
    from newslint.post.front_matter import FrontMatter
    from newslint.post.post import Post
    from newslint.runner.api import FixedText, check_paths, check_text, fix_text

_HOMES = {
    "newslint.runner.api": ("FixedText", "check_paths", "check_text", "fix_text"),
    "newslint.linter.archive": ("Archive",),
    "newslint.core.finding": ("Edit", "Finding", "Fix", "Impact", "Safety", "Severity"),
    "newslint.post.front_matter": ("FrontMatter",),
    "newslint.core.messages": (
        "Message",
        "join_and",
        "join_comma",
        "join_semicolon",
        "plural",
        "msg",
    ),
    "newslint.linter.http_request": ("Answer", "Request"),
    "newslint.linter.options": ("Checked", "Field", "RuleOptions"),
    "newslint.post.post": ("Post",),
    "newslint.linter.rule": (
        "ArchiveRule",
        "Bad",
        "ElementRule",
        "FileRule",
        "FrontMatterRule",
        "Good",
        "StreamingArchiveRule",
        "OnlineRule",
        "PostRule",
        "Rule",
        "SuppressionRule",
    ),
    "newslint.core.span": ("Span",),
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
    "FixedText",
    "FrontMatter",
    "FrontMatterRule",
    "Good",
    "Impact",
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
    "StreamingArchiveRule",
    "SuppressionRule",
    "check_paths",
    "check_text",
    "fix_text",
    "join_and",
    "join_comma",
    "join_semicolon",
    "msg",
    "plural",
]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value
