"""Changes of the front matter, drawn at random: values, lines, fences."""

from __future__ import annotations

from random import Random

from .drafts import Draft, Meant, text

_TITLES = (
    "it's", "a: b", "a:b", "[x]", "[快讯] news", "【快讯】 news", '"a "quoted" b"', '"quoted" b', "'a' b",
    "*star*", "*star", "#hash", "@at", "%pct", "&anchor b", "!tag b", "| pipe", "> fold", "- dash",
    "? ask", "{x}", "{{ x }}", "{% x %}", "{a: b}", "yes", "No", "on", "TRUE", "null", "~", "1.10", "0x1F",
    "1_000", "12:30", "12:30:45", "2021-01-01", "2021-1-1", ".inf", ".NaN", "1e3", "007", "+12", "0o17",
    "C #1", "C# 1", "a : b", "a:", ":a", ",a", "`code`", "a`b", "'", '"', "''", '""', "'it's'", "'a", '"a',
    "a\\b", '"a\\d"', '"a\\u4e2d\\n"', '"\\x41"', '"C:\\new"', "a<br>b", "'<b>a</b> b'", "a &amp; b",
    "'&#123;x&#125;'", "a &nbsp; b", "a\tb", "\ta", "", " ", "a\x85b", "a\u2028b", "\ufeffa b", "a\u200bb",
    "a\x07b", "a\x7fb", "a\x00b", "\xa0a b\xa0", "a   b", "'  a b  '", "---", "--- a", "...", "a\n b",
    "'a\n\n  b'", "|\n  a\n  b", ">-\n  a b", "'a'  # note", "a # note", "a #note", "=", "<<", "!!str 12",
    "!!int a", "!<x> a", "&x a", "*x", "1,000", "1 000", "50%", "$5", "(a)", "a, b", "a; b", "a | b", "«a»",
    "“a”", "a\U0001f600b", "a\ud800b", "[a, b", "{a", "a]", "a}", "-", "-a", "--a", "?", "?a", ":", ": a", "a: 'b'",
    "0", "-1", "1.", ".5", "0b11", "1:2:3", "2021-12-02T14:50:58Z", "y", "n", "Y", "False", "NULL", "Null",
)  # fmt: skip
_DATES = (
    "Thu, 02 Dec 2021 14:50:58 GMT", "Fri, 02 Dec 2021 14:50:58 GMT", "2021-10-10 11:06:15",
    "2021-10-10T11:06:15+08:00", "not a date", "", "2021-02-30 10:00:00", "'2021-10-10 11:06:15'",
    "'2021-10-10'", "Thu, 2 Dec 2021 14:50:58 +0800", "1638456658", "1638456658000", "2021-12-02T14:50:58Z",
    "2021-10-10 11:06:15 +0800", "2021/10/10 11:06:15", "2021-13-45", "2021-10-10T11:06:15.123456Z",
    "2021-10-10T11:06:15.000+0800", "2021-10-10 11:06", "2021-10-10T11:06", "2021-1-2", "2021-1-2 3:4:5",
    "20211010", "10/10/2021", "10.10.2021", "Dec 2, 2021", "2 December 2021", "11:06:15", "11:06", "-0001-01-01",
    "0000-01-01", "12021-01-01", "99-01-01", "2021", "2021-10", "[2021-10-10]", "{a: 1}", "true", "null", "~",
    "2021-10-10 24:00:00", "2021-10-10 11:60:00", "2021-10-10 23:59:60", "2021-10-10T11:06:15+25:00",
    "2021-10-10 11:06:15 UTC", "2021-10-10 11:06:15 CST", "2021-10-10 11:06:15 Asia/Shanghai",
    "2021-10-10T11:06:15 Z", "2021-10-10 11:06:15 PM", "2021年10月10日", "２０２１-10-10", "2021-10-10,",
    "!!timestamp 2021-10-10", "!!str 2021-10-10", "2021-10-10 # note", '"2021-10-10T11:06:15Z"', "2099-01-01",
    "'2021-12-02T14:50:58Z'", "2021-10-10t11:06:15z", "2021-W40-1", "2021-300", "today", "Thu Dec 02 2021",
    "Thu Dec 02 2021 14:50:58 GMT+0800", "Thu, 02 Dec 21 14:50:58 GMT", "Thursday, 02-Dec-21 14:50:58 GMT",
    "\n - 2021-10-10", "2021-10-10\n  11:06:15", "2021-10-10T11", "2021-10-10 11", "1.5", "-1",
)  # fmt: skip
_LISTS = (
    "[a, b, c]", "\n - a\n - b", "\n- a\n- b", "a", "a b, c", "", "2021", "[2021]", "\n - 2021", "[a/b, 'c#d']",
    "[a, a]", "\n - a\n - a", "\n - [a, b]\n - c", "{a: 1}", "\n a: 1\n b: 2", "[true]", "true", "[2021-01-01]",
    "[]", "[null]", "\n -", "\n - a\n\t- b", "\n\t- a", "\n - a\n  - b", "\n  - a\n - b", "[a, b", "a, b]", "[a,, b]",
    "[ ]", "['a', \"b\"]", "\n - 'a': b", "\n - a: b", "\n -a\n -b", "\n * a\n * b", "[a]b", "~", "\n - a #1\n - b",
    "\n - ' a '\n - b", "\n - 金融\n - 新浪财经－国內", "0", "false", "1.0", "\n - 1.0", "[a b]", "\n - {{ x }}", "a\n - b",
)  # fmt: skip
_EXTRAS = (
    "content: replaced", "excerpt: short", "url: /x/", "layout: nope", "layout: false", "layout: null",
    "layout:", "layout: [a]", "layout: 5", "permalink: /a/{id}/", "permalink: /{id}.html", "permalink: false",
    "permalink: a/{id}", "permalink: /:year/:title-{id}/", "permalink: '{{{{ x }}}}/{id}/'", "permalink: [a]",
    "permalink:", "permalink: 5", "permalink: /{id}?x#y/", "permalink: /%zz{id}/", "published: false",
    "published: true", "draft: true", "draft: 'yes'", "draft: false", "slug: '{id} ä'", "slug: a/{id}", "slug: [a]",
    "type: page", "type: 5", "id: 5", "path: /x", "source: x", "_content: x", "raw: x", "page: x", "page: {{a: 1}}",
    "collections: x", "eleventyExcludeFromCollections: true", "pagination: x", "eleventyComputed: x",
    "eleventyComputed:\n  title: y", "tags: 5", "tags: x", "tags: [5, true]", "tags: null", "tags: {{a: 1}}", "tags: [[a]]",
    "lang: en", "expiryDate: 2020-01-01", "publishDate: 2099-01-01", "weight: a", "aliases: [/z{id}/]",
    "aliases: 5", "outputs: html", "outputs: [rss]", "markup: html", "markup: rst", "resources: 5",
    "cascade: 5", "params: 5", "updated: nope", "updated: 2021-12-02", "lastmod: nope", "photos: 5", "photos: [a]",
    "sticky: 1", "disableNunjucks: true", "disableNunjucks: 'true'", "render_with_liquid: false",
    "templateEngineOverride: md", "templateEngineOverride: njk", "templateEngineOverride: x", "category: x",
    "category: a b", "category: [a]", "link: https://example.org/", "!x a: b", "? a", "? a\n: b", "<<: {{a: 1}}", "<<: 5",
    "a: &x 1\nb: *x", "b: *nope", "a: !ruby/object:X {{}}", "a: !!js/function 'x'", "a: !!binary aGk=", "a: !!set {{x}}",
    "a: !!float 1", "a: !x y", "a: ! y", "a: !<tag:x> y", "%YAML 1.2", "--- x", "# a comment", "a:\n  b: 1\n  b: 2",
    "a: {{b: 1, b: 1}}", "a: [1, 2", "a: 'b", "a: \"b", "a: |\n b\n  c\n", "a: |2\n  b", "a: >+\n  b\n\n", "1: a", "true: a",
    "null: a", "? [a, b]\n: c", "[a]: b", "{{a: b}}: c", "'a b': c", "作者: x", "my key: y", "a.b: c", "__proto__: x",
    "constructor: x", "prototype: x", "length: 5", "title2: y", "Title: y", "DATE: nope", "word: x", "a: 1e999",
    "a: 9999999999999999999", "a: .", "a: -", "a: ?", "a: =", "a: @x", "a: `x`", "a: %x", "a: b: c", "a: 'b' c", "a:b", "a", "- a",
    "a: [b: c]", "a: [,]", "a: {{,}}", "a: ''''", "a: \"\\q\"", "a:\tb", "\ta: b", "  a: b", "a: b\n c: d", "a: x\n  y: z",
    "date : 2021-01-01", "author: [a, b]", "author: {{name: x}}", "comments: maybe", "audio: x", "isCJKLanguage: x",
    "headless: x", "keywords: x", "linkTitle: 5", "summary: x", "description: 5", "images: x", "videos: x", "series: x",
    "series: [a]", "sitemap: x", "build: x", "_build: {{render: never}}", "_build: {{list: never}}", "unsafe: x",
)  # fmt: skip
SHOWN_FIELDS = ("title", "date", "categories")
"""The fields that the layouts of all generators print."""
_MARKS = "'\"[]{}#&*!|>%@`:,-?~\\=<.\t $()/"
_JSON = (
    '{{"title": "A title", "date": "2021-12-02", "categories": ["c"]}}', '"title": "A title",\n"date": "2021-12-02"',
    '{{"title": "A title",}}', '{{\n  "title": "A title",\n  "date": "2021-12-02T10:00:00Z"\n}}',
    'title = "A title"\ndate = 2021-12-02T10:00:00Z', 'title = "A title\ndate = x', "title = 'A'\ncategories = ['a']",
)  # fmt: skip


def mutate(random: Random, draft: Draft) -> str:
    """Change the front matter once; what was done, in a few words."""
    kinds = (
        _title,
        _title,
        _date,
        _date,
        _categories,
        _extra,
        _extra,
        _line,
        _line,
        _character,
        _fence,
        _form,
    )
    return random.choice(kinds)(random, draft)


def misspell(random: Random, draft: Draft) -> str:
    """Misspell the key of a field that the page shows."""
    shown = [at for at, line in enumerate(draft.lines) if line.partition(":")[0] in SHOWN_FIELDS]
    if not shown:
        return "nothing"
    at = random.choice(shown)
    key, _, value = draft.lines[at].partition(":")
    wrong = _slip(random, key)
    draft.lines[at] = f"{wrong}:{value}"
    draft.meant += (Meant(f"{wrong}:", field=key),)
    return f"misspelled: {wrong}"


def _slip(random: Random, word: str) -> str:
    """One slip of the hand: a letter is gone, doubled, exchanged, another or a capital one."""
    place = random.randrange(len(word) - 1)
    before, here, after = word[:place], word[place : place + 2], word[place + 2 :]
    slips = (
        here[1],
        here[0] + here,
        here[::-1],
        random.choice("bkwz") + here[1],
        here[0].upper() + here[1] if place == 0 else here[1],
    )
    return before + random.choice([slip for slip in slips if slip != here]) + after


def _set(draft: Draft, key: str, value: str) -> None:
    """Give a key another value, its continuation lines gone."""
    kept: list[str] = []
    at, inside = None, False
    for line in draft.lines:
        if line.startswith(f"{key}:"):
            at, inside = len(kept), True
        elif not (inside and line[:1] in (" ", "\t", "-", "")):
            inside = False
            kept.append(line)
    kept[len(kept) if at is None else at : 0 if at is None else at] = f"{key}: {value}".split("\n")
    draft.lines = kept


def _title(random: Random, draft: Draft) -> str:
    if random.random() < 0.6:
        value = random.choice(_TITLES)
        label = f"title: {value!r}"
    else:
        value, label = _composed(random), "title composed"
    _set(draft, "title", value)
    return label


def _composed(random: Random) -> str:
    """Words with marks that YAML cares about among them, at times within quotes."""
    parts = [text(random, 1, 2)] if random.random() < 0.8 else []
    for _ in range(random.randint(1, 3)):
        mark = random.choice(_MARKS) * random.choice((1, 1, 1, 2, 3))
        blank = random.choice(("", " "))
        parts.insert(
            random.randint(0, len(parts)), random.choice((mark, blank + mark, mark + blank))
        )
    value = "".join(part if random.random() < 0.8 else f" {part} " for part in parts)
    quote = random.choice(("", "", "", "'", '"'))
    return quote + value + quote


def _date(random: Random, draft: Draft) -> str:
    if random.random() < 0.7:
        value = random.choice(_DATES)
        label = f"date: {value!r}"
    else:
        value, label = _composed_date(random), "date composed"
    _set(draft, "date", value)
    return label


def _composed_date(random: Random) -> str:
    year, month, day = (
        random.choice((2020, 2021, 2024)),
        random.randint(1, 13),
        random.randint(1, 31),
    )
    separator = random.choice("---/.")
    date = random.choice(
        (
            f"{year}{separator}{month:02}{separator}{day:02}",
            f"{year}{separator}{month}{separator}{day}",
        )
    )
    clock = f"{random.randint(0, 24):02}:{random.randint(0, 60):02}" + random.choice(
        (":07", ":59", ":60", "")
    )
    clock += random.choice(("", "", "", ".5", ".123456789"))
    zone = random.choice(
        ("", "", "Z", " Z", "+08:00", " +08:00", "+0800", " +0800", "-5", " GMT", "+08", "z")
    )
    value = random.choice((date, date + random.choice(("T", " ", "  ", "t", "\t")) + clock + zone))
    quote = random.choice(("", "", "", "'", '"'))
    return quote + value + quote


def _categories(random: Random, draft: Draft) -> str:
    key = random.choice(("categories", "categories", "tags"))
    value = random.choice(_LISTS)
    _set(draft, key, value)
    return f"{key}: {value!r}"


def _extra(random: Random, draft: Draft) -> str:
    extra = random.choice(_EXTRAS)
    # Each post has addresses of its own.
    lines = extra.format(id=f"n-{draft.name.partition('.')[0]}").split("\n")
    at = random.randint(0, len(draft.lines))
    draft.lines[at:at] = lines
    return f"line {extra!r}"


def _line(random: Random, draft: Draft) -> str:
    if not draft.lines:
        return "nothing"
    at = random.randrange(len(draft.lines))
    line = draft.lines[at]
    kind = random.choice(
        ("delete", "double", "move", "indent", "tab", "join colon", "space colon", "cut", "blank", "same key", "to body", "split", "text", "strip")
    )  # fmt: skip
    if kind in ("delete", "to body", "move"):
        del draft.lines[at]
    if kind == "to body":
        draft.body = line + "\n" + draft.body
    elif kind in ("double", "move"):
        draft.lines.insert(random.randint(0, len(draft.lines)), line)
    elif kind == "same key":
        draft.lines.insert(
            random.randint(0, len(draft.lines)), line.partition(":")[0] + ": " + text(random, 1, 2)
        )
    elif kind == "blank":
        draft.lines.insert(at, random.choice(("", "  ", "\t", "\xa0")))
    elif kind == "text":
        draft.lines.insert(at, text(random, 1, 4))
    elif kind == "split":
        cut = random.randint(0, len(line))
        draft.lines[at : at + 1] = [line[:cut], line[cut:]]
    elif kind != "delete":
        draft.lines[at] = {
            "indent": " " * random.randint(1, 4) + line,
            "tab": "\t" + line,
            "join colon": line.replace(": ", ":", 1),
            "space colon": line.replace(":", " :", 1),
            "cut": line[: random.randint(0, len(line))],
            "strip": line.strip(),
        }[kind]
    return f"line: {kind}"


def _character(random: Random, draft: Draft) -> str:
    if not draft.lines:
        return "nothing"
    at = random.randrange(len(draft.lines))
    line = draft.lines[at]
    place = random.randint(0, len(line))
    if random.random() < 0.4:
        draft.lines[at] = line[:place] + line[place + 1 :]
        return "header character gone"
    mark = random.choice(
        (
            *_MARKS,
            "\x00",
            "\x0b",
            "\x1b",
            "\x85",
            "\u2028",
            "\ufeff",
            "\xa0",
            "　",
            "\ufffe",
            "\x7f",
            "\x9f",
        )
    )
    draft.lines[at] = line[:place] + mark + line[place:]
    return f"header character {mark!r}"


def _fence(random: Random, draft: Draft) -> str:
    opening, closing = draft.fences
    kind = random.choice(("lead", "lead", "opening", "closing", "both", "inner"))
    if kind == "lead":
        draft.lead = random.choice(
            (
                "\n",
                "\n\n",
                "  \n",
                " ",
                "\t",
                "\ufeff",
                "\ufeff\n",
                "\n\ufeff",
                "<!-- a -->\n",
                "\xa0",
                "\u200b",
                "# a\n",
                "\r",
            )
        )
        return f"before the fence: {draft.lead!r}"
    if kind == "inner":
        at = random.randint(0, len(draft.lines))
        mark = random.choice(
            (
                "---",
                "...",
                " ---",
                "--- ",
                "---a",
                "----",
                "a: |\n  ---",
                "- ---",
                "# ---",
                "+++",
                ";;;",
            )
        )
        draft.lines[at:at] = mark.split("\n")
        return f"in the header: {mark!r}"
    shape = random.choice(
        (
            "--- ",
            "----",
            "-----",
            "--",
            "---\t",
            " ---",
            "\t---",
            "...",
            "+++",
            ";;;",
            "---a",
            "--- a",
            "---yaml",
            "---json",
            "--- #",
            "—",
            "***",
            None,
            "",
            "---\n---",
            "---\n",
        )
    )
    if kind in ("opening", "both"):
        opening = shape
    if kind in ("closing", "both"):
        closing = shape
    draft.fences = (opening, closing)
    return f"{kind} fence: {shape!r}"


def _form(random: Random, draft: Draft) -> str:
    kind = random.choice(("empty", "none", "json", "toml", "comment only", "scalar", "list"))
    if kind == "empty":
        draft.lines = random.choice(([], [""], [" "]))
    elif kind == "none":
        draft.lines, draft.fences = [], (None, None)
        draft.body = draft.body.lstrip("\n")
    elif kind in ("json", "toml"):
        draft.lines = random.choice(_JSON).format().split("\n")
        draft.fences = random.choice(
            (
                ("---", "---"),
                (";;;", ";;;"),
                (None, ";;;"),
                ("---json", "---"),
                ("+++", "+++"),
                (None, None),
                ("+++", None),
                ("---toml", "---"),
            )
        )
        return f"form: {draft.lines[0]!r} in {draft.fences}"
    else:
        draft.lines = {"comment only": ["# a"], "scalar": ["just text"], "list": ["- a", "- b"]}[
            kind
        ]
    return f"form: {kind}"
