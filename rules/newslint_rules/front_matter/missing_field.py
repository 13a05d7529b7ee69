"""FM005."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from newslint import (
    Bad,
    Field,
    Finding,
    FrontMatterRule,
    Good,
    RuleOptions,
    Severity,
    join_and,
    msg,
    schema,
)
from newslint_rules.front_matter import _did_you_mean
from newslint_rules.front_matter import _generated_values as substitutes
from newslint_rules.front_matter._examples import GOOD_MATTER, complaints, example
from newslint_rules.front_matter._fast_path import is_unusual

if TYPE_CHECKING:
    from newslint import FrontMatter, InferredOptions, Observation, Observations, Post, SchemaError


class MissingField(FrontMatterRule):
    """A required field must be set.

    Layouts and lists of the site use these fields: a post without `categories` is in no section, a
    post without `thumbnail` leaves a gap in the list, and a post without `date` gets the current
    date.

    The schema defines which fields are required: `[schema]` in `newslint.toml`. An optional field
    that the target replaces by a value of its own is a warning: Hexo and Eleventy use the date of
    the file, which changes with each checkout, Hugo uses the year 1, and Jekyll uses the file name
    as the title. If that is intended, set `substitutes = false`.

    Fields that the site sets are not missing: `defaults` of Jekyll, `cascade` of Hugo, data files
    of Eleventy. If a data file computes values, the finding is a warning. In Hugo and Eleventy,
    pages need no `date` if most files of their folder have none, such as those of a manual.
    """

    code, name, severity = "FM005", "missing-field", Severity.ERROR
    applies_to = is_unusual

    class Options(RuleOptions):
        """Whether what the target makes up is missed."""

        substitutes: bool = Field(
            True,
            description="Whether to report an optional field that the target replaces by its "
            "own value,"
            " such as the date.",
        )

    bad = [
        Bad(f"⟦---⟧{example('author', '')[3:]}", message="author is missing"),
        Bad(
            f"⟦---⟧{example('author', 'auther: Wire')[3:]}",
            message="author is missing; is 'auther' meant?",
        ),
        Bad(
            "⟦---⟧\ntitle: A title\ncategory: World\n---\n",
            message="categories (misspelled as 'category'?), headimg, author, comments, date and"
            " thumbnail are missing",
        ),
    ]
    good = [Good(GOOD_MATTER)]

    def check(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        errors = complaints(post, "missing")
        fields = schema.fields_of(post.schema) if errors else frozenset()
        unknown = [key for key in front_matter.data if key not in fields] if errors else []
        for (parent, severity), missing in _grouped(errors).items():
            span = front_matter.key_span(parent)
            if not parent and (elsewhere := _elsewhere(post)):
                words = missing[0].message if len(missing) == 1 else _several(missing, ())
                message = msg(
                    "{words}, unless the site sets it: {reason}", words=words, reason=elsewhere
                )
                yield self.finding(span, message, severity=Severity.WARNING)
            elif len(missing) == 1:
                key = str(missing[0].path[-1])
                meant = "" if parent else _did_you_mean.meant_by(key, unknown)
                yield self.finding(span, missing[0].message + meant, severity=severity)
            else:
                words = _several(missing, () if parent else unknown)
                yield self.finding(span, words, severity=severity)
        if not self.options.substitutes:
            return
        for key, words in substitutes.missing(front_matter, post, empty=False):
            message = msg(
                "{key} is missing: {words}{hint}",
                key=key,
                words=words,
                hint=_did_you_mean.meant_by(key, unknown),
            )
            yield self.finding(front_matter.key_span(()), message, severity=Severity.WARNING)

    @classmethod
    def observe(cls, post: Post) -> Iterator[Observation]:
        header = post.front_matter
        if header is not None and header.error is None:
            for key, _ in substitutes.missing(header, post, empty=False):
                yield "missing", key

    @classmethod
    def infer_options(cls, seen: Observations) -> InferredOptions | None:
        from newslint import InferredOptions, inference

        for key, number in seen.of_kind("missing"):
            if number > inference.TOO_OFTEN * seen.posts:
                note = (
                    f"{number:,} of {seen.posts:,} posts have no {key}: the generator makes it up."
                )
                return InferredOptions({"substitutes": False}, (note,))
        return None


def _grouped(
    errors: Iterable[SchemaError],
) -> dict[tuple[tuple[str | int, ...], Severity | None], list[SchemaError]]:
    """Group the missing keys by the mapping that they are missing in, and by severity."""
    missing: dict[tuple[tuple[str | int, ...], Severity | None], list[SchemaError]] = {}
    for error in errors:
        missing.setdefault((error.path[:-1], error.severity), []).append(error)
    return missing


def _several(errors: Sequence[SchemaError], unknown: Iterable[str]) -> str:
    """Say that several keys are missing, and by which unknown key each may be meant."""
    names = []
    for error in errors:
        found = schema.near(str(error.path[-1]), unknown)
        hint = msg(" (misspelled as {found!r}?)", found=found) if found else ""
        names.append(
            msg(
                "{name}{purpose}{hint}",
                name=schema.name_of(error.path),
                purpose=error.purpose,
                hint=hint,
            )
        )
    return msg("{names} are missing", names=join_and(names))


def _elsewhere(post: Post) -> str:
    """Return why the site may give the post values that cannot be seen; empty where it does not."""
    return post.site.open_defaults(post.site_path) if post.site and post.site_path else ""
