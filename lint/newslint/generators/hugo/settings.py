"""What the configuration of a Hugo site says about its posts, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from newslint.generators.site.parsing import EMPTY, section, texts

_YES = (True, 1, "true", "1", "t", "T", "TRUE", "True")
DATE_KEYS = ("date", "publishdate", "pubdate", "published", "lastmod", "modified")
"""The keys that the date of a page is taken from, the first first (Hugo 0.168)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern of ``permalinks``: for a kind of page, and for a section or, as glob, a path."""

    kind: str
    pattern: str
    section: str | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Addresses:
    """The settings of one language that decide where pages are written.

    ``prefix`` is the folder of the language, ``always`` says that it also comes before an absolute
    ``url``. ``ugly`` is true, or the sections with ugly addresses. ``known`` is false where a
    setting is in force that newslint does not follow.
    """

    rules: tuple[Rule, ...] = ()
    prefix: str = ""
    always: bool = False
    ugly: bool | frozenset[str] = False
    lower: bool = True
    accents: bool = True
    date_keys: tuple[str, ...] = DATE_KEYS
    disabled_kinds: frozenset[str] = frozenset()
    known: bool = True

    @property
    def moves_terms(self) -> bool:
        """Whether pages of taxonomies and terms may have a pattern of their own."""
        return any(one.kind in ("taxonomy", "term") or one.section is None for one in self.rules)


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides of posts: languages in order, the default one, and each one's addresses.

    ``languages`` maps each code to whether it is built.
    """

    languages: Mapping[str, bool] = field(default_factory=lambda: {"en": True})
    default: str = "en"
    addresses: Mapping[str, Addresses] = field(default_factory=lambda: {"en": Addresses()})
    missing_refs_pass: bool = False
    """Whether a ``ref`` to a page that does not exist is a warning, and the build goes on."""
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The names in lower case of each ``parameter``, those in a mapping with its name and a dot
    before them, and of each ``output`` format that the site defines."""


def is_yes(value: Any) -> bool:
    """Return whether Go's ``cast.ToBool`` takes a value for true."""
    return isinstance(value, (bool, int, str)) and value in _YES


def read(values: Mapping[str, Any]) -> Settings:
    """Return the settings of a configuration."""
    own = {
        code: one if isinstance(one, Mapping) else EMPTY
        for code, one in section(values, "languages").items()
        if code != "_merge"
    }
    stated = values.get("defaultcontentlanguage")
    default = stated.lower() if isinstance(stated, str) and stated else "en"
    disabled = {one.lower() for one in texts(values.get("disablelanguages"))}
    languages = {
        code: code not in disabled and not is_yes(one.get("disabled")) for code, one in own.items()
    }
    languages.setdefault(default, True)
    several = any(isinstance(one.get("baseurl"), str) for one in own.values())
    return Settings(
        languages,
        default,
        {
            code: _addresses(values, own.get(code, EMPTY), code, default, several)
            for code in languages
        },
        str(values.get("reflinkserrorlevel")).lower() == "warning",
        {
            "parameter": _names(section(values, "params"))
            | _in_each([own.get(code, EMPTY) for code in languages]),
            "output": frozenset(name.lower() for name in section(values, "outputformats")),
        },
    )


def _in_each(languages: list[Mapping[str, Any]]) -> frozenset[str]:
    """Return the names of the parameters that each language has."""
    return frozenset.intersection(*(_names(section(one, "params")) for one in languages))


def _names(values: Mapping[str, Any], before: str = "") -> frozenset[str]:
    found = set()
    for key, value in values.items():
        name = f"{before}{key}".lower()
        found.add(name)
        if isinstance(value, Mapping) and name.count(".") < _DEEPEST:
            found |= _names(value, f"{name}.")
    return frozenset(found)


_DEEPEST = 8
"""Dots in the name of a parameter that is looked up."""


def _addresses(
    values: Mapping[str, Any], own: Mapping[str, Any], code: str, default: str, several: bool
) -> Addresses:
    def get(key: str) -> Any:
        return own.get(key, values.get(key))

    in_folder = several or code != default or is_yes(values.get("defaultcontentlanguageinsubdir"))
    ugly = get("uglyurls")
    dates = texts(section(values, "frontmatter").get("date"))
    rules = _rules(get("permalinks"))
    return Addresses(
        rules=rules or (),
        prefix=code if in_folder else "",
        always=several,
        ugly=frozenset(k for k, v in ugly.items() if is_yes(v))
        if isinstance(ugly, Mapping)
        else is_yes(ugly),
        lower=not is_yes(get("disablepathtolower")),
        accents=not is_yes(get("removepathaccents")),
        date_keys=_date_keys(dates),
        disabled_kinds=frozenset(one.lower() for one in texts(get("disablekinds"))),
        known=rules is not None and _writes_html(values, own),
    )


def _writes_html(values: Mapping[str, Any], own: Mapping[str, Any]) -> bool:
    """Return whether pages are written as index.html of the default output format."""
    formats = own.get("outputs", values.get("outputs"))
    for kind in ("page", "section"):
        wanted = section({"outputs": formats}, "outputs").get(kind)
        if wanted is not None and "html" not in [one.lower() for one in texts(wanted)]:
            return False
    html = section(values, "outputformats").get("html")
    suffixes = section(values, "mediatypes", "text/html").get("suffixes")
    return (
        html is None
        and suffixes in (None, ["html"], ["html", "htm"])
        and values.get("defaultoutputformat") in (None, "html")
        and "roles" not in values
        and "versions" not in values
    )


def _date_keys(stated: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    for key in stated:
        found += DATE_KEYS if key.lower() == ":default" else (key.lower(),)
    return tuple(found) or DATE_KEYS


_KINDS = ("page", "section", "home", "taxonomy", "term")


def _rules(stated: Any) -> tuple[Rule, ...] | None:
    """Return the rules of ``permalinks``; None where they are of a form that is not known."""
    if stated is None:
        return ()
    if isinstance(stated, list):
        return _listed_rules(stated)
    if not isinstance(stated, Mapping):
        return None
    rules: list[Rule] = []
    for key, value in stated.items():
        if key == "_merge":
            continue
        if isinstance(value, str):
            rules.append(Rule("page", value, key.strip(" /")))
        elif isinstance(value, Mapping) and key in _KINDS:
            rules += [
                Rule(key, one, name.strip(" /"))
                for name, one in value.items()
                if isinstance(one, str)
            ]
        else:
            return None
    return tuple(rules)


def _listed_rules(stated: list[Any]) -> tuple[Rule, ...] | None:
    rules = []
    for one in stated:
        target, pattern = section({"it": one}, "it", "target"), section({"it": one}, "it")
        kind, path = target.get("kind", ""), target.get("path", "")
        known = set(target) <= {"kind", "path"} and isinstance(kind, str) and isinstance(path, str)
        if not known or not isinstance(pattern.get("pattern"), str):
            return None
        rules.append(Rule(kind.lower(), pattern["pattern"], None, path.lower()))
    return tuple(rules)
