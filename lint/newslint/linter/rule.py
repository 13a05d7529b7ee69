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
    """An example that the rule reports: documentation and test in one text.

    Each ⟦…⟧ marks the exact span of a finding, in the order of the findings; the marks are not part
    of the post. ``fixed`` is the post after all fixes of the rule, None if nothing is fixed.
    """

    text: str
    fixed: str | None = None
    path: str = "post.html"
    target: str = "hexo"
    options: Mapping[str, Any] = MappingProxyType({})
    files: Mapping[str, str] = MappingProxyType({})
    """Other files of the archive by path, for an archive rule."""
    message: str | None = None
    """The message of the first finding; None if it is not checked."""
    answers: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    """Answers by URL, for an online rule: the fields of an `Answer`; under ``referred`` the fields
    that differ if a Referer is sent."""


class Good(NamedTuple):
    """An example that the rule does not report."""

    text: str
    path: str = "post.html"
    target: str = "hexo"
    options: Mapping[str, Any] = MappingProxyType({})
    files: Mapping[str, str] = MappingProxyType({})
    answers: Mapping[str, Mapping[str, Any]] = MappingProxyType({})


class Rule:
    """A check with a code, a name, options, documentation and examples.

    The docstring is the documentation in Markdown: the first line is the summary, the rest explains
    why it matters. A rule keeps no state between posts. Derive from one of the classes below.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity] = Severity.ERROR
    impact: ClassVar[Impact] = Impact.HOUSE
    """The usual impact of the rule's findings; a finding may have another one."""
    default: ClassVar[bool] = True
    """Whether the rule is on by default."""
    house: ClassVar[bool] = False
    """Whether the rule is a convention of news desks: on by default only with preset ``news``."""
    house_rules: bool = True
    """Whether conventions of news desks are in force: with preset ``news``, or a severity that the
    configuration sets. Else a finding needs more than a convention to be an error."""
    fix: ClassVar[Safety | None] = None
    """The best fix that the rule can offer; a finding may have a lesser one."""
    time_dependent: ClassVar[bool] = False
    """Whether findings may disappear with time; they are not cached."""
    targets: ClassVar[tuple[str, ...]] = ()
    """The targets that the rule applies to; empty for all."""
    url: ClassVar[str] = ""
    """The documentation URL of a rule that is not built in; empty for none."""
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
        """Return observations in a post from which options can be inferred; by default none."""
        return ()

    @classmethod
    def infer_options(cls, seen: Observations) -> InferredOptions | None:
        """Return options that fit the observations of `observe`, for `newslint init`, or None."""
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

        ``severity`` and ``impact`` default to the rule's own. A ``fix`` without edits is ignored.
        """
        force = severity or self.severity_in_force
        cost = impact or self.impact
        if fix is not None and not fix.edits:
            fix = None
        return Finding(self.code, self.name, force, msg(message), span, fix, cost, self.url)

    def make_fix(self, message: str, *edits: tuple[Span, str], safety: Safety | None = None) -> Fix:
        """Return a fix; edits are spans with replacements. ``safety`` defaults to the rule's."""
        kind = safety or self.fix
        assert kind is not None, f"{self.code} has a fix but does not say which kind"
        return Fix(msg(message), tuple(Edit(span, content) for span, content in edits), kind)

    def metrics(self, post: Post) -> Iterable[tuple[str, str]]:
        """Return what the rule counts in a post besides findings: pairs of a kind and a value.

        They are counted over an archive (`newslint.linter.profile`), whether the rule is on or off,
        such as editors or hosts of images; each as often as it occurs.
        """
        return ()


class ElementRule(Rule):
    """Checks elements. ``tags`` are the names that it checks (lower case); ``("*",)`` is all.

    The engine traverses the tree once for all rules.
    """

    tags: ClassVar[tuple[str, ...]]

    @abstractmethod
    def check(self, element: etree._Element, post: Post) -> Iterable[Finding]:
        """Return the findings in one element."""

    def might_report(self, tag: str, attributes: Mapping[str, str], text: str, post: Post) -> bool:
        """Return whether `check` may find anything in an element; by default always True.

        If no rule may find anything in a post, its tree is not built and `check` is not called.
        ``attributes`` are the decoded attributes of the start tag, ``text`` is the source text that
        follows it up to the next tag, such as the complete content of a ``<style>``.
        """
        return True

    def check_post(self, post: Post) -> Iterable[Finding]:
        """Return findings outside of elements, such as in Markdown; by default none."""
        return ()


class FrontMatterRule(Rule):
    """Checks front matter that was parsed."""

    applies_to: ClassVar[Callable[[Post], object] | None] = None
    """See `PostRule.applies_to`."""

    @abstractmethod
    def check(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        """Return the findings in the front matter."""


class PostRule(Rule):
    """Checks the complete post: its text, its front matter, its body."""

    applies_to: ClassVar[Callable[[Post], object] | None] = None
    """Returns whether a post may have anything that the rule reports; if the result is false, the
    rule is not called. A function of a module: rules with the same function share its result for
    a post. With None, the default, the rule is always called."""

    @abstractmethod
    def check(self, post: Post) -> Iterable[Finding]:
        """Return the findings in the post."""


class ArchiveRule(Rule):
    """Checks all posts together, in two steps, so that facts can be cached and sent."""

    compares: ClassVar[bool] = False
    """Whether the rule reports only what posts have in common; a post that is checked alone needs
    no facts."""

    @abstractmethod
    def facts(self, post: Post) -> Any:
        """Return what the rule needs to know about one post: small, plain and picklable; or None.

        A post with an empty value (``()``) is part of the archive, but gets no findings, so that
        its report need not wait for the other posts.
        """

    @abstractmethod
    def check_archive(
        self, facts: Iterable[tuple[str, Any]], archive: Archive
    ) -> Iterator[tuple[str, Finding]]:
        """Yield the findings with the paths of their posts, from ``(path, facts)`` of all posts."""


class StreamingArchiveRule(ArchiveRule):
    """An archive rule whose findings in a post do not depend on later posts.

    They are reported before later posts are read. Posts with the facts None are skipped; all others
    may get findings.
    """

    @abstractmethod
    def start(self, archive: Archive) -> Callable[[str, Any], Iterable[Finding]]:
        """Return a function that returns the findings in the next post, given its path and facts.

        The function keeps what it needs of earlier posts; the rule itself keeps no state.
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
    """An archive rule that sends requests before it checks the answers.

    It runs only with ``--online``. ``archive.answer(request)`` is the answer, or None if the
    request was not sent.
    """

    needs_site_url: ClassVar[bool] = False
    """Whether the rule sends no requests if the configuration has no ``site-url``."""

    @abstractmethod
    def requests(self, facts: Any, site_url: str | None) -> Iterable[Request]:
        """Return the requests for a post, given its facts."""


class SuppressionRule(Rule):
    """Checks the suppressions of a post after all other rules have run."""

    @abstractmethod
    def check(
        self, usages: Sequence[SuppressionUsage], names: Mapping[str, str], post: Post
    ) -> Iterable[Finding]:
        """Return the findings about suppressions; ``names`` are the names of all rules by code."""


class FileRule(Rule):
    """Reports that a file cannot be read. Its findings are created by newslint itself."""
