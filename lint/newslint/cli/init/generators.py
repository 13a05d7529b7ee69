"""Detect the generator of the posts, from the files of the site or from the posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from newslint.cli.init.sampling import sample
from newslint.core import lazy
from newslint.core.limits import Limits
from newslint.core.messages import msg
from newslint.core.reader import UnreadableError
from newslint.core.source import Source
from newslint.core.time_limit import Deadline, OutOfTimeError
from newslint.generators import Target
from newslint.generators.dates import read_date
from newslint.generators.detect import Site, site
from newslint.generators.effects import Effect
from newslint.generators.target import GENERATORS
from newslint.generators.templates import read_template
from newslint.post.post import Post
from newslint.runner.guarding import too_much

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.files.posts import PostFile
    from newslint.files.store import Store


_TRIED = 200
"""Number of posts on which generators are tried, if no file identifies the generator."""

_ACCIDENTS = 0.1
"""The share of posts by which two generators may differ and are considered equal."""

_STOPS = frozenset({Effect.SITE_DIES, Effect.POST_LOST, Effect.CUT})
_DATED_NAME = lazy.pattern(r"\d{4}-\d\d?-\d\d?-")


@dataclass(frozen=True, slots=True)
class Generator:
    """A target, and how it was detected, as a message."""

    target: Target
    why: str
    site: Site | None = None


def generators(files: Sequence[PostFile], store: Store) -> dict[Path, Generator]:
    """Return the generator of each folder that contains some of the files, in a store."""
    folders = {found.file.parent for found in files}
    known = {folder: site(folder) for folder in sorted(folders)}
    found = {folder: Generator(one.target, one.file, one) for folder, one in known.items() if one}
    if len(found) < len(folders):
        unknown = [one for one in files if known[one.file.parent] is None]
        guess = _guess(sample(unknown, _TRIED), store)
        found.update((folder, guess) for folder in folders if folder not in found)
    return found


def site_url(found: Site, project: Project) -> str | None:
    """Return the URL in a site's configuration; None if there is none, or a placeholder."""
    site = project.site(found.folder)
    url = None if site is None else site.base_url
    return url if url and url.isprintable() else None


def _guess(files: Sequence[PostFile], store: Store) -> Generator:
    """Return the generator that fails on the fewest posts, unless folder names identify it."""
    if name := _by_folder(files):
        why = msg("the folders have the layout of a {name} site", name=GENERATORS[name])
        return Generator(Target(name), why)
    stumbles: Counter[str] = Counter()
    read_posts = layouts = 0
    for text, path in _texts(files, store):
        read_posts += 1
        for name in GENERATORS:
            stumbles[name] += _answered(_stumbles, text, path, name)
        layouts += _answered(_has_layout, text, path, "jekyll")
    # Single posts may be defective; only properties of many posts are evidence.
    most = min(stumbles[name] for name in GENERATORS) + _ACCIDENTS * read_posts
    order = [name for name in GENERATORS if stumbles[name] <= most]
    if "jekyll" in order and 2 * layouts > read_posts:
        why = msg("found no site files, but posts have a layout, and a date in their names")
        return Generator(Target("jekyll"), why)
    counts = ", ".join(f"{GENERATORS[name]} {stumbles[name]:,}" for name in GENERATORS)
    template = "found no site files; posts that each generator fails on, of {number:,}: {counts}"
    why = msg(template, number=read_posts, counts=counts)
    return Generator(Target(order[0]), why)


def _texts(files: Iterable[PostFile], store: Store) -> Iterator[tuple[Source, PurePosixPath]]:
    for found in files:
        try:
            source = Source(store.read(found, Limits().file_size))
        except UnreadableError:
            continue
        if too_much(source, found.place, Target(), Limits()) is None:
            yield source, PurePosixPath(found.shown)


def _by_folder(files: Iterable[PostFile]) -> str | None:
    """Return the generator that the names of the posts' folders suggest, if they agree."""
    suggested = {_suggested_by(found.file.parent.parts) for found in files}
    return suggested.pop() if len(suggested) == 1 else None


def _suggested_by(parts: tuple[str, ...]) -> str | None:
    if "_posts" not in parts:
        return None
    above = parts[: parts.index("_posts")]
    return "hexo" if above[-1:] == ("source",) else "jekyll"


def _stumbles(post: Post) -> bool:
    """Return whether the target cannot read a post's front matter, date or body."""
    if post.boundaries.read_error is not None:
        return True
    header = post.front_matter
    if header is not None and header.error is not None:
        return True
    date = None if header is None else header.data.get("date")
    if date is not None:
        reading = read_date(date, None, False, post.target.name)
        if reading.outcome is not None:
            return True
    problems = read_template(post.target, post.body_text, markdown=post.is_markdown).problems
    return any(problem.effect in _STOPS for problem in problems)


def _has_layout(post: Post) -> bool:
    """Return whether a post has a layout, and a date in its file name."""
    header = post.front_matter
    return (
        header is not None and "layout" in header.data and bool(_DATED_NAME.match(post.path.name))
    )


def _answered(
    question: Callable[[Post], bool], text: Source, path: PurePosixPath, name: str
) -> bool:
    """Return the answer to a question about a post for a generator; False if it fails."""
    try:
        with Deadline(Limits().seconds):
            return question(Post(text, path, Target(name)))
    except (Exception, OutOfTimeError):
        return False
