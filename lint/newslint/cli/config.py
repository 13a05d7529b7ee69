"""``newslint config``: the settings for a path, and the file that each comes from."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newslint.cli import words
from newslint.cli.click_options import configuration
from newslint.cli.localization import language, line
from newslint.cli.rule_options import SelectionOptions, project
from newslint.config import custom_rules
from newslint.config.defaults import Limits
from newslint.config.project import Project
from newslint.config.rule_selection import match
from newslint.config.settings import Settings
from newslint.core.errors import UsageError
from newslint.core.escaping import inert, plain
from newslint.core.messages import msg
from newslint.linter import registry
from newslint.linter.custom_rules import failures as failures_of
from newslint.reports.json_record import dump

if TYPE_CHECKING:
    from newslint.generators.site import Evidence


@click.command()
@click.argument("path", default=".", shell_complete=words.paths)
@click.argument("code", required=False, shell_complete=words.rule_words)
@configuration
@click.option(
    "--explain", is_flag=True, help="Show why each rule, or the rule CODE, is on or off for PATH."
)
@click.option("--check", is_flag=True, help="Run the examples of the [[rule]] tables.")
@click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def config(
    path: str, code: str | None, explain: bool, check: bool, output_format: str, **choices: object
) -> int:
    """Show the settings for PATH, and the file that each comes from."""
    run = project(SelectionOptions(**choices))  # type: ignore[arg-type]
    if code is not None and not explain:
        raise UsageError("a rule code requires --explain")
    file = run.folder / path
    if os.path.isdir(file):
        file = file / "post.md"
    settings = run.settings(file)
    if check:
        return _check(run, file)
    rows = list(_reasons(settings, code) if explain else _rows(settings))
    if output_format == "json":
        click.echo(dump({name: {"value": value, "origin": origin} for name, value, origin in rows}))
        return 0
    for name, value, origin in rows if explain else _flat(rows):
        shown = ("on" if value else "off") if explain else f"= {dump(value)}"
        click.echo(inert(plain(f"{name} {shown}  # {origin}")))
    return 0


def _flat(rows: Iterable[tuple[str, Any, str]]) -> Iterator[tuple[str, Any, str]]:
    """Yield the rows, with one row for each fact about the site."""
    for name, value, origin in rows:
        if name != "site" or value is None:
            yield name, value, origin
            continue
        for key, known in value.items():
            if key == "read":
                for file, decided in known.items():
                    yield f"{name}.read.{dump(file)}", decided, origin
            elif key == "unknown":
                yield f"{name}.unknown", known, "what its files do not tell"
            else:
                yield f"{name}.{key}", known, origin


def _rows(settings: Settings) -> Iterator[tuple[str, Any, str]]:
    """Yield name, value and origin of each setting."""
    origins = settings.origins
    default = "default"
    yield "root", str(settings.root), "the nearest configuration's folder, else the current one"
    yield "target", str(settings.target), origins.get("target", "the site's own files, else hexo")
    yield "site", _site(settings), "the site's own files" if settings.site else "no site found"
    yield "include", list(settings.include), origins.get("include", default)
    yield "fail-on", settings.fail_on, origins.get("fail-on", default)
    yield "site-url", settings.site_url, origins.get("site-url", default)
    linked = list(settings.linked_folders)
    yield "linked-folders", linked, origins.get("linked-folders", default)
    baseline = None if settings.baseline is None else str(settings.baseline)
    yield "baseline", baseline, origins.get("baseline", default)
    yield "preset", settings.preset, _preset_origin(settings)
    yield "schema", dict(settings.schema_table), origins.get("schema", default)
    yield "online", _online(settings), origins.get("online", default)
    yield "limits", _limits(settings.limits), origins.get("limits", default)
    on = [code for code, decision in settings.decisions.items() if decision.on]
    changed = {
        decision.reason
        for decision in settings.decisions.values()
        if not decision.reason.endswith("by default")
    }
    yield "rules", on, "; ".join(sorted(changed)) or default


def _preset_origin(settings: Settings) -> str:
    """Return the origin of the preset."""
    if "preset" in settings.origins:
        return settings.origins["preset"]
    if settings.site is None:
        return "no site found"
    return f"the {settings.site.target.name} site in {settings.site.root}"


def _site(settings: Settings) -> dict[str, object] | None:
    """Return the facts about the site, and the files they come from."""
    site = settings.site
    if site is None:
        return None
    renderer = site.renderer.name
    if not site.renderer.modelled:
        renderer += f" (not modelled: {site.renderer.reason})"
    elif site.renderer.signs:
        renderer += f" (not modelled in texts with {', '.join(site.renderer.signs)})"
    return {
        "root": site.root,
        "generator": str(site.target),
        "url": site.base_url,
        "renderer": renderer,
        "engines": dict(site.template_engines),
        "referrer-policy": site.referrer_policy,
        "drafts": site.drafts,
        "future": site.future,
        "timezone": site.timezone,
        "read": _read(site.evidence),
        "unknown": list(dict.fromkeys(site.gaps)),
    }


def _read(evidence: Iterable[Evidence]) -> dict[str, list[str]]:
    """Return the settings that each file determines."""
    read: dict[str, list[str]] = {}
    for one in evidence:
        decided = read.setdefault(one.file, [])
        if one.what not in decided:
            decided.append(one.what)
    return read


def _reasons(settings: Settings, code: str | None) -> Iterator[tuple[str, bool, str]]:
    """Yield code, whether it is on, and the reason, for one rule or for all."""
    codes = list(settings.decisions)
    if code is not None:
        known = {**registry.rules(), **{rule.code: type(rule) for rule in settings.rules.rules}}
        codes = [one for one in codes if one == code or one in match(code, known)]
    for one in codes:
        decision = settings.decisions[one]
        yield one, decision.on, decision.reason


def _check(run: Project, file: Path) -> int:
    """Run the examples of the custom rules for a file; return 1 if one fails."""
    failures = 0
    count = 0
    for layer in run.layers(file.parent):
        for rule in custom_rules.rules(layer).values():
            count += 1
            for failure in failures_of(rule):
                failures += 1
                click.echo(inert(plain(f"{layer.origin}: {rule.code} {failure}")))
    if not failures:
        message = msg("{count} custom rules: all examples pass.", count=count)
        line(language().translate(message))
    return int(failures > 0)


def _online(settings: Settings) -> dict[str, object]:
    from newslint.config.online import Online

    values = Online(**settings.online)._asdict()
    return {name.replace("_", "-"): value for name, value in values.items()}


def _limits(limits: Limits) -> dict[str, float]:
    return {name.replace("_", "-"): value for name, value in limits._asdict().items()}
