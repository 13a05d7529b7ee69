"""FM022."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newslint import (
    Bad,
    Field,
    Finding,
    FrontMatterRule,
    Good,
    Impact,
    RuleOptions,
    Safety,
    Severity,
    Span,
    lazy,
    msg,
)
from newslint_rules.front_matter import _scalars
from newslint_rules.front_matter._examples import GOOD_MATTER, example, key_span
from newslint_rules.front_matter._plain_text import goes_on, is_plainly_text, value_at
from newslint_rules.front_matter._quoting import single_quoted

if TYPE_CHECKING:
    from newslint import FrontMatter, Post

Path = tuple[str | int, ...]


_YAML_TAG = r"!(?:str|int|float|bool|null|timestamp|binary|merge|seq|map|set|omap|pairs)(?!\S)"
_MARK = lazy.pattern(
    rf"[ \t]*+:[ \t]++(?P<word>&(?P<name>[^\s,\[\]{{}}]++)|(?P<tag>!(?!{_YAML_TAG})[^\s]*+))"
    r"(?:[ \t]++[^\s&!]|(?P<alone>[ \t]*+(?=[\r\n]|\Z)))"
)
"""An anchor or a tag of the post's own before a value, or where one should be."""


class AmbiguousScalar(FrontMatterRule):
    """Text that YAML reads differently should be in quotes.

    `title: Win C #1` is `Win C`, since ` #` begins a comment; `title: 2021-01-01` is a date, and
    `title: 12:30` is the number 750 in some tools; `title: yes` is true in Jekyll and Hugo. Layouts
    show `true`, a date in another format, or nothing. FM006 reports `title: [x]`, which is a list.

    The rule reports values that the target reads differently and, with the option `portable`,
    values that YAML 1.1 reads differently, since most other tools use it, including the Python
    tools of the pipeline. It only checks fields that are text in the schema. `null` is reported in
    a title only: `tags: null` means that there are none.

    The fix puts the text in quotes.
    """

    code, name, severity, fix = "FM022", "ambiguous-scalar", Severity.WARNING, Safety.SAFE
    impact = Impact.CONTENT

    class Options(RuleOptions):
        """How strict."""

        portable: bool = Field(
            True,
            description="Also report values that YAML 1.1 reads differently but the target does "
            "not.",
        )

    bad = [
        Bad(
            example("title", "⟦title⟧: Win C #1"),
            fixed=example("title", "title: 'Win C #1'"),
            message="title ends before #1, which is a comment; put the text in quotes",
        ),
        Bad(
            example("title", "⟦title⟧: Win C #"),
            fixed=example("title", "title: 'Win C #'"),
        ),
        Bad(
            example("title", "⟦title⟧: 2021-01-01"),
            fixed=example("title", "title: '2021-01-01'"),
            message="title is a date; put it in quotes if it is a text",
        ),
        Bad(
            example("title", "⟦title⟧: yes"),
            fixed=example("title", "title: 'yes'"),
            target="jekyll",
            message="title is true; put it in quotes if it is a text",
        ),
        Bad(
            example("title", "⟦title⟧: yes"),
            fixed=example("title", "title: 'yes'"),
            message="title is true or false in YAML 1.1, which other tools use; put it in quotes",
        ),
        Bad(
            example("categories", "⟦categories⟧:\n - World\n - 2021"),
            fixed=example("categories", "categories:\n - World\n - '2021'"),
            message="item 2 of categories is a number; put it in quotes if it is a text",
        ),
        Bad(
            "---\n⟦title:'It is⟧: so'\n---\n",
            message="a space is missing after the colon of title",
        ),
        Bad("---\n⟦date⟧: 2021-06-21\n - World\n---\n"),
        Bad(
            "---\ncategories:\n - c1\n\t - c2\ntitle: x\n---\n".replace(
                "categories", "⟦categories⟧", 1
            ),
            message="item 1 of categories continues in the next line, and is 'c1 - c2'",
        ),
    ]
    bad += [
        Bad(
            example("title", "⟦title⟧: &more news"),
            message="title loses &more, which is an anchor in YAML; put the text in quotes",
        ),
        Bad(example("title", "⟦title⟧: ! a call"), target="hugo"),
        Bad(example("title", "⟦title⟧: !!alarm in port"), target="jekyll"),
        Bad(
            "---\n⟦title⟧: &quot;\n---\n",
            message="title loses &quot;, which is an anchor in YAML; put the text in quotes",
        ),
    ]
    good = [
        Good(GOOD_MATTER),
        Good(example("title", "title: [x]")),  # FM006
        Good(example("title", "title: &name News\nauthor: *name").replace("author: Wire\n", "")),
        Good(example("title", "title: #1 of all")),  # FM008
        Good(example("author", "author: Wire\ntags: ~")),
        Good(example("title", "title: ! 'Rails: a title'")),
        Good(example("title", "title: '2021'")),
        Good(example("title", "title: !!str 2021")),
        Good(example("title", "title: C# in depth # mend me")),
        Good(example("title", "title: yes"), options={"portable": False}),
    ]

    def check(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        if front_matter.bounds.form != "yaml":
            return ()
        data = front_matter.data
        found: list[Finding] = []
        comment = " #" in front_matter.text or "\t#" in front_matter.text
        for name, kind in _scalars.text_fields(post.schema).items():
            value = data.get(name[0]) if len(name) == 1 else value_at(data, name)
            if value is None:
                if name[0] in data:
                    found += self._lost(front_matter, post, name)
            elif comment or not (
                all(map(is_plainly_text, value))
                if kind.texts and value.__class__ is list
                else is_plainly_text(value)
            ):
                found += self._look(front_matter, post, name, value)
        if not front_matter.simple:  # else each value is in the line of its key, unmarked
            for key, value in data.items():
                if ":" in key or (value.__class__ is str and " - " in value):
                    found += self._odd(front_matter, post, key)
            if "&" in front_matter.text or "!" in front_matter.text:
                found += self._marked(front_matter, post)
        return found

    def _marked(self, front_matter: FrontMatter, post: Post) -> Iterator[Finding]:
        """A title whose first word YAML takes for an anchor that no one uses, or for a tag."""
        if "title" not in front_matter.data:
            return
        key = front_matter.key_span(("title",))
        mark = _MARK.match(post.text, key.end)
        if mark and mark["alone"] is not None and front_matter.data["title"]:
            return  # the value follows in the next line
        if mark and mark["tag"] == "!" and mark[0][-1] in "\"'":
            return  # the tag for any text in quotes, which old versions of Ruby write
        if mark and (mark["tag"] or f"*{mark['name']}" not in front_matter.text):
            word, kind = mark["word"], msg("a tag") if mark["tag"] else msg("an anchor")
            told = msg(
                "title loses {word}, which is {kind} in YAML; put the text in quotes",
                word=word[:40],
                kind=kind,
            )
            yield self.finding(key, told)

    def _odd(self, front_matter: FrontMatter, post: Post, key: str) -> Iterator[Finding]:
        """Yield a key that has swallowed its value, and a value that has swallowed a list."""
        entry = front_matter.entries.get((key,))
        if entry is None:
            return
        written = post.text[slice(*entry.key)]
        if _scalars.SWALLOWED.match(written):
            message = msg(
                "a space is missing after the colon of {key}",
                key=written.partition(":")[0],
            )
            yield self.finding(entry.key, message)
        elif _scalars.kind_at(post, (key,)) is None:
            scalar = front_matter.scalar((key,))
            if scalar is not None and not scalar.style:
                if _scalars.runs_into_item(post.text[slice(*entry.value)]):
                    message = msg("{key} continues in the next line, which begins with -", key=key)
                    yield self.finding(entry.key, message)

    def _look(
        self, front_matter: FrontMatter, post: Post, path: Path, value: object
    ) -> Iterator[Finding]:
        in_brackets = _scalars.in_brackets(front_matter, post, path) is not None
        if in_brackets and _is_of_wrong_type(front_matter, post, path):
            return  # FM006
        if isinstance(value, list) and not in_brackets:
            # Each item is a text, or may be.
            for index, item in enumerate(value):
                yield from self._look(front_matter, post, (*path, index), item)
        elif _scalars.holds_text(post, path) and (
            isinstance(value, str) or _scalars.is_refused(post, path)
        ):
            told = self._told(front_matter, post, path, value)
            if told is not None:
                message, span = told
                fix = None
                is_same = span is not None and str(value) == post.text[slice(*span)]
                own = front_matter.own_span(path)
                if span is not None and own is not None and not goes_on(post.text, span.end):
                    text = single_quoted(post.text[span.start : span.end].rstrip())
                    fix = self.make_fix("Put it in quotes", (span, text))
                # Where the target reads the text as it is written, layouts show it so.
                impact = Impact.HOUSE if is_same else None
                yield self.finding(key_span(front_matter, path), message, fix, impact=impact)

    def _lost(self, front_matter: FrontMatter, post: Post, path: Path) -> Iterator[Finding]:
        """A text that is all comment, or null; FM008 says so where something must be there."""
        if any(error.path == path for error in post.schema_errors):
            return
        if _scalars.is_null_word(front_matter, post, path):
            message = msg(
                "{path} is empty, since the word is a null value in YAML; put it in quotes",
                path=path[-1],
            )
            fix = None
            if (span := front_matter.own_span(path)) is not None:
                fix = self.make_fix(
                    "Put it in quotes", (span, single_quoted(post.text[slice(*span)]))
                )
            yield self.finding(key_span(front_matter, path), message, fix)
        elif _scalars.is_comment(front_matter, post, path):
            message = msg("{path} is empty, since the text after # is a comment", path=path[-1])
            key = key_span(front_matter, path)
            start = post.text.index("#", key.end)
            end = _scalars.line_end(post.text, start)
            text = single_quoted(post.text[start:end].rstrip())
            fix = self.make_fix("Put it in quotes", (Span(start, end), text))
            yield self.finding(key, message, fix)

    def _told(
        self, front_matter: FrontMatter, post: Post, path: Path, value: object
    ) -> tuple[str, Span | None] | None:
        """Return what is wrong with one value, and the span that quotes would fix."""
        from newslint import schema

        name = schema.name_of(path)
        scalar = front_matter.scalar(path)
        if scalar is not None and not scalar.style and isinstance(value, str):
            told = _other_end(post, front_matter.value_span(path), name, value)
            if told is not None:
                return told
        span = _scalars.unquoted(front_matter, post, path)
        if span is None:
            return None
        if not isinstance(value, str):
            return msg(
                "{name} is {kind}; put it in quotes if it is a text",
                name=name,
                kind=schema.kind_of(value),
            ), span
        kind = _scalars.yaml_1_1_kind(value) if self.options.portable else None
        if kind is None:
            return None
        return msg(
            "{name} is {kind} in YAML 1.1, which other tools use; put it in quotes",
            name=name,
            kind=kind,
        ), span


def _other_end(post: Post, whole: Span, name: str, value: str) -> tuple[str, Span | None] | None:
    """Return what is wrong with a plain text that does not end where its line does."""
    from newslint import schema

    if _scalars.runs_into_item(post.text[whole.start : whole.end]):
        template = "{name} continues in the next line, and is {value}"
        return msg(template, name=name, value=schema.shown(value)), None
    cut = _scalars.cut_comment(post.text, whole.end)
    if cut is None:
        return None
    lost = post.text[cut.start : cut.end].strip().split()[0]
    template = "{name} ends before {lost}, which is a comment; put the text in quotes"
    return msg(template, name=name, lost=lost), Span(whole.start, cut.end)


def _is_of_wrong_type(front_matter: FrontMatter, post: Post, path: Path) -> bool:
    """Return whether the schema or the target refuses the type of a value."""
    return any(one.path == path and one.kind == "type" for one in post.schema_errors) or any(
        (one.key,) == path and one.kind == "type" for one in front_matter.key_problems
    )
