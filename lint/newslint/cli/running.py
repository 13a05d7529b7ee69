"""How a run is done: the options ``--jobs``, ``--no-cache`` and ``--cache-dir``; ``clean``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from newslint import executors
from newslint.cli.speech import echo
from newslint.config.project import Project
from newslint.discovery import Found
from newslint.finding import FileReport
from newslint.message import say
from newslint.runner import Fixing, lint_files

if TYPE_CHECKING:
    from newslint.online.network import Network

F = TypeVar("F", bound=Callable[..., Any])

CACHED_FROM = 100
"""Posts from which looking them up is quicker than linting them (measured): below it, opening the
cache and telling whether the settings are the same takes longer."""

_cache_folder = click.option("--cache-dir", metavar="DIR", help="Where the cache lies.")


def running_options(function: F) -> F:
    """The options that say how posts are linted, and change nothing of what is found."""
    for option in (
        _cache_folder,
        click.option("--no-cache", is_flag=True, help="Lint every post, changed or not."),
        click.option(
            "--jobs",
            type=click.IntRange(min=1),
            metavar="N",
            help="Processes.  [default: as many as there are cores]",
        ),
    ):
        function = option(function)
    return function


class Running(NamedTuple):
    """What the options say."""

    jobs: int | None = None
    no_cache: bool = False
    cache_dir: str | None = None
    network: Network | None = None

    def __call__(
        self,
        files: Sequence[Found],
        project: Project,
        fixing: Fixing | None,
        others: Sequence[Found] = (),
    ) -> Iterator[FileReport]:
        """The reports of the files; see `lint_files`."""
        # One process writes: it ends at once on Ctrl-C, and no post is fixed twice.
        jobs = 1 if fixing is not None else self.jobs or executors.cores()
        looked_up = len(others) if fixing is not None else len(files) + len(others)
        if self.no_cache or looked_up < CACHED_FROM:
            yield from lint_files(
                files, project, fixing, jobs=jobs, others=others, network=self.network
            )
            return
        from newslint.cache import Cache

        cache = Cache(_file(project, self.cache_dir))
        try:
            yield from lint_files(
                files,
                project,
                fixing,
                jobs=jobs,
                cache=cache,
                others=others,
                network=self.network,
            )
        finally:
            cache.close()


def _file(project: Project, folder: str | None) -> Path:
    from newslint.cache import place

    return place(project.root(project.folder), None if folder is None else Path(folder))


@click.command()
@_cache_folder
def clean(cache_dir: str | None) -> int:
    """Delete the cache of the project that the current folder belongs to.

    What the network answered (--online) is deleted for all projects.
    """
    from newslint.cache import remove
    from newslint.cli.online import memory_file
    from newslint.errors import UsageError
    from newslint.escape import plain

    posts, answers = _file(Project(Path.cwd()), cache_dir), memory_file(cache_dir)
    for file in (posts, answers):
        try:
            was_there = remove(file)
        except OSError as error:
            told = say("cannot delete {file}: {why}", file=file, why=error.strerror)
            raise UsageError(told) from None
        shown = plain(str(file))
        if was_there:
            echo(say("deleted {file}", file=shown))
        elif file == posts:
            echo(say("there is no {file}", file=shown))
    return 0
