"""ARC003."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from newslint import ArchiveRule, Bad, Field, Finding, Good, RuleOptions, Severity, Span, say

if TYPE_CHECKING:
    from newslint import Archive, Post

_SENTENCES = (
    "<p>The ministry of finance said on Tuesday that exports rose by nine percent in October.</p>"
    "<p>Analysts of three banks had expected growth of six percent after a weak summer.</p>"
    "<p>Imports fell for the second month, and prices of energy stayed where they were.</p>"
)


class NearDuplicate(ArchiveRule):
    """No two posts may be nearly the same article.

    An agency's article comes in by several feeds: with another head, a site's own words round it,
    or a sentence mended an hour later. Readers meet it again and again.

    Keep the best. Compared are runs of four words (of four characters in Chinese, Japanese and
    Thai), by MinHash; the message says how much of the shorter article the other one holds, right
    to some parts in a hundred. Posts of which one is over twice as long as the other are not
    compared, nor very short ones. The later one by path is reported, once, with the most alike of
    those before it.

    The rule needs an extra: `pip install 'newslint[near]'`. It keeps half a kilobyte for each post,
    and some ten more while it compares.
    """

    code, name, severity, default = "ARC003", "near-duplicate", Severity.WARNING, False

    class Options(RuleOptions):
        """How alike is too alike."""

        threshold: float = Field(
            0.6,
            gt=0.3,
            le=1,
            description="The share of the shorter article that must be in the other one.",
        )

    bad = [
        Bad(
            f"⟦⟧<p>From our reporter</p>{_SENTENCES}",
            path="b.html",
            files={"a.html": _SENTENCES},
            message="'a.html' is nearly the same article: 100 % alike",
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
        """How many runs there are, and a sketch of them."""
        from newslint_rules.archive._sketches import sketch

        return sketch(post)

    def check_archive(
        self, facts: Iterable[tuple[str, Any]], archive: Archive
    ) -> Iterator[tuple[str, Finding]]:
        from newslint_rules.archive._sketches import likeness

        for path, fact, candidates in _candidates(facts):
            near = [(likeness(fact, theirs), other) for other, theirs in candidates]
            alike, other = max(near, default=(0.0, ""), key=lambda one: one[0])
            if alike >= self.options.threshold:
                message = say(
                    "{other!r} is nearly the same article: {alike:.0f} % alike",
                    other=other,
                    alike=alike * 100,
                )
                yield path, self.finding(Span(0, 0), message)


def _candidates(
    facts: Iterable[tuple[str, Any]],
) -> Iterator[tuple[str, Any, list[tuple[str, Any]]]]:
    """Each post with those before it that may be like it."""
    known = list(facts)
    if len(known) < 2:
        return
    from datasketch import MinHashLSH

    from newslint_rules.archive._sketches import BANDS, ROWS, SIZE, restored

    index = MinHashLSH(num_perm=SIZE, params=(BANDS, ROWS))
    for number, (path, fact) in enumerate(known):
        minhash = restored(fact[1])
        found = sorted(index.query(minhash))
        yield path, fact, [known[at] for at in found if _comparable(fact, known[at][1])]
        index.insert(number, minhash, check_duplication=False)


def _comparable(one: tuple[int, bytes], two: tuple[int, bytes]) -> bool:
    """Whether neither is over twice as long as the other."""
    return max(one[0], two[0]) <= 2 * min(one[0], two[0])
