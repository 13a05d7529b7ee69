"""newslint: a linter for posts that site generators build.

The names below are the public API; each is imported when it is first asked for.
"""

from __future__ import annotations

from newslint.core.version import __version__ as __version__

# As typing's own, whose import takes longer than `newslint --version` may.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.core import lazy
    from newslint.core.errors import ConfigError, NewslintError, PluginError, UsageError
    from newslint.core.finding import Edit, Finding, Fix, Impact, Safety, Severity
    from newslint.core.messages import Message, join_and, join_comma, join_semicolon, msg, plural
    from newslint.core.report import Diagnostic, FileReport
    from newslint.core.source import printable
    from newslint.core.span import Span, with_line
    from newslint.generators import dates, markdown, permalinks, reserved_keys, templates, yaml
    from newslint.generators.dates import DateReading
    from newslint.generators.effects import Effect, TemplateProblem
    from newslint.generators.markdown import Change as MarkdownChange
    from newslint.generators.site import Site
    from newslint.generators.site_roles import BUNDLE_TAGS, Definition, Role
    from newslint.generators.site_roles import Answer as SiteAnswer
    from newslint.generators.target import Target
    from newslint.html.problems import Problem, ProblemKind
    from newslint.html.tags import Tag, tags_of
    from newslint.html.tokenizer import Attribute, Token, TokenKind
    from newslint.linter import inference, suppressions
    from newslint.linter.archive import Archive
    from newslint.linter.http_request import Answer, Request
    from newslint.linter.inference import InferredOptions, Observation, Observations
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
    from newslint.linter.source_map import MappedText
    from newslint.linter.source_map import decoded as decoded_text
    from newslint.linter.suppressions import SuppressionUsage
    from newslint.post import schema
    from newslint.post.boundaries import Bounds, find_bounds
    from newslint.post.front_matter import Entry, FrontMatter
    from newslint.post.front_matter import Path as KeyPath
    from newslint.post.post import Post
    from newslint.post.schema import FieldKind, SchemaError
    from newslint.reports import Context as ReportContext
    from newslint.runner.api import FixedText, check_paths, check_text, fix_text

_MODULES = {
    "dates": "newslint.generators.dates",
    "inference": "newslint.linter.inference",
    "lazy": "newslint.core.lazy",
    "markdown": "newslint.generators.markdown",
    "permalinks": "newslint.generators.permalinks",
    "reserved_keys": "newslint.generators.reserved_keys",
    "schema": "newslint.post.schema",
    "suppressions": "newslint.linter.suppressions",
    "templates": "newslint.generators.templates",
    "yaml": "newslint.generators.yaml",
}
"""The modules that are public as they are, by their public names."""

_HOMES = {
    "newslint.config.project": ("Project",),
    "newslint.core.errors": (
        "ConfigError",
        "NewslintError",
        "PluginError",
        "UsageError",
    ),
    "newslint.core.finding": (
        "Edit",
        "Finding",
        "Fix",
        "Impact",
        "Safety",
        "Severity",
    ),
    "newslint.core.messages": (
        "Message",
        "join_and",
        "join_comma",
        "join_semicolon",
        "msg",
        "plural",
    ),
    "newslint.core.report": (
        "Diagnostic",
        "FileReport",
    ),
    "newslint.core.source": ("printable",),
    "newslint.core.span": (
        "Span",
        "with_line",
    ),
    "newslint.generators.dates": ("DateReading",),
    "newslint.generators.effects": (
        "Effect",
        "TemplateProblem",
    ),
    "newslint.generators.site": ("Site",),
    "newslint.generators.site_roles": (
        "BUNDLE_TAGS",
        "Definition",
        "Role",
    ),
    "newslint.generators.target": ("Target",),
    "newslint.html.problems": (
        "Problem",
        "ProblemKind",
    ),
    "newslint.html.tags": (
        "Tag",
        "tags_of",
    ),
    "newslint.html.tokenizer": (
        "Attribute",
        "Token",
        "TokenKind",
    ),
    "newslint.linter.archive": ("Archive",),
    "newslint.linter.http_request": (
        "Answer",
        "Request",
    ),
    "newslint.linter.inference": (
        "InferredOptions",
        "Observation",
        "Observations",
    ),
    "newslint.linter.options": (
        "Checked",
        "Field",
        "RuleOptions",
    ),
    "newslint.linter.rule": (
        "ArchiveRule",
        "Bad",
        "ElementRule",
        "FileRule",
        "FrontMatterRule",
        "Good",
        "OnlineRule",
        "PostRule",
        "Rule",
        "StreamingArchiveRule",
        "SuppressionRule",
    ),
    "newslint.linter.source_map": ("MappedText",),
    "newslint.linter.suppressions": ("SuppressionUsage",),
    "newslint.post.boundaries": (
        "Bounds",
        "find_bounds",
    ),
    "newslint.post.front_matter": (
        "Entry",
        "FrontMatter",
    ),
    "newslint.post.post": ("Post",),
    "newslint.post.schema": (
        "FieldKind",
        "SchemaError",
    ),
    "newslint.runner.api": (
        "FixedText",
        "check_paths",
        "check_text",
        "fix_text",
    ),
}
_RENAMED = {
    "KeyPath": ("newslint.post.front_matter", "Path"),
    "MarkdownChange": ("newslint.generators.markdown", "Change"),
    "ReportContext": ("newslint.reports", "Context"),
    "SiteAnswer": ("newslint.generators.site_roles", "Answer"),
    "decoded_text": ("newslint.linter.source_map", "decoded"),
}
_HOME_OF = {name: (module, name) for module, names in _HOMES.items() for name in names} | _RENAMED

__all__ = [
    "BUNDLE_TAGS",
    "Answer",
    "Archive",
    "ArchiveRule",
    "Attribute",
    "Bad",
    "Bounds",
    "Checked",
    "ConfigError",
    "DateReading",
    "Definition",
    "Diagnostic",
    "Edit",
    "Effect",
    "ElementRule",
    "Entry",
    "Field",
    "FieldKind",
    "FileReport",
    "FileRule",
    "Finding",
    "Fix",
    "FixedText",
    "FrontMatter",
    "FrontMatterRule",
    "Good",
    "Impact",
    "InferredOptions",
    "KeyPath",
    "MappedText",
    "MarkdownChange",
    "Message",
    "NewslintError",
    "Observation",
    "Observations",
    "OnlineRule",
    "PluginError",
    "Post",
    "PostRule",
    "Problem",
    "ProblemKind",
    "Project",
    "ReportContext",
    "Request",
    "Role",
    "Rule",
    "RuleOptions",
    "Safety",
    "SchemaError",
    "Severity",
    "Site",
    "SiteAnswer",
    "Span",
    "StreamingArchiveRule",
    "SuppressionRule",
    "SuppressionUsage",
    "Tag",
    "Target",
    "TemplateProblem",
    "Token",
    "TokenKind",
    "UsageError",
    "check_paths",
    "check_text",
    "dates",
    "decoded_text",
    "find_bounds",
    "fix_text",
    "inference",
    "join_and",
    "join_comma",
    "join_semicolon",
    "lazy",
    "markdown",
    "msg",
    "permalinks",
    "plural",
    "printable",
    "reserved_keys",
    "schema",
    "suppressions",
    "tags_of",
    "templates",
    "with_line",
    "yaml",
]


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name in _MODULES:
        value: object = import_module(_MODULES[name])
    elif name in _HOME_OF:
        module, own = _HOME_OF[name]
        value = getattr(import_module(module), own)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
