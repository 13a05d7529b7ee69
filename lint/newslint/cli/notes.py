"""Notes after the summary: the preset in use, and rules that do not match the posts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newslint.config.project import Project
from newslint.core.messages import msg
from newslint.files.posts import PostFile
from newslint.generators.target import GENERATORS
from newslint.reports.summary import RunSummary

if TYPE_CHECKING:
    from newslint.config.settings import Settings

SAMPLE = 200
"""Number of posts whose settings are compared."""
ENOUGH = 20
"""Minimum number of posts for a note about a rule that reports most of them."""


def preset_notes(files: Sequence[PostFile], run: Project, tally: RunSummary) -> Iterator[str]:
    """Yield notes: the preset if no configuration sets it, and rules that report most posts."""
    settings = _usual(files, run)
    if "preset" in settings.origins or "schema" in settings.origins:
        return
    if settings.site is None:
        yield msg("Preset {preset}: found no site.", preset=settings.preset)
    else:
        generator = GENERATORS.get(settings.site.target.name, settings.site.target.name)
        yield msg(
            "Preset {preset}: {folder} is a site of {generator}.",
            preset=settings.preset,
            folder=settings.site.root,
            generator=generator,
        )
    if tally.files < ENOUGH:
        return
    often = [code for code, posts in tally.posts_by_rule.items() if 2 * posts > tally.files]
    if often:
        yield msg(
            "More than half of the posts have {codes}. `newslint init` writes a configuration that"
            " matches your posts.",
            codes=", ".join(sorted(often)),
        )


def _usual(files: Sequence[PostFile], run: Project) -> Settings:
    """Return the settings of most posts: a site may be in a folder of a repository."""
    step = len(files) // SAMPLE + 1
    found = [run.settings(files[at].place) for at in range(0, len(files), step)]
    roots = [settings.site.root if settings.site else "" for settings in found]
    return found[roots.index(max(dict.fromkeys(roots), key=roots.count))]
