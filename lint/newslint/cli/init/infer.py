"""Infer a configuration from posts: generator, schema, options, ignored rules."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

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
from newslint.config.rule_selection import NEWS
from newslint.config.settings import preset_of
from newslint.core.finding import Impact, Severity
from newslint.core.report import FileReport
from newslint.files import site_files
from newslint.files.posts import PostFile
from newslint.files.store import store_of
from newslint.linter import registry
from newslint.linter.inference import ENOUGH, USUAL, InferredOptions
from newslint.linter.rule import FileRule
from newslint.runner import executors
from newslint.runner.pipeline import lint_files

Watch = Callable[[Iterable[FileReport]], Iterator[FileReport]]

_MOST_SECTIONS = 50
"""Maximum number of sections for which options are inferred separately."""


@dataclass(frozen=True, slots=True)
class InferredConfiguration:
    """An inferred configuration, and the findings in the posts under it."""

    document: Document
    sections: tuple[str, ...]
    unreadable: tuple[str, ...]
    findings: int
    """Findings that remain in the posts that were read."""
    odd_posts: int


@dataclass(frozen=True, slots=True)
class _Post:
    found: PostFile
    path: str
    folder: Folder


class _Reported(NamedTuple):
    """How often a rule reports a post, and the worst severity."""

    number: int
    severity: Severity
    stops_build: bool


Reports = Mapping[str, Mapping[str, _Reported]]
"""By the path of a post, then by code."""


def infer(
    files: Sequence[PostFile], folder: Path, watch: Watch = iter, project: Project | None = None
) -> InferredConfiguration:
    """Infer a configuration for ``folder``, which contains all the files.

    ``watch`` wraps the iterator of reports. ``project`` says which files may be read: by default
    those of the folder.
    """
    project = project or Project(folder, isolated=True)
    files = _posts_among(files, project)
    posts = [_post(found, folder) for found in sample(files, LIMIT)]
    detected = generators([one.found for one in posts], store_of(project))
    root = common(one.folder for one in posts)
    gathering = gather(
        (
            (
                one.found,
                detected[one.found.file.parent].target,
                one.path,
                section_of(one.folder, root),
            )
            for one in posts
        ),
        project,
    )
    unreadable = frozenset(gathering.unreadable)
    posts = [one for one in posts if one.found.shown not in unreadable]
    document = _document(len(files), gathering, detected, folder, root, project)
    reports = _lint(posts, document, folder, project.within, watch)
    left_off = tuple(_left_off(posts, reports))
    document = replace(document, left_off=left_off)
    findings, odd = _remaining(posts, reports, left_off)
    return InferredConfiguration(
        document,
        tuple(sorted(section for section in gathering.sections if section)),
        tuple(gathering.unreadable),
        findings,
        odd,
    )


def _posts_among(files: Sequence[PostFile], project: Project) -> Sequence[PostFile]:
    """Return the files without pages of sites; all files if there are only pages."""
    posts = [one for one in files if not site_files.is_page(one.place, project)]
    return posts if 0 < len(posts) < len(files) else files


def _post(found: PostFile, folder: Path) -> _Post:
    path = found.file.relative_to(folder).as_posix()
    return _Post(found, path, folder_of(path))


def _document(
    found: int,
    gathering: Gathering,
    detected: Mapping[Path, Generator],
    folder: Path,
    root: Folder,
    project: Project,
) -> Document:
    main = _main(detected)
    fits_news = gathering.headed > 0 and gathering.news >= USUAL * gathering.headed
    fields, rare = learn_fields(gathering, narrow=fits_news)
    preset = preset_of(main.target)
    inferred, notes, options = _infer_options(gathering, root, is_news=fits_news)
    return Document(
        found=found,
        read=gathering.posts,
        unreadable=len(gathering.unreadable),
        headed=gathering.headed,
        target=str(main.target),
        why=main.why,
        site_url=site_url(main.site, project) if main.site else None,
        sites=tuple(_sites(detected, main, folder)),
        preset=NEWS if fits_news else preset,
        extend_select=() if fits_news else _selected(inferred),
        fields=tuple(fields),
        rare=tuple(rare),
        inferred=inferred,
        section_notes=notes,
        section_options=options,
    )


def _main(detected: Mapping[Path, Generator]) -> Generator:
    """Return the generator of the posts outside of sites, else that of most folders."""
    without = [one for one in detected.values() if one.site is None]
    if without:
        return without[0]
    often = Counter(str(one.target) for one in detected.values())
    return max(detected.values(), key=lambda one: (often[str(one.target)], str(one.site)))


def _sites(
    detected: Mapping[Path, Generator], main: Generator, folder: Path
) -> Iterator[SiteTarget]:
    """Yield the sites below the configuration's folder with another generator."""
    sites = {one.site: one for one in detected.values() if one.site is not None}
    for site, one in sorted(sites.items(), key=lambda pair: str(pair[0])):
        if one.target != main.target and site.folder.is_relative_to(folder):
            files = pattern(site.folder.relative_to(folder).parts)
            if files is not None:
                yield SiteTarget(files, str(one.target), one.why)


def _selected(inferred: Mapping[str, tuple[str, InferredOptions]]) -> tuple[str, ...]:
    """Return the rules that are off by default without the preset ``news`` and fit the posts."""
    return tuple(code for _, one in inferred.values() for code in one.select)


def _infer_options(
    gathering: Gathering, root: Folder, *, is_news: bool
) -> tuple[
    dict[str, tuple[str, InferredOptions]],
    dict[str, tuple[str, ...]],
    dict[str, dict[str, Mapping[str, Any]]],
]:
    """Return the inferred options: from all posts, and by section where sections differ."""
    inferred: dict[str, tuple[str, InferredOptions]] = {}
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
        common_options = rule.infer_options(seen) if seen.posts >= ENOUGH else None
        if common_options is None:
            continue
        if rule.house and not is_news and not common_options.select:
            continue
        inferred[code] = rule.name, common_options
        if not common_options.by_section or not 2 <= len(sections) <= _MOST_SECTIONS:
            continue
        for section, files in sections:
            own = rule.infer_options(gathering.seen(code, section))
            if own is None:
                continue
            notes[code] = (*notes.get(code, ()), *(f"{section}/: {note}" for note in own.notes))
            if own.options and own.options != common_options.options:
                options.setdefault(files, {})[code] = own.options
    return inferred, notes, options


def _lint(
    posts: Sequence[_Post], document: Document, folder: Path, within: tuple[str, ...], watch: Watch
) -> Reports:
    """Return the findings in each post under the document, by code."""
    data = tomllib.loads(document.text)
    model = validate(ConfigModel, data, Path("newslint.toml"), document.text, ())
    layer = Layer("newslint init", folder, model, data)
    project = Project(folder, given=(layer,))
    project.within = within
    files = [one.found for one in posts]
    reports: dict[str, dict[str, _Reported]] = {}
    for report in watch(lint_files(files, project, jobs=executors.cores())):
        by_code: dict[str, _Reported] = {}
        for one in report.diagnostics:
            code, severity = one.finding.code, one.finding.severity
            before = by_code.get(code, _Reported(0, severity, False))
            by_code[code] = _Reported(
                before.number + 1,
                min(before.severity, severity, key=lambda each: each.rank),
                before.stops_build or one.finding.impact is Impact.BUILD,
            )
        reports[report.path] = by_code
    return reports


def _left_off(posts: Sequence[_Post], reports: Reports) -> Iterator[LeftOff]:
    """Yield the rules with findings in more than a third of the posts, in some folder or all.

    Rules with an impact on the build are never ignored.
    """
    if not posts:
        return
    tree = Tree(one.folder for one in posts)
    for code, rule in registry.rules().items():
        if issubclass(rule, FileRule) or rule.impact is Impact.BUILD:
            continue
        hit = [one for one in posts if code in reports.get(one.found.shown, {})]
        if any(reports[one.found.shown][code].stops_build for one in hit):
            continue
        folders = tree.usual_in(Counter(one.folder for one in hit))
        severities = [reports[one.found.shown][code].severity for one in hit]
        severity = min(severities, key=lambda one: one.rank, default=Severity.INFO)
        if not folders or (len(posts) < ENOUGH and Severity.ERROR in (severity, rule.severity)):
            # Errors in a few posts may be accidents.
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
    posts: Sequence[_Post], reports: Reports, left_off: Iterable[LeftOff]
) -> tuple[int, int]:
    """Return the number of findings without the ignored rules, and of posts with findings."""
    from newslint.core.patterns import patterns

    off = [(one.code, patterns(one.patterns) if one.patterns else None) for one in left_off]
    findings = odd = 0
    for post in posts:
        silent = {code for code, spec in off if spec is None or spec.match_file(post.path)}
        by_code = reports.get(post.found.shown, {})
        left = sum(one.number for code, one in by_code.items() if code not in silent)
        findings += left
        odd += left > 0
    return findings, odd
