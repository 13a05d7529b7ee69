"""``newslint config``: the settings in force for a path, and which file each came from."""

from __future__ import annotations

from typing import Any

import click

from newslint.cli.options import Choices, configuration, project
from newslint.config.settings import Settings
from newslint.output.records import dump


@click.command()
@click.argument("path", default=".")
@configuration
@click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def config(path: str, output_format: str, **choices: object) -> None:
    """Show the settings in force for PATH, and which file each came from."""
    run = project(Choices(**choices))  # type: ignore[arg-type]
    file = run.folder / path
    if file.is_dir():
        file = file / "post.md"
    settings = run.settings(file)
    rows = list(_rows(settings))
    if output_format == "json":
        click.echo(dump({name: {"value": value, "origin": origin} for name, value, origin in rows}))
        return
    for name, value, origin in rows:
        click.echo(f"{name} = {dump(value)}  # {origin}")


def _rows(settings: Settings) -> list[tuple[str, Any, str]]:
    """Name, value and origin of each setting."""
    origins = settings.origins
    default = "default"
    on = [code for code, decision in settings.decisions.items() if decision.on]
    changed = {
        code: decision.reason
        for code, decision in settings.decisions.items()
        if not decision.reason.endswith("by default")
    }
    why = "; ".join(f"{code}: {reason}" for code, reason in changed.items()) or default
    return [
        (
            "root",
            str(settings.root),
            "where the nearest configuration lies, else the current folder",
        ),
        ("target", str(settings.target), origins.get("target", "the site's files, else hexo")),
        ("include", list(settings.include), origins.get("include", default)),
        ("fail-on", settings.fail_on, origins.get("fail-on", default)),
        ("site-url", settings.site_url, origins.get("site-url", default)),
        ("schema", dict(settings.schema_table), origins.get("schema", default)),
        ("limits", settings.limits.model_dump(by_alias=True), origins.get("limits", default)),
        ("rules", on, why),
    ]
