"""The contract of a rule: its metadata, its documentation, and its check."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from newslint.core.finding import Edit, Finding, Fix, Impact, Safety, Severity
from newslint.core.messages import msg
from newslint.core.span import Span
from newslint.linter.options import RuleOptions

if TYPE_CHECKING:
    from lxml import etree

    from newslint.linter.archive import Archive
    from newslint.linter.http_request import Request
    from newslint.linter.inference import InferredOptions, Observation, Observations
    from newslint.linter.suppressions import SuppressionUsage
    from newslint.post.front_matter import FrontMatter
    from newslint.post.post import Post


class Bad(NamedTuple):
    """An example that the rule reports: documentation and test in one string.

    Each ⟦…⟧ marks one finding's exact span, in the order of the findings; the marks are no part
    of the post. ``fixed`` is the post after all the rule's fixes, None where nothing is fixed.
    """

    text: str
    fixed: str | None = None
    path: str = "post.html"
    target: str = "hexo"
    options: Mapping[str, Any] = MappingProxyType({})
    files: Mapping[str, str] = MappingProxyType({})
    """Other files of the archive by path, for an archive rule."""
    message: str | None = None
    """The message of the first finding, where the words are part of the promise."""
    answers: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    """What the network answers, by address, for an online rule: the fields of an `Answer`; under
    ``referred`` those that are others when a Referer is sent."""


class Good(NamedTuple):
    """An example that the rule has nothing to say of."""

    text: str
    path: str = "post.html"
    target: str = "hexo"
    options: Mapping[str, Any] = MappingProxyType({})
    files: Mapping[str, str] = MappingProxyType({})
    answers: Mapping[str, Mapping[str, Any]] = MappingProxyType({})


class Rule:
    """A check with a code, a name, options, documentation and examples.

    The docstring is the documentation: its first line the summary, the rest why it matters, in
    Markdown. A rule keeps no state between posts. Derive from one of the classes below.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity] = Severity.ERROR
    impact: ClassVar[Impact] = Impact.HOUSE
    """What a finding of the rule usually costs; a single one may cost something else."""
    default: ClassVar[bool] = True
    """Whether the rule is on unless the configuration says otherwise."""
    house: ClassVar[bool] = False
    """Whether the rule is a custom of news desks: on by default under the preset ``news`` alone."""
    fix: ClassVar[Safety | None] = None
    """The best fix that the rule can offer; a single finding may offer less."""
    time_dependent: ClassVar[bool] = False
    """Whether a finding can go away by itself, as time goes by: it is never cached."""
    targets: ClassVar[tuple[str, ...]] = ()
    """The targets that the rule is about; empty for all."""
    url: ClassVar[str] = ""
    """The URL of the page of a rule that does not come with newslint, where it has one."""
    Options: ClassVar[type[RuleOptions]] = RuleOptions
    bad: ClassVar[Sequence[Bad]] = ()
    good: ClassVar[Sequence[Good]] = ()

    def __init__(
        self, options: RuleOptions | None = None, severity: Severity | None = None
    ) -> None:
        self.options: Any = self.Options() if options is None else options
        self.severity_in_force = severity or self.severity

    @classmethod
    def observe(cls, post: Post) -> Iterable[Observation]:
        """Return what in a post its options can be learned from; by default nothing."""
        return ()

    @classmethod
    def infer_options(cls, seen: Observations) -> InferredOptions | None:
        """The options that fit what `observe` saw in posts, for `newslint init`; None for none."""
        return None

    def finding(
        self,
        span: Span,
        message: str,
        fix: Fix | None = None,
        severity: Severity | None = None,
        impact: Impact | None = None,
    ) -> Finding:
        """Return a finding of this rule at ``span``.

        ``severity`` and ``impact`` are given only where they differ from the rule's own. A ``fix``
        without edits is none.
        """
        force = severity or self.severity_in_force
        cost = impact or self.impact
        if fix is not None and not fix.edits:
            fix = None
        return Finding(self.code, self.name, force, msg(message), span, fix, cost, self.url)

    def make_fix(self, message: str, *edits: tuple[Span, str], safety: Safety | None = None) -> Fix:
        """A fix: each edit is a span and the text that replaces it. ``safety`` is the rule's."""
        kind = safety or self.fix
        assert kind is not None, f"{self.code} has a fix but does not say which kind"
        return Fix(msg(message), tuple(Edit(span, content) for span, content in edits), kind)

    def metrics(self, post: Post) -> Iterable[tuple[str, str]]:
        """Return what the rule counts in a post besides findings: pairs of a kind and a value.

        They are counted over an archive (`newslint.linter.profile`), whether the rule is on or off:
        an editor, the host of an image; each as often as it occurs.
        """
        return ()


class ElementRule(Rule):
    """Looks at elements. ``tags`` names those it wants (lower case); ``("*",)`` is every one.

    The engine walks the tree once for all rules.
    """

    tags: ClassVar[tuple[str, ...]]

    @abstractmethod
    def check(self, element: etree._Element, post: Post) -> Iterable[Finding]:
        """What is wrong with one element."""

    def might_report(self, tag: str, attributes: Mapping[str, str], text: str, post: Post) -> bool:
        """Return whether `check` may find anything at an element; by default always.

        Where no rule may at any of a post, no tree is made, and no one is asked. ``attributes``
        are those of the start tag, decoded, ``text`` is what follows it up to the next tag, as
        written: all that a ``<style>`` holds.
        """
        return True

    def check_post(self, post: Post) -> Iterable[Finding]:
        """Return what is wrong beside the elements, as in Markdown; by default nothing."""
        return ()


class FrontMatterRule(Rule):
    """Looks at front matter that parses."""

    applies_to: ClassVar[Callable[[Post], object] | None] = None
    """As that of `PostRule`."""

    @abstractmethod
    def check(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        """What is wrong with the front matter."""


class PostRule(Rule):
    """Looks at the complete post: its text, its front matter, its body."""

    applies_to: ClassVar[Callable[[Post], object] | None] = None
    """Whether a post may have anything that the rule is about; where it says no (anything that
    is false), the rule is not called. A function of a module: rules that name the same one share
    its answer, asked once a post. None, the default: the rule is always called."""

    @abstractmethod
    def check(self, post: Post) -> Iterable[Finding]:
        """What is wrong with the post."""


class ArchiveRule(Rule):
    """Looks at all posts together, in two steps, so that facts can be cached and travel."""

    compares: ClassVar[bool] = False
    """Whether the rule reports only what posts have in common with others: where a post is looked
    at by itself, its facts are not asked for."""

    @abstractmethod
    def facts(self, post: Post) -> Any:
        """What the rule needs to know of one post: small, picklable, plain; None for nothing.

        A post of which the rule knows something empty (``()``) is there, but gets no finding, so
        that its report need not wait for the other posts.
        """

    @abstractmethod
    def check_archive(
        self, facts: Iterable[tuple[str, Any]], archive: Archive
    ) -> Iterator[tuple[str, Finding]]:
        """The findings, each with the path of its post, from ``(path, facts)`` of all posts."""


class StreamingArchiveRule(ArchiveRule):
    """An archive rule of whose findings in a post no later post is a part.

    They are told while the later ones are still to be read. Posts of which the rule knows nothing
    (None) are left out; all others may get findings.
    """

    @abstractmethod
    def start(self, archive: Archive) -> Callable[[str, Any], Iterable[Finding]]:
        """What finds something in one post after the other, by path and facts.

        It remembers of the posts that it was given what it needs; the rule itself keeps nothing.
        """

    def check_archive(
        self, facts: Iterable[tuple[str, Any]], archive: Archive
    ) -> Iterator[tuple[str, Finding]]:
        """See `ArchiveRule`."""
        look = self.start(archive)
        for path, fact in facts:
            for finding in look(path, fact):
                yield path, finding


class OnlineRule(ArchiveRule):
    """Looks at what addresses answer: an archive rule that asks the network before it checks.

    It runs with ``--online`` alone. ``archive.answer(request)`` is what an address answered, None
    where it was not asked.
    """

    needs_site_url: ClassVar[bool] = False
    """Whether the rule has nothing to ask where the configuration has no ``site-url``."""

    @abstractmethod
    def requests(self, facts: Any, site_url: str | None) -> Iterable[Request]:
        """What is to be asked for a post of which the rule knows ``facts``."""


class SuppressionRule(Rule):
    """Looks at the suppressions of a post, when all other rules have run."""

    @abstractmethod
    def check(
        self, usages: Sequence[SuppressionUsage], names: Mapping[str, str], post: Post
    ) -> Iterable[Finding]:
        """What is wrong with the suppressions; ``names`` are those of all rules, by code."""


class FileRule(Rule):
    """Says that a file cannot be read. Reported by newslint itself, which reads the files."""
