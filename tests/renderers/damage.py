"""What a generator did to a post: nothing, or which harm, read off the page that it wrote."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from .build import ARTICLE, BuildResult, Page
from .dom import Token, tokens, visible
from .drafts import Meant
from .plain import UNREADABLE, Plain, read

DIES, LOST, SKIPPED = "dies", "lost", "skipped"
FATAL = frozenset({DIES, LOST})
"""The complete site, or this post with an error printed."""
HIDDEN = frozenset({"hidden"})
"""No harm: the post asks not to be published, and is not. What its page would be no one can see."""

_THEME = (
    f"<body><header>a</header><main><article><section><div>{ARTICLE[0]}",
    f"{ARTICLE[1]}</div></section></article><aside>b</aside></main><footer>c</footer>",
)
"""What is before and after the article in a theme with elements of its own for each part."""
RAW = re.compile(r"\{%-?\s*(raw|verbatim)\s*-?%\}(.*?)\{%-?\s*end\1\s*-?%\}", re.DOTALL)
"""What a writer puts round text that no template engine shall touch: it is not to be shown."""
HUGO_LITERAL = re.compile(r"(\{\{[<%])/\*(.*?)\*/(?=[>%]\}\})", re.DOTALL)
"""Hugo's own spelling of a shortcode that is to be shown."""
_CLOSED_BY_LAYOUT = frozenset({"p", "li", "dt", "dd", "option", "rt", "rp"})
"""Elements whose end tag the standard lets a writer leave out before the layout's own."""
_UNREAD = "YAML Exception reading"
"""What Jekyll says where it goes on without the front matter."""
_TRACE = re.compile(r"\b(?:ERROR|FATAL|Error:)")


def damage(
    target: str, name: str, content: bytes, result: BuildResult, meant: tuple[Meant, ...] = ()
) -> frozenset[str]:
    """The harms that a post came to, one word each; empty where it is as its author wrote it.

    ``result`` is of a build that contains the post; where it failed, the post must be its only one
    besides sound ones. ``dies``: no site; ``lost``: no page and an error printed; ``skipped``: no
    page and no word; ``title``, ``date``, ``categories``: not those that the header says to
    a plain reader; ``article``: not the DOM of the same HTML; ``layout``: what is round the
    article is another than round a sound one; ``bytes``: the file is no UTF-8; ``keys``: one of two
    values of a key is gone; ``header``: read by nobody; ``published``: though the post says that it should not be; ``tags``: they are no list;
    ``words``, ``image``, ``field``: readers do not see what is ``meant``, though it is in the post.
    """
    text = content.decode("utf-8", "replace")
    plain = read(text)
    if result.exit_code != 0:
        return frozenset({DIES})
    page = result.pages.get(name)
    if page is None:
        if plain.hidden and not (_TRACE.search(result.log) and name in result.log):
            return HIDDEN
        return frozenset({LOST if _TRACE.search(result.log) else SKIPPED})
    harms = {harm for harm, done in _header_harms(target, plain, page) if done}
    if plain.lost or (_UNREAD in result.log and name in result.log):
        harms.add("header")
    if not _is_utf8(content):
        harms.add("bytes")
    harms |= _unseen(text, page, meant)
    if any(_is_field_unread(target, text, page, one) for one in meant if one.field):
        harms.add("field")
    if ARTICLE[0] in page.html:
        harms |= _page_harms(target, plain, page)
    elif not plain.bare:
        harms.add("layout")
    return frozenset(harms)


def _unseen(text: str, page: Page, meant: tuple[Meant, ...]) -> set[str]:
    """What a browser does not show of that which is meant to be seen, and still in the post."""
    harms = set()
    for one in meant:
        if one.field or one.piece not in text:
            continue
        shown, images = _shown(page.article)
        if one.image and one.image not in images:
            harms.add("image")
        elif one.text not in shown:
            harms.add("words")
    return harms


def _is_field_unread(target: str, text: str, page: Page, meant: Meant) -> bool:
    """Whether the page is without the value of a field whose key is misspelled."""
    if meant.field == "categories" and target.startswith("eleventy"):
        return False  # It has no categories of its own.
    right = re.sub(rf"^{re.escape(meant.piece)}", f"{meant.field}:", text, flags=re.MULTILINE)
    if right == text or not (plain := read(right)).yaml:
        return False
    if meant.field == "categories":
        return not page.categories and plain.categories != ()
    return dict(_header_harms(target, plain, page)).get(meant.field, False)


def _shown(article: str) -> tuple[str, set[str]]:
    """The text of an article that a browser shows, and the URLs of its images."""
    words: list[str] = []
    images: set[str] = set()
    hidden = 0
    for token in tokens(article, scripts=True):
        if token[0] in ("<", ">") and token[1] in ("script", "style", "template"):
            hidden += 1 if token[0] == "<" else -1
        elif token[:2] == ("<", "img"):
            images.add(dict(token[2]).get("src", ""))
        elif token[0] == "" and not hidden:
            words.append(token[1])
    return " ".join("".join(words).split()), images


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _header_harms(target: str, plain: Plain, page: Page) -> list[tuple[str, bool]]:
    if not plain.has_header or (plain.bare and ARTICLE[0] not in page.html):
        return []
    if not plain.yaml:
        # JSON and TOML: the sound ones have these three, and so have the pages made of them.
        return [("title", not page.title), ("date", page.date[:4] in ("", "0001", _this_year()))]
    return [
        ("title", visible(page.title) != visible(plain.title or "")),
        ("date", _date_differs(target, plain, page)),
        ("categories", _categories_differ(target, plain, page)),
        ("keys", bool(plain.contradictions)),
        ("published", plain.hidden),
        # Hugo's pages know nothing of a tag in a list of lists (measured).
        ("tags", plain.tags is None or (target.startswith("hugo") and plain.nested_tags)),
    ]


def _this_year() -> str:
    return str(datetime.now(UTC).year)


def _date_differs(target: str, plain: Plain, page: Page) -> bool:
    if plain.date is None:
        return not target.startswith("jekyll")  # it has one in its file name
    try:
        shown = datetime.fromisoformat(page.date)
    except ValueError:
        return True
    if isinstance(plain.date, str):
        return not _is_about(shown, plain.date.removeprefix(UNREADABLE))
    return shown.replace(microsecond=0).astimezone(UTC) != plain.date


_CLOCK_AND_ZONE = re.compile(r"(?<![\d:])(\d\d):(\d\d)(?:[:.][\d.]*)?\s*([+-])(\d\d):?(\d\d)?\s*$")


def _is_about(shown: datetime, text: str) -> bool:
    """Whether a date is one that a text in some other form may well mean."""
    if shown.year < 1000 or re.search(r"\d:60(?!\d)", text):
        return False
    zoned = _CLOCK_AND_ZONE.search(text)
    if zoned is not None:
        # What is written in figures is to be heeded, though the rest is not read here.
        hour, minute, sign, ahead, more = zoned.groups()
        east = int(f"{sign}1") * (60 * int(ahead) + int(more or 0))
        clock = shown.astimezone(UTC)
        if (60 * int(hour) + int(minute) - east) % 1440 != 60 * clock.hour + clock.minute:
            return False
    days = [shown + timedelta(days=shift) for shift in (-1, 0, 1)]
    digits = re.findall(r"\d{1,4}", text)
    numbers = [int(part) for part in digits]
    short = not any(len(part) > 2 for part in digits)
    return any(
        (day.year in numbers or (short and f"{day:%y}" in digits))
        and day.day in numbers
        and (day.month in numbers or f"{day:%b}" in text)
        for day in days
    )


def _categories_differ(target: str, plain: Plain, page: Page) -> bool:
    wanted = plain.categories
    if wanted is None:
        return any("[object" in name or name[:1] in ("{", "[") for name in page.categories)
    if len(set(wanted)) < len(wanted):
        return not target.startswith(("jekyll", "hugo"))
    if any(name.startswith("[") for name in wanted):
        # One list for each path of categories is Hexo's own form.
        flat = [part.strip() for name in wanted for part in name.strip("[]").split(",")]
        return not target.startswith("hexo") or set(page.categories) != set(flat)
    return tuple(map(visible, page.categories)) != tuple(map(visible, wanted))


def _page_harms(target: str, plain: Plain, page: Page) -> set[str]:
    before, _, rest = page.html.partition(ARTICLE[0])
    after = rest.rpartition(ARTICLE[1])[2]
    around = (before + ARTICLE[0], ARTICLE[1] + after)
    shown = _seen(page.html, target)
    literal = HUGO_LITERAL.sub(r"\1\2", plain.body) if target.startswith("hugo") else None
    bodies = {plain.body, literal or RAW.sub(r"\2", plain.body)}
    harms = set()
    if all(shown != _seen(body.join(around), target) for body in bodies):
        harms.add("article")
    if _leaves_template(page.html, shown):
        harms.add("layout")
    themed = page.article.join(_THEME)
    for layout, html in ((around, page.html), (_THEME, themed)):
        in_it = _tokens(html, target, scripts=True)
        if _outside(in_it) != _outside(list(_probe(target, *layout))) or _breaks_out(in_it):
            harms.add("layout")
    return harms


def _seen(html: str, target: str) -> list[Token]:
    """A page without the mark after the article: if a ``<p>`` ends before it is not to be seen."""
    return [token for token in _tokens(html, target) if token != ("#", _MARKS[1])]


_TEMPLATE = re.compile(r"<(/?)template\b", re.IGNORECASE)


def _leaves_template(html: str, shown: list[Token]) -> bool:
    """Whether a ``<template>`` stays open: a browser then shows nothing of what is after it.

    html5lib takes it for an element like any other, and would close it with what is round it.
    """
    if ("<", "template") not in {token[:2] for token in shown}:
        return False
    marks = [mark[1] for mark in _TEMPLATE.finditer(html)]
    return marks.count("") > marks.count("/")


@lru_cache(maxsize=4096)
def _probe(target: str, before: str, after: str) -> tuple[Token, ...]:
    return tuple(_tokens(f"{before}<p>x</p>{after}", target))


def _outside(page: list[Token]) -> tuple[list[Token], list[Token]] | None:
    marks = [at for at, token in enumerate(page) if token[0] == "#" and token[1] in _MARKS]
    if len(marks) < 2:
        return None
    after = marks[-1] + 1
    while page[after][0] == ">" and page[after][1] in _CLOSED_BY_LAYOUT:
        after += 1
    return page[: marks[0]], page[after:]


def _breaks_out(page: list[Token]) -> bool:
    """Whether an element of the layout ends within the article, another opened for it or not."""
    first, last = (page.index(("#", mark)) for mark in _MARKS)
    depth = 0
    for token in page[first:last]:
        depth += {"<": 1, ">": -1}.get(token[0], 0)
        if depth < 0:
            return True
    return False


_MARKS = tuple(mark[4:-3] for mark in ARTICLE)


def _tokens(html: str, target: str, *, scripts: bool = False) -> list[Token]:
    """Without marks of 'more', which generators take out, and what Hexo does to foreign links."""
    page = tokens(_MORE.sub("", html), scripts=scripts)
    if target.startswith("hexo"):
        return [_without_rel(token) if token[:2] == ("<", "a") else token for token in page]
    return page


_MORE = re.compile(r"<!--\s*more\s*-->|<(a|span) id=\"more\"></\1>", re.IGNORECASE)


def _without_rel(token: Token) -> Token:
    return ("<", "a", tuple(pair for pair in token[2] if pair[0] not in ("rel", "target")))
