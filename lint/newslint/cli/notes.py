"""Notes after the summary: the preset in use, and rules that do not match the posts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newslint.config.project import Project
from newslint.config.settings import Settings
from newslint.core.messages import msg
from newslint.files.posts import PostFile, Posts
from newslint.generators.target import GENERATORS
from newslint.reports.summary import RunSummary

ENOUGH = 20
"""Minimum number of posts for a note about a rule that reports most of them."""


def _prevailing(files: Sequence[PostFile], run: Project) -> Settings:
    """Return the settings of the site, or of no site, that most posts are in."""
    posts: dict[str, int] = {}
    known: dict[str, Settings] = {}
    for folder in Posts.of(files).folders:
        settings = run.settings(folder.path + folder.names[0])
        root = settings.site.root if settings.site else ""
        known.setdefault(root, settings)
        posts[root] = posts.get(root, 0) + len(folder.names)
    return known[max(posts, key=lambda root: posts[root])]


def preset_notes(files: Sequence[PostFile], run: Project, tally: RunSummary) -> Iterator[str]:
    """Yield notes: the preset if no configuration sets it, and rules that report most posts."""
    settings = _prevailing(files, run)
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
