"""``newslint server``: the language server, for editors."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from newslint.cli.click_options import configuration
from newslint.cli.rule_options import SelectionOptions, project
from newslint.core.errors import UsageError


@click.command()
@configuration
@click.option("--baseline", metavar="FILE", help="Hide the findings in FILE.")
@click.option(
    "--stdio", is_flag=True, help="Communicate over standard input and output (the default)."
)
def server(baseline: str | None, stdio: bool, **choices: object) -> int:
    """Run the language server for editors, on standard input and output.

    Requires the extra lsp: pip install 'newslint[lsp]'. For the setup of editors, see
    docs/editors.md.
    """
    if find_spec("pygls") is None:
        raise UsageError("the language server needs pygls: pip install 'newslint[lsp]'")
    from newslint.lsp.handlers import make_server

    run = project(SelectionOptions(**choices))  # type: ignore[arg-type]
    served = make_server(run, Path(baseline).absolute() if baseline else None)
    served.start_io()
    return served.exit_code
