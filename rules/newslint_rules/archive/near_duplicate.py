"""ARC003."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from newslint import (
    Bad,
    Field,
    Finding,
    Good,
    RuleOptions,
    Severity,
    Span,
    StreamingArchiveRule,
    msg,
)

if TYPE_CHECKING:
    from datasketch import MinHashLSH

    from newslint import Archive, Post

_SENTENCES = (
    "<p>The ministry of finance said on Tuesday that exports rose by nine percent in October.</p>"
    "<p>Analysts of three banks had expected growth of six percent after a weak summer.</p>"
    "<p>Imports fell for the second month, and prices of energy stayed where they were.</p>"
)


class NearDuplicate(StreamingArchiveRule):
    """No two posts may be nearly the same article.

    An agency's article comes from several feeds, with another introduction, with added text, or
    with a corrected sentence. Readers see it again and again.

    Keep the best post. The rule compares sequences of four words (four characters in Chinese,
    Japanese and Thai) with MinHash. The message gives the share of the shorter article that the
    other one contains, with an error of a few percent. Posts that differ in length by more than a
    factor of two, and very short posts, are not compared. Each post is reported once, for the path
    that is later, with the most similar post before it.

    The rule requires an extra: `pip install 'newslint[near]'`. It uses half a kilobyte of memory
    for each post, and ten more during the comparison.
    """

    code, name, severity, default = "ARC003", "near-duplicate", Severity.WARNING, False

    class Options(RuleOptions):
        """How alike is too alike."""

        threshold: float = Field(
            0.6,
            gt=0.3,
            le=1,
            description="The minimum share of the shorter article that the other article contains.",
        )

    bad = [
        Bad(
            f"⟦⟧<p>From our reporter</p>{_SENTENCES}",
            path="b.html",
            files={"a.html": _SENTENCES},
            message="'a.html' is nearly the same article (100 % similar)",
        ),
        Bad(
            "⟦⟧<p>上证指数周二收报三千二百点，较前一日上涨百分之一。"
            "分析师认为市场情绪正在好转，外资连续流入。</p>",
            path="b.html",
            files={
                "a.md": "上证指数周二收报三千二百点，较前一日上涨百分之一。"
                "分析师认为市场情绪正在改善，外资连续流入。\n"
            },
        ),
    ]
    good = [
        Good(
            "<p>上证指数周二收报三千二百点，较前一日上涨百分之一。分析师认为市场情绪正在好转。</p>",
            path="b.html",
            files={
                "a.md": "国家统计局公布九月工业企业利润数据，"
                "制造业投资保持较快增长，消费有所恢复。\n"
            },
        ),
        Good("<p>Short.</p>", path="b.html", files={"a.html": "<p>Short.</p>"}),
    ]

    def facts(self, post: Post) -> Any:
        """Return how many runs there are, and a sketch of them."""
        from newslint_rules.archive._minhash import sketch

        return sketch(post)

    def start(self, archive: Archive) -> Callable[[str, Any], Iterable[Finding]]:
        from newslint_rules.archive._minhash import likeness

        before = _Index()

        def look(path: str, fact: Any) -> Iterable[Finding]:
            near = [(likeness(fact, theirs), other) for other, theirs in before.alike(path, fact)]
            alike, other = max(near, default=(0.0, ""), key=lambda one: one[0])
            if alike < self.options.threshold:
                return ()
            message = msg(
                "{other!r} is nearly the same article ({alike:.0f} % similar)",
                other=other,
                alike=alike * 100,
            )
            return (self.finding(Span(0, 0), message),)

        return look


class _Index:
    """The posts that were seen, found again by their sketches."""

    def __init__(self) -> None:
        self._known: list[tuple[str, Any]] = []
        self._index: MinHashLSH | None = None

    def alike(self, path: str, fact: Any) -> list[tuple[str, Any]]:
        """Return the earlier posts that may be like this one, which is one of them from now on."""
        number = len(self._known)
        self._known.append((path, fact))
        if number == 0:
            return []  # a post that is alone needs no index
        from newslint_rules.archive._minhash import restored

        if self._index is None:
            self._index = _new_index()
            first = restored(self._known[0][1][1])
            self._index.insert(0, first, check_duplication=False)
        sketch = restored(fact[1])
        found = sorted(self._index.query(sketch))
        self._index.insert(number, sketch, check_duplication=False)
        return [self._known[at] for at in found if _comparable(fact, self._known[at][1])]


def _new_index() -> MinHashLSH:
    from datasketch import MinHashLSH

    from newslint_rules.archive._minhash import BANDS, ROWS, SIZE

    return MinHashLSH(num_perm=SIZE, params=(BANDS, ROWS))


def _comparable(one: tuple[int, bytes], two: tuple[int, bytes]) -> bool:
    """Return whether neither is over twice as long as the other."""
    return max(one[0], two[0]) <= 2 * min(one[0], two[0])
