"""``newslint schema``: JSON Schemas of front matter and of newslint.toml."""

from __future__ import annotations

import json
import os

import click

from newslint.cli import words
from newslint.cli.rule_options import SelectionOptions, project
from newslint.core.errors import UsageError
from newslint.core.messages import msg


@click.command()
@click.argument("path", default=".", shell_complete=words.paths)
@click.option("--config", is_flag=True, help="Print the schema of newslint.toml instead.")
@click.option(
    "--isolated", is_flag=True, help="Read no configuration and run no code of the checked folder."
)
def schema(path: str, config: bool, isolated: bool) -> None:
    """Print the JSON Schema of the front matter for PATH.

    Use it with the YAML language server of an editor; use the schema of newslint.toml with its TOML
    support.
    """
    if config:
        from newslint.config.json_schema import config_schema

        schema_data = config_schema()
    else:
        from newslint.post.schema.json_schema import front_matter_schema

        run = project(SelectionOptions(isolated=isolated))
        file = run.folder / path
        if not os.path.exists(file):
            raise UsageError(msg("no such file or folder: {path}", path=path))
        known = run.settings(file / "post.md" if os.path.isdir(file) else file).schema
        schema_data = front_matter_schema(known if isinstance(known, type) else known.model)
    click.echo(json.dumps(schema_data, indent=2, ensure_ascii=True))
