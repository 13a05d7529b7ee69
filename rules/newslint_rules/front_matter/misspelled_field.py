"""FM026."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
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
    lazy,
    msg,
    schema,
)
from newslint_rules.front_matter._examples import GOOD_MATTER, example

if TYPE_CHECKING:
    from newslint import FrontMatter, Post

SHORTEST = 5
"""Letters of the shortest field of which a letter may be missing, added or another: shorter ones
have neighbours that are words (`date` and `data`)."""

_WORDS = frozenset({"tag", "category", "height", "update"})
"""Names near a field that are no slips: Hexo and Jekyll read the first two, themes the others."""


_DATED = lazy.pattern(
    r"(?<!\d)(?:19|20)\d\d[-./]\d\d?[-./]\d\d?(?!\d)|(?<!\d)\d\d? [A-Z][a-z]{2} (?:19|20)\d\d\b"
)


class MisspelledField(FrontMatterRule):
    """A key must not be a misspelled field.

    No generator reports `categries:` or `Comments:`. It ignores the key, and the post has no
    category, or allows comments that it should not.

    The rule reports an unknown key if one change makes it a field of the schema or of the generator
    that the post lacks: an additional, missing or different letter, two swapped letters, or upper
    case. In a name of four letters or fewer, only a doubled letter, swapped letters and upper case
    are reported, and any change of `date` if the value is a date. A plural (`authors` for `author`)
    is not reported. If your site has a field with such a name, add it to `allow` or to
    `[schema.fields]`.
    """

    code, name, severity = "FM026", "misspelled-field", Severity.WARNING
    impact = Impact.CONTENT
    fix = Safety.UNSAFE

    class Options(RuleOptions):
        """Keys that are fine."""

        allow: tuple[str, ...] = Field((), description="Keys that are spelled correctly.")

    bad = [
        Bad(
            example("categories", "⟦categries⟧:\n- World"),
            fixed=example("categories", "categories:\n- World"),
            message="no generator reads 'categries'; did you mean 'categories'?",
        ),
        Bad(
            example("comments", "⟦Comments⟧: false"),
            fixed=example("comments", "comments: false"),
        ),
        Bad(
            "---\ntitle: x\n⟦bate⟧: 2021-01-02\n---\n",
            fixed="---\ntitle: x\ndate: 2021-01-02\n---\n",
        ),
        Bad("---\ntitle: x\n⟦tgas⟧: [a]\n---\n", fixed="---\ntitle: x\ntags: [a]\n---\n"),
    ]
    good = [
        Good(GOOD_MATTER),
        Good(example("author", "author: Wire\nauthors: [Wire, Desk]")),
        Good(example("author", "author: Wire\nauthr: x")),
        Good(example("author", "authr: x"), options={"allow": ["authr"]}),
        Good("---\ntitle: x\ndata: a 2021 b\n---\n"),
        Good("---\ntitle: x\ntgas: [a]\ntags: [b]\n---\n"),
    ]

    def check(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        known = schema.fields_of(post.schema)
        return () if front_matter.data.keys() <= known else self._slips(front_matter, post, known)

    def _slips(
        self, front_matter: FrontMatter, post: Post, known: frozenset[str]
    ) -> Iterator[Finding]:
        data = front_matter.data
        known |= schema.generator_fields(post.target.name)
        absent = [field for field in sorted(known) if field not in data]
        for key in data:
            if key in known or key in _WORDS or key in self.options.allow:
                continue
            if post.target.name == "hugo" and key.lower() in map(str.lower, known):
                continue
            field = next(
                (one for one in absent if is_slip(key, one, one == "date" and _is_date(data[key]))),
                None,
            )
            if field is None:
                continue
            span = front_matter.key_span((key,))
            message = msg(
                "no generator reads {key!r}; did you mean {field!r}?", key=key, field=field
            )
            is_plain = post.text[span.start : span.end] == key
            fix = self.make_fix("Rename the key", (span, field)) if is_plain else None
            yield self.finding(span, message, fix)


def _is_date(value: object) -> bool:
    """Return whether a value is a date, or a text with a year and a day in it."""
    return isinstance(value, date) or (isinstance(value, str) and _DATED.search(value) is not None)


def is_slip(word: str, right: str, sure: bool = False) -> bool:
    """Return whether one slip of the hand makes ``word`` of ``right``; a plural is none.

    ``sure``: what has the name looks right, so that any slip counts in a short name too.
    """
    if word.lower() == right.lower():
        return word != right
    short, long = sorted((word, right), key=len)
    if len(long) - len(short) > 1:
        return False
    start = 0
    while start < len(short) and short[start] == long[start]:
        start += 1
    is_short = len(right) < SHORTEST and not sure
    if len(short) < len(long):
        if is_short and (long is right or long[start] != long[start - 1]):
            return False  # Only a doubled letter.
        # "categorie" is a plural without its last letter, and no word of its own.
        is_plural = long == f"{short}s" and not short.endswith("ie")
        return short[start:] == long[start + 1 :] and not is_plural
    if short[start + 1 :] == long[start + 1 :]:
        return not is_short
    swapped = short[start : start + 2] == long[start : start + 2][::-1]
    return swapped and short[start + 2 :] == long[start + 2 :]
