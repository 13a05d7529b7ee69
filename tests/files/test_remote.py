"""Posts in a store that fsspec reaches, here one in this process's memory."""

from __future__ import annotations

import errno
import json
import pickle
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
from conftest import CLEAN, NO_REFERRER, Command
from generators.site_trees import SITES, lay

from newslint import check_paths, check_text
from newslint.config.project import Project
from newslint.core.errors import UsageError
from newslint.core.report import FileReport
from newslint.files.discovery import discover, located
from newslint.files.fsspec_store import Remote, opened
from newslint.files.remote import placed
from newslint.reports import Context, reporter
from newslint.reports.summary import RunSummary
from newslint.runner.baseline import Baseline, renewed
from newslint.runner.filters import filter_reports
from newslint.runner.fix import FixMode
from newslint.runner.pipeline import lint_files

Write = Callable[..., Path]
DUPLICATE = CLEAN.replace("A title", "Twice")


@pytest.fixture
def store() -> Iterator[Any]:
    """An empty store in memory."""
    files = fsspec.filesystem("memory")
    files.store.clear()
    files.pseudo_dirs[:] = [""]
    yield files
    files.store.clear()


def put(store: Any, **files: str | bytes) -> None:
    for name, text in files.items():
        path = name.replace("__", "/").replace("_", ".")
        store.pipe_file(f"/{path}", text.encode() if isinstance(text, str) else text)


def found(folder: Path, *urls: str, force_exclude: bool = False) -> list[str]:
    given, project = located(urls, Project(folder))
    return [one.shown for one in discover(given, project, force_exclude=force_exclude)]


def linted(folder: Path, *urls: str, **how: Any) -> list[FileReport]:
    given, project = located(urls, Project(folder))
    return list(lint_files(discover(given, project), project, **how))


def codes(reports: list[FileReport]) -> dict[str, list[str]]:
    return {one.path: [d.finding.code for d in one.diagnostics] for one in reports}


def test_posts_are_found_by_name_below_a_url(store: Any, tmp_path: Path) -> None:
    put(store, posts__b_md=CLEAN, posts__a__c_html=CLEAN, posts__no_txt="", posts__venv__a_md=CLEAN)
    assert found(tmp_path, "memory://posts") == ["memory://posts/a/c.html", "memory://posts/b.md"]
    assert found(tmp_path, "memory://posts/b.md") == ["memory://posts/b.md"]
    assert found(tmp_path, "memory://posts/no.txt", "memory://posts/a/") == [
        "memory://posts/a/c.html",
        "memory://posts/no.txt",
    ]


def test_the_store_ignores_and_the_configuration_here_excludes(store: Any, tmp_path: Path) -> None:
    put(store, posts___gitignore="drafts/\n", posts__drafts__a_md=CLEAN, posts__old__a_md=CLEAN)
    put(store, posts__a_md=CLEAN)
    (tmp_path / "newslint.toml").write_text('exclude = ["old/"]')
    (tmp_path / ".gitignore").write_text("*.md")
    assert found(tmp_path, "memory://posts") == ["memory://posts/a.md"]
    named = [f"memory://posts/{name}/a.md" for name in ("drafts", "old")]
    assert found(tmp_path, *named) == named
    # Their folder in common is no longer posts, so that `old/` is there and `drafts/` unknown.
    assert found(tmp_path, "memory://posts/a.md", *named, force_exclude=True) == [
        "memory://posts/a.md"
    ]


def test_the_configuration_of_the_store_is_not_read(store: Any, tmp_path: Path) -> None:
    put(store, posts__a_md=NO_REFERRER, posts__newslint_toml='ignore = ["IMG001"]')
    assert codes(linted(tmp_path, "memory://posts")) == {"memory://posts/a.md": ["IMG001"]}
    site = tmp_path / "site"
    site.mkdir()
    (site / "newslint.toml").write_text('[[overrides]]\nfiles = ["/a.md"]\nignore = ["IMG001"]')
    assert codes(linted(site, "memory://posts")) == {"memory://posts/a.md": []}


def test_files_here_say_nothing_of_the_posts_of_a_store(store: Any, tmp_path: Path) -> None:
    link = CLEAN.replace("Text", '<a href="here.md">x</a> <a href="there.txt">y</a>')
    put(store, posts__a_md=link, posts__there_txt="")
    (tmp_path / "here.md").write_text(CLEAN)
    (tmp_path / "_config.yml").write_text("title: x")
    assert codes(linted(tmp_path, "memory://posts")) == {"memory://posts/a.md": ["LNK004"]}


def test_posts_of_a_store_without_a_site_have_the_target_of_the_site_here(
    store: Any, tmp_path: Path
) -> None:
    put(store, posts__a_md=CLEAN)
    (tmp_path / "hugo.toml").write_text("")
    given, project = located(["memory://posts"], Project(tmp_path))
    settings = project.settings(discover(given, project)[0].place)
    assert (settings.target.name, settings.site, settings.preset) == ("hugo", None, "news")


SITE_NAMES = sorted(path.name for path in SITES.iterdir())


def upload(store: Any, root: Path, url: str) -> None:
    for file in root.rglob("*"):
        if file.is_file():
            name = file.relative_to(root).as_posix()
            store.pipe_file(f"/{url.partition('://')[2]}/{name}", file.read_bytes())


def facts(reports: list[FileReport], prefix: str) -> dict[str, list[tuple[Any, ...]]]:
    """What is found in each post, by its path below a folder or URL."""
    return {
        one.path.removeprefix(prefix): [
            (
                d.finding.code,
                d.finding.severity,
                d.finding.span,
                d.finding.message.replace(prefix, ""),
            )
            for d in one.diagnostics
        ]
        for one in reports
    }


@pytest.mark.parametrize("name", SITE_NAMES)
def test_a_site_in_a_store_is_judged_as_one_here_and_each_folder_is_listed_once(
    name: str, store: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = lay(name, tmp_path)
    upload(store, root, f"memory://bucket/{name}")
    empty = tmp_path / "elsewhere"
    empty.mkdir()
    given, here = located([str(root)], Project(root))
    expected = facts(list(lint_files(discover(given, here), here)), str(root))
    asked: Counter[str] = Counter()
    ls = type(store).ls

    def counted(self: Any, path: str, *args: Any, **kwargs: Any) -> Any:
        asked[path] += 1
        return ls(self, path, *args, **kwargs)

    monkeypatch.setattr(type(store), "ls", counted)
    given, there = located([f"memory://bucket/{name}"], Project(empty))
    posts = discover(given, there)
    found = facts(list(lint_files(posts, there)), f"memory://bucket/{name}/")
    assert found == expected
    assert max(asked.values()) == 1, asked
    site = there.settings(posts[0].place).site
    assert site is not None and site.root == f"memory://bucket/{name}"
    # What is known of the site travels to other processes.
    sent = pickle.loads(pickle.dumps(there))
    assert facts(list(lint_files(posts, sent)), f"memory://bucket/{name}/") == expected


def test_a_file_of_a_store_that_is_no_post_of_its_site_is_left_out_with_a_word(
    store: Any, tmp_path: Path
) -> None:
    store.pipe_file("/blog/_config.yml", b"title: s\nbaseurl: ''\n")
    store.pipe_file("/blog/_layouts/a.html", b"{{ content }}")
    store.pipe_file("/blog/_posts/2021-12-02-a.md", CLEAN.encode())
    assert found(tmp_path, "memory://blog") == ["memory://blog/_posts/2021-12-02-a.md"]
    urls = ["memory://blog/_layouts/a.html", "memory://blog/_posts"]
    given, project = located(urls, Project(tmp_path))
    posts = discover(given, project)
    assert [one.shown for one in posts] == ["memory://blog/_posts/2021-12-02-a.md"]
    ((shown, reason),) = posts.left_out
    assert shown == urls[0] and "not a post of the Jekyll site" in reason
    everything = located(urls[:1], Project(tmp_path, all_files=True))
    assert [one.shown for one in discover(*everything)] == urls[:1]


def test_archive_findings_are_of_all_urls_of_a_run(store: Any, tmp_path: Path) -> None:
    put(store, posts__2020__a_md=DUPLICATE, posts__2021__b_md=DUPLICATE + " ")
    apart = linted(tmp_path, "memory://posts/2020")
    together = linted(tmp_path, "memory://posts/2020", "memory://posts/2021")
    assert codes(apart) == {"memory://posts/2020/a.md": []}
    assert any("ARC001" in found for found in codes(together).values())


def test_the_library_takes_urls(store: Any, tmp_path: Path) -> None:
    put(store, posts__a_md=NO_REFERRER)
    (report,) = check_paths(["memory://posts"], Project(tmp_path))
    assert [one.finding.code for one in report.diagnostics] == ["IMG001"]


def test_reports_for_ci_name_a_url_as_it_is() -> None:
    report = FileReport("s3://bucket/posts/a b.md")
    assert Context(RunSummary(), prefix="site/").path(report) == "s3://bucket/posts/a b.md"
    assert Context(RunSummary(), prefix="site/").path(FileReport("a.md")) == "site/a.md"
    report = report._replace(diagnostics=check_text(NO_REFERRER))
    log = json.loads("".join(reporter("sarif")([report], Context(RunSummary(), prefix="site/"))))
    (result,) = log["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "s3://bucket/posts/a%20b.md"}


def test_a_file_url_is_a_path(tmp_path: Path) -> None:
    project = Project(tmp_path)
    assert placed([f"file://{tmp_path}/a%20b.md"], project) == ([tmp_path / "a b.md"], project)


def test_a_baseline_holds_for_the_store_and_for_the_same_posts_here(
    store: Any, tmp_path: Path
) -> None:
    put(store, posts__a_md=NO_REFERRER)
    given, there = located(["memory://posts"], Project(tmp_path))
    reports = linted(tmp_path, "memory://posts")
    baseline = Baseline(tmp_path / "baseline.json")
    posts = renewed(baseline, reports, there, given, prune=False)
    assert list(posts) == ["a.md"]
    (tmp_path / "a.md").write_text(NO_REFERRER)
    for project, told in ((there, reports), (Project(tmp_path), linted(tmp_path, str(tmp_path)))):
        (left,) = filter_reports(told, project, [Baseline(tmp_path / "baseline.json", posts)])
        assert not left.diagnostics


def test_fixes_replace_whole_objects(store: Any, tmp_path: Path) -> None:
    put(store, posts__a_md=NO_REFERRER)
    (report,) = linted(tmp_path, "memory://posts", fixing=FixMode())
    assert (report.fixed, report.diagnostics) == (1, ())
    assert b"no-referrer" in store.cat_file("/posts/a.md")


def test_what_changed_meanwhile_is_not_written_over(
    store: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, posts__a_md=NO_REFERRER)
    read = Remote.read

    def changing(self: Remote, *args: Any) -> bytes:
        text = read(self, *args)
        put(store, posts__a_md="another text")
        return text

    monkeypatch.setattr(Remote, "read", changing)
    (report,) = linted(tmp_path, "memory://posts", fixing=FixMode())
    assert report.problem == "was changed during the run; the file was not written"
    assert store.cat_file("/posts/a.md") == b"another text"


def test_stores_that_cannot_replace_an_object_at_once_are_not_written_to(tmp_path: Path) -> None:
    files = fsspec.filesystem("memory")
    opened("memory://posts", tmp_path).check_writable()
    with pytest.raises(UsageError, match="sftp:// may leave a partial post"):
        Remote("sftp://host/posts", tmp_path, files, "/posts").check_writable()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (FileNotFoundError("gone"), "the file no longer exists"),
        (PermissionError(errno.EACCES, "Forbidden"), "the file cannot be read: permission denied"),
        (ValueError("Strange\n thing"), "the file cannot be read: strange thing"),
    ],
)
def test_a_post_that_cannot_be_read_is_a_finding_and_the_others_are_linted(
    store: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    put(store, posts__a_md=CLEAN, posts__b_md=NO_REFERRER)
    cat = type(store).cat_file

    def failing(self: Any, path: str, *args: Any, **more: Any) -> bytes:
        if path.endswith("a.md"):
            raise error
        data: bytes = cat(self, path, *args, **more)
        return data

    monkeypatch.setattr(type(store), "cat_file", failing)
    bad, good = linted(tmp_path, "memory://posts")
    assert bad.unreadable
    assert bad.diagnostics[0].finding.message == words
    assert [one.finding.code for one in good.diagnostics] == ["IMG001"]


def test_a_post_is_read_up_to_the_limit(store: Any, tmp_path: Path) -> None:
    (tmp_path / "newslint.toml").write_text("[limits]\nfile-size = 1_500_000")
    long = CLEAN.replace("Text", "Text " * 290_000)
    put(store, posts__a_md=long, posts__b_md=long + long, posts__c_md=CLEAN)
    found = {one.path: one for one in linted(tmp_path, "memory://posts")}
    assert not found["memory://posts/a.md"].unreadable
    message = found["memory://posts/b.md"].diagnostics[0].finding.message
    assert f"has {len((long + long).encode()):,} bytes, more than the limit of 1,500,000" in message


@pytest.mark.parametrize(
    ("urls", "words"),
    [
        (["memory://nothing"], "no such bucket, folder or file"),
        (["memory://"], "has no bucket"),
        (["strange://x/y"], "[Pp]rotocol not known"),
        (["memory://a/b", "here"], "here is a local path"),
        (["zip://a::memory://b.zip"], "nested URLs"),
        (["sftp://me:secret@host/a"], "sftp://…@host: contains a password"),
        (["memory://a/../b"], "contains . or .."),
        (["memory://one/a.md", "memory://two/b.md"], "have no common folder"),
    ],
)
def test_urls_that_cannot_be_linted_are_errors_in_words(
    store: Any, tmp_path: Path, urls: list[str], words: str
) -> None:
    put(store, one__a_md=CLEAN, two__b_md=CLEAN)
    with pytest.raises(UsageError, match=words) as error:
        found(tmp_path, *urls)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("url", ["s3://b", "s3://b/x", "memory://x", "http://h/a", "x://y/z"])
@pytest.mark.parametrize("command", ["check", "stats", "baseline"])
def test_without_fsspec_words_say_what_to_install(
    newslint: Command, write: Write, tmp_path: Path, url: str, command: str
) -> None:
    write("blocked/sitecustomize.py", "import sys\nsys.modules['fsspec'] = None\n")
    done = newslint(command, url, PYTHONPATH=str(tmp_path / "blocked"))
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{url}: a URL needs fsspec: pip install" in done.stderr


@pytest.mark.parametrize("url", ["file://a.md", "file://host/a.md"])
def test_a_file_of_another_machine_is_not_taken_for_the_root(newslint: Command, url: str) -> None:
    done = newslint(url)
    assert done.returncode == 2
    assert f"{url}: refers to another machine" in done.stderr
