"""What a post says to a person who knows no YAML: its title, date, categories and body.

It shares nothing with newslint, so that both cannot be wrong in the same way.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

UNREADABLE = "unreadable: "
_HEADER = re.compile(
    r"(?:[\s\ufeff\u200b]|<!--(?:(?!-->).)*-->|#[^\r\n]*[\r\n])*?(?P<fence>-{3,}[a-z]*|\+{3}|;{3})[ \t]*(?:\#[^\r\n]*)?(?>\r\n|\r|\n)"
    r"(?P<lines>(?:(?!-{3,}[a-z]*[ \t]*(?:\#[^\r\n]*)?(?:[\r\n]|\Z)|\+{3}[ \t]*[\r\n]|;{3}[ \t]*[\r\n]|\.{3}[ \t]*[\r\n])"
    r"[^\r\n]*(?>\r\n|\r|\n))*)"
    r"(?P<close>-{3,}[a-z]*|\+{3}|;{3}|\.{3})[ \t]*(?:\#[^\r\n]*)?(?>\r\n|\r|\n|\Z)"
)
_OPEN = re.compile(
    r"(?P<fence>)(?P<lines>(?:[\w-]+:(?:[ \t][^\r\n]*)?(?>\r\n|\r|\n)|[ \t-][^\r\n]*(?>\r\n|\r|\n))+?)"
    r"-{3,}[ \t]*(?>\r\n|\r|\n|\Z)"
)
"""A header that ends in a fence and begins without one."""
_FIELDS_BELOW = re.compile(
    r"(?P<fence>---)\s+(?:\.\.\.|---)[ \t]*[\r\n]+(?=[\w-]+:[ \t\r\n])"
    r"(?P<lines>(?:(?!---)[^\r\n]*(?>\r\n|\r|\n))+)---[ \t]*(?>\r\n|\r|\n|\Z)"
)
"""A header that is closed by mistake before its first line."""
_FIELDS_AFTER_DOTS = re.compile(
    r"[\w-]+:(?:[ \t][^\r\n]*)?(?>\r\n|\r|\n)(?:(?:[\w-]+:|[ \t-])(?!--)[^\r\n]*(?>\r\n|\r|\n))*"
    r"---[ \t]*(?:[\r\n]|\Z)"
)
"""Fields below ``...``, which ends the header of some generators too early."""
_BARE = re.compile(
    r"[\s\ufeff]*(?P<fence>[-+;.*—_=~ ]*(?>\r\n|\r|\n))?"
    r"(?P<lines>(?=(?:[^\r\n]*(?>\r\n|\r|\n))*?[{ \t]*\"?(?:title|date)\"?[ \t]*[:=])"
    r"(?:[ \t]*[\w-]+:(?:[ \t][^\r\n]*)?|[{\"][^\r\n]*|\w+ = [^\r\n]*)(?>\r\n|\r|\n|\Z)"
    r"(?:[^\r\n<]+(?>\r\n|\r|\n|\Z))*)"
)
"""Lines that can only be meant as a header, whatever is before and after them."""
_KEY = re.compile(
    r"""(?P<key>'[^']*'|"[^"]*"|[^ \t\r\n\f\v:#'"\[{](?:[^:]|:(?=\S))*?)[ \t]*:(?:[ \t]+(?P<value>.*)|\Z)"""
)
_RFC = re.compile(
    r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? (?:GMT|UTC|Z|[+-]\d{4})"
)
_ISO = re.compile(
    r"(\d{4})[-/](\d\d?)[-/](\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d)(?::(\d\d)(?:\.\d*)?)?"
    r"[ \t]*([Zz]|[+-]\d\d?(?::?\d\d)?)?)?"
)
_ISO_DAYS = (
    (re.compile(r"\d{4}-?[0-3]\d\d"), "%Y%j"),
    (re.compile(r"\d{4}-?W\d\d-?[1-7]"), "%GW%V%u"),
)
"""ISO 8601's other two ways to name a day: by its number in the year, and by week and weekday."""

_ZONES = {"JST": "+09:00", "BST": "+01:00", "CET": "+01:00", "EST": "-05:00", "PST": "-08:00"}


@dataclass
class Plain:
    """``title``, ``date`` and ``categories`` are None where the post does not say; ``date`` is
    text that begins with `UNREADABLE` where it says what this module does not read, and ``categories`` or ``tags`` None where a person
    could not say. ``contradictions`` are keys with two values; ``lost`` says that the header
    contains text, but nothing that has a key."""

    body: str
    has_header: bool = False
    title: str | None = None
    date: datetime | str | None = None
    categories: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = ()
    nested_tags: bool = False
    hidden: bool = False
    bare: bool = False
    contradictions: list[str] = field(default_factory=list)
    lost: bool = False
    yaml: bool = True


def read(text: str) -> Plain:
    """What the text says, the body included."""
    header = _HEADER.match(text)
    if header is not None and ":" not in header["lines"]:
        header = _FIELDS_BELOW.match(text) or (None if header["close"] == "..." else header)
    header = header or _OPEN.match(text) or _BARE.match(text)
    if header is None:
        return Plain(text.removeprefix("\ufeff"))
    plain = Plain(text[header.end() :], has_header=True)
    if (header["fence"] or "").strip().lstrip("-") or header["lines"].lstrip().startswith(
        ("{", '"')
    ):
        plain.yaml = False
        return plain
    fields: dict[str, list[str]] = {}
    for key, lines in _fields(re.split(r"\r\n|\r|\n", header["lines"])):
        value = "\n".join(lines)
        if key in fields and "\n".join(fields[key]).strip() != value.strip():
            plain.contradictions.append(key)
        fields.setdefault(key, lines)
        plain.contradictions += _nested_contradictions(lines[1:])
    plain.has_header = bool(fields)
    plain.lost = not fields and any(
        line.strip() and line.strip()[0] != "#" for line in header["lines"].splitlines()
    )
    if re.search(
        r"^(?:(?:---|\.\.\.)[ \t]+\S|%)[^\r\n]*[\r\n]+[ \t]*\w", header["lines"], re.MULTILINE
    ):
        plain.lost = True
    if header.groupdict().get("close") == "..." and _FIELDS_AFTER_DOTS.match(plain.body):
        plain.lost = True
    if "title" in fields:
        plain.title = html.unescape(scalar(fields["title"]))
    if "date" in fields:
        plain.date = _date(re.sub(r"\s#.*", "", scalar(fields["date"])))
    plain.categories = _items(fields["categories"]) if "categories" in fields else ()
    if re.match(
        r"[ \t]*(?:-[ \t]+)?(?:\{|['\"]?[\w-]+['\"]?:[ \t])", "".join(fields.get("tags", [""])[:2])
    ):
        plain.tags = None
    plain.nested_tags = (
        re.match(
            r"\s*(?:\[\s*\[|(?:-[ \t]+[^\n\[]*\n\s*)*-[ \t]+\[)", "\n".join(fields.get("tags", ()))
        )
        is not None
    )
    if "category" in fields:
        plain.categories = None
    switches = {key: scalar(fields[key]).lower() for key in ("draft", "published") if key in fields}
    plain.hidden = switches.get("draft") == "true" or switches.get("published") == "false"
    plain.bare = "layout" in fields and scalar(fields["layout"]).lower() in (
        "false",
        "none",
        "null",
        "",
        "~",
    )
    return plain


def _fields(lines: list[str]) -> list[tuple[str, list[str]]]:
    """Each key at the left margin, with the text after it and the lines below."""
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        match = _KEY.fullmatch(line)
        if match and not re.match(r"-\s", line):
            found.append((match["key"].strip("\"'\x85"), [match["value"] or ""]))
        elif found and re.match(r"[ \t]+\S|-(?:\s|\Z)|['\"]", line):
            found[-1][1].append(line)
    return found


def _nested_contradictions(lines: list[str]) -> list[str]:
    """Keys below a key that come twice at one depth, with another value."""
    seen: dict[tuple[int, str], str] = {}
    found = []
    for line in lines:
        match = re.fullmatch(r"([ ]+)([\w-]+):[ ]+(\S.*)", line)
        if match and seen.setdefault((len(match[1]), match[2]), match[3]) != match[3]:
            found.append(match[2])
    return found


def scalar(lines: list[str]) -> str:
    """A value as it looks: without its quotes, a long one on one line."""
    first, *rest = (line.strip(" \t") for line in lines)
    if first[:1] in ("|", ">") and first.strip("|>+-0123456789") == "" and rest:
        return " ".join(rest)
    text = " ".join(part for part in (first, *rest) if part)
    quoted = re.match(
        r"(?:!!(?:str|int|float)[ \t]+)?('(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\")[ \t]*(?:#.*)?$", text
    )
    if quoted:
        text = quoted[1]
    else:  # who writes a tag knows that it is not shown
        text = re.sub(r"\A!!(?:str|int|float)[ \t]+", "", text)
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    if len(text) > 1 and text[0] == text[-1] == '"':
        return _unescaped(text[1:-1])
    return text


def _unescaped(text: str) -> str:
    simple = {"n": " ", "t": " ", '"': '"', "\\": "\\", "/": "/", "N": "\x85", "_": "\xa0"}

    def one(match: re.Match[str]) -> str:
        if match[1]:
            number = int(match[1][1:], 16)
            return chr(number) if number < 0x110000 else match[0]
        return simple.get(match[2], match[0])

    text = re.sub(
        r"\\u(d[89ab]..)\\u(d[c-f]..)",
        lambda pair: bytes.fromhex(pair[1] + pair[2]).decode("utf-16-be", "replace"),
        text,
        flags=re.IGNORECASE,
    )
    return re.sub(r"\\(?:(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})|(.))", one, text)


def _date(text: str) -> datetime | str | None:
    if not text:
        return None
    try:
        if _RFC.fullmatch(text):
            moment = parsedate_to_datetime(text.replace(" Z", " GMT"))
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        if re.fullmatch(r"(?:19|20)\d{6}", text):
            text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
        if re.fullmatch(r"\d{10}|\d{13}", text):
            return datetime.fromtimestamp(int(text[:10]), UTC)
        named = re.fullmatch(r"(.*\d) ([A-Z]{3})", text)
        if named and named[2] in _ZONES:
            text = f"{named[1]} {_ZONES[named[2]]}"
        for form, code in _ISO_DAYS:
            if form.fullmatch(text):
                return datetime.strptime(text.replace("-", ""), code).replace(tzinfo=UTC)
        match = _ISO.fullmatch(f"{text}-01" if re.fullmatch(r"\d{4}-\d\d?", text) else text)
        if match is None:
            # A person reads over a mark that has got among the figures.
            mended = re.sub(r"(?<=\d)[\]\[<>{}|*#&%$!?~^=\"`@;\\]+(?=[\d:])", "", text)
            return _date(mended) if mended != text else UNREADABLE + text
        numbers = [int(part or 0) for part in match.groups()[:6]]
        zone = _zone(match[7])
        return datetime(*numbers, tzinfo=zone).astimezone(UTC)  # type: ignore[misc, arg-type]
    except (ValueError, OverflowError):
        return UNREADABLE


def _zone(text: str | None) -> timezone:
    if not text or text in "Zz":
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    sign = -1 if text[0] == "-" else 1
    if int(minutes) > 59:
        raise ValueError(text)
    return timezone(sign * timedelta(hours=int(hours), minutes=int(minutes)))


def _items(lines: list[str]) -> tuple[str, ...] | None:
    """The items of a list in any form; None where a person could not say which they are."""
    first, rest = lines[0].strip(), [line for line in lines[1:] if line.strip()]
    if first.lower() in ("", "~", "null") and not rest:
        return ()
    if not first:
        if all(re.match(r"[ \t]*-(?:[ \t]|$)", line) for line in rest):
            items = [scalar([re.sub(r"^[ \t]*-", "", line)]).strip("\x85") for line in rest]
            return tuple(item for item in items if item)
        return None
    if rest or first[0] in "{&*!|>":
        return None
    if first.startswith("["):
        if (
            not first.endswith("]")
            or "[" in first[1:]
            or "{" in first
            or '"' in first
            or "'" in first
        ):
            return None
        return tuple(part.strip() for part in first[1:-1].split(",") if part.strip())
    return (scalar(lines),) if scalar(lines) else ()
