"""From the posts that exist to a configuration: generator, schema, options, rules left off."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from newslint.cli.init.fields import learn_fields
from newslint.cli.init.folders import (
    ENOUGH_IN_A_FOLDER,
    Folder,
    Tree,
    common,
    folder_of,
    pattern,
    section_of,
)
from newslint.cli.init.generators import Generator, generators, site_url
from newslint.cli.init.observations import Gathering, gather
from newslint.cli.init.sampling import LIMIT, sample
from newslint.cli.init.toml_document import Document, LeftOff, SiteTarget
from newslint.config.loader import Layer, validate
from newslint.config.model import ConfigModel
from newslint.config.project import Project
from newslint.core.finding import Severity
from newslint.core.report import FileReport
from newslint.files.posts import PostFile
from newslint.files.store import store_of
from newslint.linter import registry
from newslint.linter.inference import ENOUGH, USUAL, InferredOptions
from newslint.linter.rule import FileRule
from newslint.post.schema.presets import PRESETS
from newslint.runner import executors
from newslint.runner.pipeline import lint_files

Watch = Callable[[Iterable[FileReport]], Iterator[FileReport]]

_MOST_SECTIONS = 50
"""Sections up to which each is asked for what is usual in it."""


@dataclass(frozen=True, slots=True)
class InferredConfiguration:
    """A configuration, and what the posts that it was learned from are like under it."""

    document: Document
    posts_found: int
    sections: tuple[str, ...]
    unreadable: tuple[str, ...]
    findings: int
    """What is still reported of the posts that were read."""
    odd_posts: int


@dataclass(frozen=True, slots=True)
class _Post:
    found: PostFile
    path: str
    folder: Folder


def infer(
    files: Sequence[PostFile], folder: Path, watch: Watch = iter, project: Project | None = None
) -> InferredConfiguration:
    """Learn a configuration for ``folder``, which all the files lie in, from the files.

    ``watch`` sees the reports of those that are read go by. ``project`` says what may be read: by
    default the folder.
    """
    project = project or Project(folder, isolated=True)
    posts = [_post(found, folder) for found in sample(files, LIMIT)]
    told = generators([one.found for one in posts], store_of(project))
    root = common(one.folder for one in posts)
    gathering = gather(
        (
            (one.found, told[one.found.file.parent].target, one.path, section_of(one.folder, root))
            for one in posts
        ),
        project,
    )
    unreadable = frozenset(gathering.unreadable)
    posts = [one for one in posts if one.found.shown not in unreadable]
    document = _document(len(files), gathering, told, folder, root)
    reports = _lint(posts, document, folder, project.within, watch)
    left_off = tuple(_left_off(posts, reports))
    document = replace(document, left_off=left_off)
    findings, odd = _remaining(posts, reports, left_off)
    return InferredConfiguration(
        document,
        len(files),
        tuple(sorted(section for section in gathering.sections if section)),
        tuple(gathering.unreadable),
        findings,
        odd,
    )


def _post(found: PostFile, folder: Path) -> _Post:
    path = found.file.relative_to(folder).as_posix()
    return _Post(found, path, folder_of(path))


def _document(
    found: int, gathering: Gathering, told: Mapping[Path, Generator], folder: Path, root: Folder
) -> Document:
    main = _main(told)
    fields, rare = learn_fields(gathering)
    fits_news = gathering.headed > 0 and gathering.news >= USUAL * gathering.headed
    preset = main.target.name if main.target.name in PRESETS else "minimal"
    lessons, notes, options = _lessons(gathering, root)
    return Document(
        found=found,
        read=gathering.posts,
        unreadable=len(gathering.unreadable),
        headed=gathering.headed,
        target=str(main.target),
        why=main.why,
        site_url=site_url(main.site) if main.site else None,
        sites=tuple(_sites(told, main, folder)),
        preset="news" if fits_news else preset,
        fields=tuple(fields),
        rare=tuple(rare),
        lessons=lessons,
        section_notes=notes,
        section_options=options,
    )


def _main(told: Mapping[Path, Generator]) -> Generator:
    """The generator of the posts that lie in no site, else that of most folders."""
    without = [one for one in told.values() if one.site is None]
    if without:
        return without[0]
    often = Counter(str(one.target) for one in told.values())
    return max(told.values(), key=lambda one: (often[str(one.target)], str(one.site)))


def _sites(told: Mapping[Path, Generator], main: Generator, folder: Path) -> Iterator[SiteTarget]:
    """The sites below the configuration's folder that another generator builds."""
    sites = {one.site: one for one in told.values() if one.site is not None}
    for site, one in sorted(sites.items(), key=lambda pair: str(pair[0])):
        if one.target != main.target and site.folder.is_relative_to(folder):
            files = pattern(site.folder.relative_to(folder).parts)
            if files is not None:
                yield SiteTarget(files, str(one.target), one.why)


def _lessons(
    gathering: Gathering, root: Folder
) -> tuple[
    dict[str, tuple[str, InferredOptions]],
    dict[str, tuple[str, ...]],
    dict[str, dict[str, Mapping[str, Any]]],
]:
    """What the rules learned: from all posts, and where sections differ, from each of these."""
    lessons: dict[str, tuple[str, InferredOptions]] = {}
    notes: dict[str, tuple[str, ...]] = {}
    options: dict[str, dict[str, Mapping[str, Any]]] = {}
    sections = [
        (section, files)
        for section, posts in sorted(gathering.sections.items())
        if section and posts >= ENOUGH_IN_A_FOLDER and (files := pattern((*root, section)))
    ]
    for code in gathering.words:
        rule = registry.rules()[code]
        seen = gathering.seen(code)
        lesson = rule.infer_options(seen) if seen.posts >= ENOUGH else None
        if lesson is None:
            continue
        lessons[code] = rule.name, lesson
        if not lesson.by_section or not 2 <= len(sections) <= _MOST_SECTIONS:
            continue
        for section, files in sections:
            own = rule.infer_options(gathering.seen(code, section))
            if own is None:
                continue
            notes[code] = (*notes.get(code, ()), *(f"{section}/: {note}" for note in own.notes))
            if own.options and own.options != lesson.options:
                options.setdefault(files, {})[code] = own.options
    return lessons, notes, options


def _lint(
    posts: Sequence[_Post], document: Document, folder: Path, within: tuple[str, ...], watch: Watch
) -> dict[str, dict[str, tuple[int, Severity]]]:
    """By post and code: how often it is reported, and the worst severity, under the document."""
    data = tomllib.loads(document.text)
    model = validate(ConfigModel, data, Path("newslint.toml"), document.text, ())
    layer = Layer("newslint init", folder, model, data)
    project = Project(folder, isolated=True, last=(layer,))
    project.within = within
    files = [one.found for one in posts]
    reports: dict[str, dict[str, tuple[int, Severity]]] = {}
    for report in watch(lint_files(files, project, jobs=executors.cores())):
        by_code: dict[str, tuple[int, Severity]] = {}
        for one in report.diagnostics:
            number, worst = by_code.get(one.finding.code, (0, one.finding.severity))
            severity = min(worst, one.finding.severity, key=lambda each: each.rank)
            by_code[one.finding.code] = number + 1, severity
        reports[report.path] = by_code
    return reports


def _left_off(
    posts: Sequence[_Post], reports: Mapping[str, Mapping[str, tuple[int, Severity]]]
) -> Iterator[LeftOff]:
    """The rules that say something of more than a third of the posts, somewhere or everywhere."""
    if not posts:
        return
    tree = Tree(one.folder for one in posts)
    for code, rule in registry.rules().items():
        if issubclass(rule, FileRule):
            continue
        hit = [one for one in posts if code in reports.get(one.found.shown, {})]
        folders = tree.usual_in(Counter(one.folder for one in hit))
        severities = [reports[one.found.shown][code][1] for one in hit]
        severity = min(severities, key=lambda one: one.rank, default=Severity.INFO)
        if not folders or (len(posts) < ENOUGH and Severity.ERROR in (severity, rule.severity)):
            # An error in a handful of posts may be an accident in each of them.
            continue
        if folders == [tree.root]:
            yield LeftOff(code, rule.name, severity, len(hit), len(posts))
            continue
        inside = [one for one in hit if _lies_in(one.folder, folders)]
        patterns = tuple(pattern(one) or "" for one in folders)
        of = sum(tree.posts[one] for one in folders)
        yield LeftOff(code, rule.name, severity, len(inside), of, patterns)


def _lies_in(folder: Folder, folders: Iterable[Folder]) -> bool:
    return any(folder[: len(one)] == one for one in folders)


def _remaining(
    posts: Sequence[_Post],
    reports: Mapping[str, Mapping[str, tuple[int, Severity]]],
    left_off: Iterable[LeftOff],
) -> tuple[int, int]:
    """How many findings are left when some rules are off, and in how many posts."""
    from newslint.core.patterns import patterns

    off = [(one.code, patterns(one.patterns) if one.patterns else None) for one in left_off]
    findings = odd = 0
    for one in posts:
        silent = {code for code, spec in off if spec is None or spec.match_file(one.path)}
        by_code = reports.get(one.found.shown, {})
        left = sum(number for code, (number, _) in by_code.items() if code not in silent)
        findings += left
        odd += left > 0
    return findings, odd
