"""``newslint clean``: delete the cache."""

from __future__ import annotations

from pathlib import Path

import click

from newslint.cli.click_options import cache_folder
from newslint.cli.localization import echo
from newslint.cli.online import answer_cache_file
from newslint.cli.run_options import cache_file
from newslint.config.project import Project
from newslint.core.errors import UsageError
from newslint.core.escaping import plain
from newslint.core.messages import msg
from newslint.core.report import Detail
from newslint.files.sqlite import remove


@click.command()
@cache_folder
def clean(cache_dir: str | None) -> int:
    """Delete the cache of the project in the current folder.

    Results of requests (--online) are deleted for all projects.
    """
    here = Project(Path.cwd())
    posts, *detailed = (cache_file(here, cache_dir, detail) for detail in Detail)
    for file in (posts, *detailed, answer_cache_file(cache_dir)):
        try:
            was_there = remove(file)
        except OSError as error:
            message = msg("cannot delete {file}: {why}", file=file, why=error.strerror)
            raise UsageError(message) from None
        shown = plain(str(file))
        if was_there:
            echo(msg("deleted {file}", file=shown))
        elif file == posts:
            echo(msg("{file} does not exist", file=shown))
    return 0
