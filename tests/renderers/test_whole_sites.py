"""What newslint says of the whole sites of ``tests/sites``, held against their real generators."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from generators.site_trees import SITES, lay
from lxml import html

from newslint import Impact, Severity, fix_text
from newslint.config.project import Project
from newslint.files.discovery import discover
from newslint.generators.site import Role
from newslint.generators.site.parsing import front_matter
from newslint.runner.pipeline import lint_files

from . import eleventy, hexo, hugo, jekyll
from .build import generators_folder

NAMES = sorted(path.name for path in SITES.iterdir())
PLUGINS = {"jekyll-collections": "docs/lib"}
"""The folders of plug-ins that are not the usual one."""
NEWER = {"hugo-docs"}
"""Sites that an old Hugo does not build."""
LOST = frozenset({"ARC004", "ARC006"})
LEFT_OUT = frozenset({"FM013", "FM024"})


def modules_of(target: str) -> Path | None:
    if target == "hexo":
        return hexo.home(8) / "node_modules"
    return generators_folder() / eleventy.NAME / "node_modules" if target == "eleventy" else None


def build(name: str, root: Path) -> dict[str, object]:
    """Where each source file of a site was written; the test is skipped where it cannot be built."""
    target = name.partition("-")[0]
    if target == "hexo":
        code, log, written = hexo.build_site(root)
    elif target == "jekyll":
        code, log, written = jekyll.build_site(root, PLUGINS.get(name, "_plugins"))
        if "Dependency Error" in log:
            pytest.skip(log)
    elif target == "hugo":
        code, log, written = hugo.build_site(root, shutil.which("hugo") or "hugo")
    else:
        flags = ("--input=content", "--output=dist") if name == "eleventy-packages" else ()
        code, log, written = eleventy.build_site(root, *flags)
    assert code == 0, log
    return dict(written)


def judged(root: Path) -> tuple[dict[str, Role], dict[str, list]]:
    """The roles of the files that a run over the site looks at, and what it says of each."""
    project = Project(root)
    site = project.site(root)
    assert site is not None
    files = list(discover([root], project))
    below = {found.shown: Path(found.place).relative_to(root).as_posix() for found in files}
    said = {
        below[report.path]: [one.finding for one in report.diagnostics]
        for report in lint_files(discover([root], project), project)
        if report.path in below
    }
    roles = {}
    for path in below.values():
        data = front_matter((root / path).read_text("utf-8", "replace"), site.target.name)
        given = site.defaults(path)
        is_hidden = bool(given) and site.output(path, {**given, **data}) is None
        # What the site itself hides (``cascade``, ``defaults``) is as it is meant.
        roles[path] = Role.DRAFT if is_hidden else site.role(path).role
    return roles, said


@pytest.fixture(scope="module", params=NAMES)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    """A site, what newslint says of it, and what its generator wrote."""
    name = request.param
    target = name.partition("-")[0]
    module = {"hexo": hexo, "jekyll": jekyll, "hugo": hugo, "eleventy": eleventy}[target]
    if reason := module.available(8) if target == "hexo" else module.available():
        pytest.skip(reason)
    if name in NEWER:
        pytest.skip(f"{name} needs a newer Hugo")
    root = lay(name, tmp_path_factory.mktemp("site"), modules_of(target))
    roles, said = judged(root)
    fixed = tmp_path_factory.mktemp("fixed") / name
    shutil.copytree(root, fixed, symlinks=True)
    project = Project(fixed)
    changed = set()
    for path in roles:
        raw = (fixed / path).read_bytes()
        text = fix_text(raw, fixed / path, project).text
        if text.encode() != raw:
            (fixed / path).write_bytes(text.encode())
            changed.add(path)
    return SimpleNamespace(
        name=name, root=root, roles=roles, said=said, fixed=fixed, changed=changed,
        written=build(name, root),
    )  # fmt: skip


def codes(site, path: str, *severities: Severity) -> set[str]:
    return {one.code for one in site.said.get(path, ()) if one.severity in severities}


def test_a_file_that_is_said_to_be_lost_is_not_built_and_every_other_post_is(site) -> None:
    lost = {
        path
        for path in site.roles
        for one in site.said.get(path, ())
        if one.code in LOST and one.severity is Severity.ERROR and one.impact is not Impact.CONTENT
    }
    assert [path for path in lost if path in site.written] == []
    for path, role in site.roles.items():
        hidden = codes(site, path, Severity.INFO, Severity.WARNING) & LEFT_OUT
        if role is Role.POST and path not in lost and not hidden:
            assert path in site.written, (path, site.said.get(path))


def test_a_site_that_is_built_has_no_error_that_stops_the_build(site) -> None:
    told = {
        (path, one.code, one.message)
        for path, findings in site.said.items()
        for one in findings
        if one.impact is Impact.BUILD and one.severity is Severity.ERROR
    }
    assert told == set()


def test_two_posts_collide_where_it_is_said_and_nowhere_else(site) -> None:
    places: dict[str, list[str]] = {}
    for path, where in site.written.items():
        if site.roles.get(path) is Role.POST:
            for one in [where] if isinstance(where, str) else where:
                places.setdefault(one, []).append(path)
    colliding = {max(paths) for paths in places.values() if len(paths) > 1}
    said = {path for path in site.roles if "ARC005" in codes(site, path, Severity.ERROR)}
    assert said == colliding


def test_no_page_is_worse_after_the_safe_fixes(site) -> None:
    if not site.changed:
        return
    again = build(site.name, site.fixed)
    assert again == site.written
    for path, where in site.written.items():
        for one in [where] if isinstance(where, str) else where:
            before, after = page(site.root, one), page(site.fixed, one)
            assert (before is None) is (after is None), (path, one)
            if before is not None and after is not None:
                assert shown(before) == shown(after), (path, one)


def page(root: Path, where: str) -> bytes | None:
    """A page of the built site; None for what is no page."""
    folders = ("", "public/", "_site/", "out/", "dist/", "htdocs/")
    found = (root / f"{folder}{where}" for folder in folders)
    file = next((one for one in found if one.is_file() and one.suffix == ".html"), None)
    return None if file is None else file.read_bytes()


def shown(page: bytes) -> tuple[str, list[str]]:
    """The text of a page and the addresses of its images."""
    if not page.strip():
        return "", []
    tree = html.fromstring(page)
    return " ".join(tree.text_content().split()), [str(one) for one in tree.xpath("//img/@src")]
