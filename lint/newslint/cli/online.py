"""``--online``: the network client of a run, its progress, and its summary."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from newslint.cli.localization import echo
from newslint.cli.progress import bar
from newslint.cli.rule_options import SelectionOptions, words
from newslint.core.errors import UsageError
from newslint.core.messages import msg

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.online.client import Network


def check_choices(choices: SelectionOptions) -> None:
    """Raise UsageError if rules need the network without --online, or --online is impossible."""
    if choices.online:
        from importlib.util import find_spec

        if find_spec("httpx") is None:
            raise UsageError(msg("--online needs httpx: pip install 'newslint[online]'"))
        return
    for word in (*(words(choices.select) or ()), *(words(choices.extend_select) or ())):
        if _is_online(word):
            raise UsageError(msg("{word} needs the network; add --online", word=word))


def _is_online(word: str) -> bool:
    """Return whether all rules that a selector matches need the network."""
    from newslint.config.rule_selection import UnknownRuleError, match
    from newslint.linter.registry import rules
    from newslint.linter.rule import OnlineRule

    known = rules()
    try:
        return all(issubclass(known[code], OnlineRule) for code in match(word, known))
    except UnknownRuleError:
        return False  # a rule of the configuration, or an error that is reported with its place


def network_client(
    project: Project, *, no_cache: bool, cache_dir: str | None, is_silent: bool
) -> Network | None:
    """Return the network client of a run; None for a run without network."""
    if not project.online:
        return None
    from newslint.online.cache import AnswerCache
    from newslint.online.client import Network, unwatched

    memory = None if no_cache else AnswerCache(answer_cache_file(cache_dir))
    shows = sys.stderr.isatty() and not is_silent
    return Network(memory, _bar if shows else unwatched)


def answer_cache_file(cache_dir: str | None) -> Path:
    """Return the path of the cache of answers, which all projects of a user share."""
    from newslint.online.cache import NAME
    from newslint.runner.cache.location import folder_of

    return folder_of(None if cache_dir is None else Path(cache_dir)) / NAME


@contextmanager
def _bar(total: int) -> Iterator[Callable[[], object]]:
    """Show a bar on standard error: answered URLs, and the remaining time."""
    with bar(msg("checking links")) as shown:
        task = shown.add_task("", total=total, speed="")
        yield lambda: shown.advance(task)


def report_network(network: Network | None, code: int, *, quiet: bool) -> int:
    """Print a summary of the requests on standard error; return the exit code, 2 if offline."""
    if network is None:
        return code
    network.close()
    if network.trouble:
        echo(msg("{trouble} No links or images were checked", trouble=network.trouble))
        return 2
    for rule in sorted(network.lacking_site):
        template = "{rule} needs the URL of your site; set site-url in the configuration"
        echo(msg(template, rule=rule))
    if network.skipped:
        template = (
            "the time limit is reached (online.seconds); {number:,} URLs were not requested,"
            " and the next run continues with them"
        )
        echo(msg(template, number=network.skipped))
    if not quiet:
        counts = msg("URLs requested: {number:,}", number=network.requested)
        if network.cached:
            counts = msg("{counts}; cached: {number:,}", counts=counts, number=network.cached)
        if network.unsure:
            counts = msg("{counts}; unsure: {number:,}", counts=counts, number=network.unsure)
        echo(counts)
    return code
