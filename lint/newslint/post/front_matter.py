"""The front matter of a post: the values for the target, and the span of each key and value.

python-frontmatter parses the values; boundaries and spans are found in `newslint.post.boundaries`
and `newslint.post.entries`, because it strips the body, converts CRLF and reads unclosed front
matter as body.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from newslint.core.lazy import cached_property
from newslint.core.limits import Limits
from newslint.core.messages import msg
from newslint.core.source import printable
from newslint.core.span import Span
from newslint.generators import Target, yaml
from newslint.generators.yaml import simple as simple_yaml
from newslint.post.boundaries import Bounds, find_bounds
from newslint.post.entries import Entry, Path, json_entries, own_span, yaml_entries
from newslint.post.toml_json import UnparsedError, is_members, load_json, load_toml

if TYPE_CHECKING:
    from yaml.nodes import Node, ScalarNode

    from newslint.generators.key_problem import KeyProblem
    from newslint.generators.yaml import YamlProblem

__all__ = [
    "Bounds",
    "Entry",
    "FrontMatter",
    "HeaderError",
    "Path",
    "find_bounds",
    "parse",
]


_NESTING = "[{?-:."
"""Characters that open a collection in YAML, JSON and TOML."""

FORMS = frozenset({"yaml", "toml", "json"})
"""The forms of front matter that newslint reads; ``js`` is a program."""

FATAL_KINDS = frozenset(
    (  # noqa: SIM905
        "syntax alias depth not-a-mapping key null-key merge symbol number time"
    ).split()
)
"""The kinds of `YamlProblem` that make the complete front matter unreadable (FM003)."""


class HeaderError(NamedTuple):
    """Why front matter could not be parsed, as a message, and the span in the file.

    ``value`` is the text that is valid in quotes, if quotes are the likely fix; ``limit`` is true
    if it exceeds a limit of newslint.
    """

    message: str
    offset: int
    limit: bool = False
    value: Span | None = None


class FrontMatter:
    """Parsed front matter. ``data`` are its values, empty if ``error`` is set.

    Keys are text. Values are those of the target: ``yes`` is text for Hexo, and true for Jekyll.
    """

    def __init__(self, bounds: Bounds, text: str, target: Target) -> None:
        self.bounds = bounds
        self.text = text
        """The content between the fences, as in the file."""
        self.target = target
        self.data: Mapping[str, Any] = {}
        self.error: HeaderError | None = None
        self.composed: Node | None = None
        """The root YAML node, if it was created to compute the values."""
        self.simple = False
        """Whether the values were read line by line, without a YAML parser."""
        self.problems: tuple[YamlProblem, ...] = ()
        """Valid YAML that the target does not accept: duplicate keys, unknown tags."""

    @cached_property
    def node(self) -> Node | None:
        """The root YAML node if the form is YAML and it can be parsed."""
        if not self.simple:
            return self.composed
        from newslint.post import aliases

        # Simple YAML has no errors: every loader reads it.
        return aliases.compose(self.text)

    @cached_property
    def entries(self) -> dict[Path, Entry]:
        """Every key and list item with its spans; of a duplicate key the last one."""
        return {entry.path: entry for entry in self.walk()}

    def walk(self) -> Iterator[Entry]:
        """Yield every key and list item in the order of the file, including duplicate keys."""
        if self.error is not None:
            return
        start = self.bounds.content.start
        if self.bounds.form == "toml":
            from newslint.post.toml_entries import toml_entries

            yield from toml_entries(self.text, start)
        elif self.bounds.form == "json":
            yield from json_entries(self.text, start, members=is_members(self.bounds))
        elif self.node is not None:
            yield from yaml_entries(self.node, self.offset)

    @cached_property
    def offset(self) -> Callable[[int], int]:
        """Converts an index of the YAML that the target's loader reads to an offset of the file."""
        start = self.bounds.content.start
        if "\t" not in self.text:
            return lambda index: start + index
        back = yaml.origin(self.text, self.target.name)
        return lambda index: start + back(index)

    @cached_property
    def key_problems(self) -> list[KeyProblem]:
        """Keys that the target reads differently from what the author means."""
        from newslint.generators.reserved_keys import key_problems

        found = key_problems(self.data, self.target.name, self.target.version)
        if self.target.name == "hugo" and self.bounds.form == "yaml":
            from newslint.generators.hugo_keys import typed_keys

            found += (
                one
                for one in typed_keys(filter(None, self.data), self.target.version)
                if not self._is_quoted(one.key)
            )
        return found

    def _is_quoted(self, key: str) -> bool:
        from newslint.generators.yaml.nodes import is_plain

        pairs = getattr(self.node, "value", ())
        return any(name.value == key and not is_plain(name) for name, _ in pairs)

    def scalar(self, path: Path) -> ScalarNode | None:
        """Return the YAML node of a scalar at a path; cheaper than ``entries``."""
        node: Any = self.node
        for part in path:
            values = getattr(node, "value", ())
            if isinstance(part, int):
                node = values[part] if isinstance(values, list) and part < len(values) else None
            elif isinstance(values, list):
                pairs = (pair for pair in reversed(values) if isinstance(pair, tuple))
                node = next((value for key, value in pairs if key.value == part), None)
            else:
                return None
        return node if hasattr(node, "style") else None

    def key_span(self, path: Path) -> Span:
        """Return the span of a key, or of the nearest key above it; else the opening fence."""
        while path:
            if path in self.entries:
                return self.entries[path].key
            path = path[:-1]
        return self.bounds.opening

    def value_span(self, path: Path) -> Span:
        """Return the span of a value including quotes; as `key_span` if there is none."""
        entry = self.entries.get(path)
        return entry.value if entry else self.key_span(path)

    def own_span(self, path: Path) -> Span | None:
        """Return the span in which a fix may write another value; None if more would change.

        An anchor or tag before the value, or before its parent, would be lost or is used elsewhere;
        an alias or a merged key is written elsewhere.
        """
        return own_span(self.entries, path, self.text, self.bounds.content.start)


def parse(
    text: str,
    bounds: Bounds,
    target: Target | None = None,
    *,
    simple: bool = False,
    limits: Limits | None = None,
) -> FrontMatter:
    """Return the front matter at ``bounds``, parsed as the target does.

    Errors are in ``FrontMatter.error``. ``simple`` is `newslint.post.boundaries.Boundaries.simple`.
    """
    limits = limits or Limits()
    content = text[bounds.content.start : bounds.content.end]
    header = FrontMatter(bounds, content, target or Target())
    if simple and _read_simple(header):
        return header
    clean = printable(content)
    try:
        if bounds.form == "toml":
            data = load_toml(clean, header.target.version)
        elif bounds.form == "json":
            data = load_json(clean, bounds)
        else:
            data = _load_yaml(header, clean, limits)
        _check_depth(data, clean, limits.yaml_depth)
    except UnparsedError as error:
        start, end = bounds.content
        value = None if error.value is None else Span(*error.value).shift(start)
        header.error = HeaderError(
            error.message, min(start + error.offset, end), error.limit, value
        )
        return header
    if isinstance(data, Mapping):
        header.data = data
    elif data is not None:
        header.composed = None
        header.error = HeaderError(_NO_MAPPING, bounds.content.start)
    return header


_NO_MAPPING = msg("front matter must be a mapping of keys to values")


def _check_depth(data: object, text: str, limit: int) -> None:
    """Raise LimitError for values that are nested too deep; they contain no cycles."""
    if sum(map(text.count, _NESTING)) <= limit:
        return
    level, depth = [data], 0
    while level := [inner for one in level for inner in _inside(one)]:
        depth += 1
        if depth > limit:
            raise UnparsedError(
                msg("nested deeper than {limit:,} levels (limits.yaml-depth)", limit=limit),
                0,
                limit=True,
            )


def _inside(value: object) -> Iterable[object]:
    """Return the collections in a collection."""
    held = value.values() if isinstance(value, Mapping) else value
    if not isinstance(held, Iterable) or isinstance(held, (str, bytes)):
        return ()
    return [one for one in held if isinstance(one, (Mapping, list))]


def _load_yaml(header: FrontMatter, text: str, limits: Limits) -> object:
    """Return the values as the target's own loader reads them."""
    target = header.target
    if not text.strip(simple_yaml.BLANK if target.name == "hugo" else None):
        return {}
    loaded = yaml.examine(header.text, target.name, target.version)
    fatal = next((one for one in loaded.problems if one.kind in FATAL_KINDS), None)
    if fatal is not None:
        limit = fatal.kind == "depth"
        raise UnparsedError(fatal.message, fatal.offset, limit, fatal.value)
    if "*" in text and loaded.node is not None:
        _check_aliases(header, loaded.node, limits.yaml_values)
    header.composed = loaded.node
    header.problems = loaded.problems
    return loaded.values


def _read_simple(header: FrontMatter) -> bool:
    """Read simple YAML without a parser; return False if it needs one."""
    dialect = yaml.dialect(header.target.name, header.target.version)
    values = simple_yaml.simple(header.text, dialect)
    if values is None:
        return False
    header.data, header.simple = values, True
    return True


def _check_aliases(header: FrontMatter, node: Node, limit: int) -> None:
    from newslint.post import aliases

    try:
        aliases.check_aliases(node, limit)
    except aliases.LimitError as error:
        offset = header.offset(error.index) - header.bounds.content.start
        raise UnparsedError(str(error), offset, limit=True) from None
