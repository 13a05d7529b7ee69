"""Holds newslint's verdicts on mutated posts against what the real generators make of them.

    python tests/renderers/proof.py --posts 1000 --seed 1 --target hexo@8

Prints, for the generator and for each rule, what was missed and what was false, then each
post on which newslint and the generator do not agree, by what was done to it.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[1]))
    __package__ = "renderers"

from renderers import body_mutations, header_mutations
from renderers.damage import FATAL, HIDDEN, damage
from renderers.drafts import Draft, clean
from renderers.generators import BUILDS, available, build_all, build_alone
from renderers.grounds import answerable
from renderers.verdicts import Verdict, accusations, errors, judge

SHARE_CLEAN = 0.05
"""The share of posts that are left as they were, to see that nothing is reported of them."""
SHARE_LOST = 0.05
"""The share of posts that also get a text or an image that browsers do not show."""
SHARE_MISSPELT = 0.05
"""The share of posts in which the key of a field is misspelled, too."""
KILLERS = {"hugo": ("TPL", "FM", "IO")}
"""The rules whose errors mostly mean a dead site, where no plug-in can go on behind one: such posts are
built alone, which saves halving."""


@dataclass(frozen=True)
class Trial:
    """One post, what newslint said of it and what became of it."""

    draft: Draft
    content: bytes
    verdict: Verdict
    harms: frozenset[str]
    log: str = ""

    @property
    def is_missed(self) -> bool:
        """Dead or lost without an error, or spoilt silently."""
        if self.harms & FATAL:
            return not errors(self.verdict)
        return bool(self.harms - HIDDEN) and not self.verdict

    @property
    def false(self) -> list[str]:
        """The codes of the errors that the generator does not bear out."""
        return [] if self.harms else accusations(self.verdict)


@dataclass
class Tally:
    """The sums over many trials."""

    posts: int = 0
    fatal: int = 0
    fatal_missed: int = 0
    spoilt: int = 0
    spoilt_without_error: int = 0
    spoilt_silent: int = 0
    accused: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    spoke: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    false_posts: int = 0
    accused_posts: int = 0
    disputed: list[Trial] = field(default_factory=list)

    def add(self, trial: Trial) -> None:
        """Count one trial."""
        self.posts += 1
        if trial.harms == HIDDEN:
            return
        if trial.harms & FATAL:
            self.fatal += 1
            self.fatal_missed += trial.is_missed
        elif trial.harms:
            self.spoilt += 1
            self.spoilt_without_error += not errors(trial.verdict)
            self.spoilt_silent += trial.is_missed
        if trial.is_missed:
            markdown = trial.draft.is_markdown
            self.missed.update(answerable(trial.harms, trial.log, markdown=markdown))
        elif trial.harms:
            self.spoke.update({finding.code for finding in trial.verdict})
        accused = accusations(trial.verdict)
        self.accused.update(set(accused))
        self.false.update(set(trial.false))
        self.accused_posts += bool(accused)
        self.false_posts += bool(trial.false)
        if trial.is_missed or trial.false:
            self.disputed.append(trial)

    @property
    def heard(self) -> float:
        """Of what is spoilt without an error, the share of which newslint says something."""
        without = self.spoilt_without_error
        return 1.0 - self.spoilt_silent / without if without else 1.0

    @property
    def false_share(self) -> float:
        """Of the posts that newslint accuses, the share that is built as written."""
        return self.false_posts / self.accused_posts if self.accused_posts else 0.0


def drafts(seed: int, count: int) -> Iterator[Draft]:
    """Posts mutated one to three times, the same ones for the same seed."""
    for number in range(count):
        random = Random(f"{seed}:{number}")
        draft = clean(random, number)
        if random.random() >= SHARE_CLEAN:
            for _ in range(random.choice((1, 1, 1, 2, 3))):
                draft.done.append(_mutate(random, draft))
            # Drawn apart, so that the other changes of a seed stay the same.
            apart = Random(f"{seed}:{number}:lost")
            if apart.random() < SHARE_LOST:
                draft.done.append(body_mutations.lose(apart, draft))
            apart = Random(f"{seed}:{number}:misspelt")
            if apart.random() < SHARE_MISSPELT:
                draft.done.append(header_mutations.misspell(apart, draft))
        yield draft


def _mutate(random: Random, draft: Draft) -> str:
    kind = random.random()
    if kind < 0.04:
        return body_mutations.encode(random, draft)
    mutation = header_mutations if kind < 0.52 else body_mutations
    return mutation.mutate(random, draft)


def prove(target: str, seed: int, count: int, *, jobs: int = 2) -> Tally:
    """Build ``count`` mutated posts, ``jobs`` sites at once, and compare each with its verdict."""
    verdict_of = judge(target)
    all_drafts = {draft.name: draft for draft in drafts(seed, count)}
    posts = {name: draft.content() for name, draft in all_drafts.items()}
    verdicts = {name: verdict_of(name, content) for name, content in posts.items()}
    tally = Tally()
    killers = KILLERS.get(target.partition("@")[0], ())

    def kills(name: str) -> bool:
        return any(code.startswith(killers) for code in errors(verdicts[name]))

    for name, result in build_all(target, posts, kills, jobs=jobs):
        draft, content = all_drafts[name], posts[name]
        harms = damage(target, name, content, result, draft.meant)
        trial = Trial(draft, content, verdicts[name], harms, result.log)
        if trial.is_missed or trial.false:
            # Not the fault of another post of the same build?
            result = build_alone(target, name, content)
            harms = damage(target, name, content, result, draft.meant)
            trial = Trial(draft, content, verdicts[name], harms, result.log)
        tally.add(trial)
    tally.disputed.sort(key=lambda trial: trial.draft.done)
    return tally


def report(target: str, tally: Tally) -> str:
    """The rates as lines of text."""
    lines = [
        f"{target}: {tally.posts} posts",
        f"  dead or lost: {tally.fatal}, missed {tally.fatal_missed}",
        f"  built wrong: {tally.spoilt}, without an error {tally.spoilt_without_error},"
        f" of those with a finding {tally.heard:.1%}",
        f"  accused: {tally.accused_posts}, falsely {tally.false_posts} ({tally.false_share:.2%})",
    ]
    lines += [
        _of_rule(tally, code) for code in sorted({*tally.spoke, *tally.accused, *tally.missed})
    ]
    return "\n".join(lines)


def _of_rule(tally: Tally, code: str) -> str:
    """Both rates of a rule.

    Missed are the posts on which nothing was said that had to be, and whose harm is the rule's
    business, of those and the harmed posts on which it spoke.
    """
    missed, accused, false = tally.missed[code], tally.accused[code], tally.false[code]
    line = f"  {code}: missed {missed} of {missed + tally.spoke[code]}"
    line += f" ({missed / (missed + tally.spoke[code] or 1):.2%})"
    return line + (f", false {false} of {accused} ({false / accused:.2%})" if accused else "")


def describe(trial: Trial) -> str:
    """One dispute, so that it can be repeated and understood."""
    said = ", ".join(f"{f.code} {f.severity.value}: {f.message[:90]}" for f in trial.verdict[:4])
    kind = "missed" if trial.is_missed else f"false {'+'.join(trial.false)}"
    return (
        f"--- {kind}: {trial.draft.name}: {'; '.join(trial.draft.done)}\n"
        f"    harms: {', '.join(sorted(trial.harms)) or 'none'}; newslint: {said or 'nothing'}\n"
        f"    {trial.content[:1500]!r}"
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--target",
        action="append",
        choices=(*BUILDS, "hexo", "hugo"),
        help="may be repeated; hexo and hugo are all their versions; default: all that are installed",
    )
    parser.add_argument("--jobs", type=int, default=2, help="sites that are built at once")
    chosen = parser.parse_args()
    asked = chosen.target or BUILDS
    for target in (one for one in BUILDS if one in asked or one.partition("@")[0] in asked):
        if reason := available(target):
            print(f"{target}: left out: {reason}")
            continue
        started = time.monotonic()
        tally = prove(target, chosen.seed, chosen.posts, jobs=chosen.jobs)
        for trial in tally.disputed:
            print(describe(trial))
        print(report(target, tally))
        print(f"  {time.monotonic() - started:.0f} seconds", flush=True)


if __name__ == "__main__":
    main()
