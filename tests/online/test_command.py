"""``newslint --online`` as a user runs it, against servers on the loopback address."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sites
from conftest import Command
from sites import PNG, Page, Site

Write = Callable[..., Path]

POST = """\
---
title: A title
headimg: '{url}/head.png'
---
<p><a href="{url}/gone?a=1&amp;b=2">one</a> <a href="{url}/ok">two</a></p>
<p><img src="{url}/gone.png" alt=""> <img src="{url}/1.png" alt="" srcset="{url}/2.png 2x"></p>
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with sites.running() as running:
        running.routes |= {"/ok": Page(), "/head.png": Page(body=PNG), "/1.png": Page(body=PNG)}
        running.routes["/2.png"] = Page(body=PNG)
        yield running


@pytest.fixture
def online(newslint: Command, tmp_path: Path) -> Callable[..., list[dict[str, object]]]:
    """Run with ``--online`` and the NET rules alone; the findings of the JSON output."""

    def run(*args: str, code: int | None = None) -> list[dict[str, object]]:
        done = newslint(
            "--online", "--select", "NET", "--output-format", "json", "--no-cache",
            "--config", 'online.allow=["127.0.0.0/8"]', "--config", "online.retries=0",
            "--config", "site-url='https://site.example'", *args,
        )  # fmt: skip
        assert code is None or done.returncode == code, done.stderr
        found: list[dict[str, object]] = json.loads(done.stdout)
        return found

    return run


def brief(found: list[dict[str, object]]) -> list[tuple[object, ...]]:
    return [
        (one["code"], one["severity"], one["start"]["line"], one["start"]["column"])  # type: ignore[index]
        for one in found
    ]


def test_without_online_nothing_is_asked(newslint: Command, write: Write, site: Site) -> None:
    write("a.html", POST.format(url=site.url))
    newslint()
    assert not site.asked


def test_findings_stand_at_tags_and_at_keys(online: Command, write: Write, site: Site) -> None:
    del site.routes["/head.png"], site.routes["/2.png"]
    write("a.html", POST.format(url=site.url))
    assert brief(online(code=1)) == [
        ("NET002", "error", 3, 1),
        ("NET001", "error", 5, 4),
        ("NET002", "error", 6, 4),
        ("NET002", "error", 6, POST.splitlines()[5].format(url=site.url).rindex("<img") + 1),
    ]


def test_what_may_pass_is_a_warning_and_fails_nothing(
    online: Command, write: Write, site: Site
) -> None:
    site.routes["/busy"] = Page(503)
    write("a.html", f'<p><a href="{site.url}/busy">a</a></p>')
    assert brief(online(code=0)) == [("NET001", "warning", 1, 4)]
    assert not online("--config", "rules.NET001.unsure=false", code=0)


def test_a_status_may_be_accepted(online: Command, write: Write, site: Site) -> None:
    site.routes["/members"] = Page(403)
    write("a.html", f'<p><a href="{site.url}/members">a</a></p>')
    assert online()
    assert not online("--config", "rules.NET001.accept=[403]")


def test_hot_links_that_are_refused_are_found_but_where_no_referer_is_sent(
    online: Command, write: Write, site: Site
) -> None:
    refused = Page(403)
    site.routes["/1.png"] = lambda a: refused if "referer" in a.headers else Page(body=PNG)
    site.routes["/2.png"] = lambda a: Page(body=PNG + b"\0" * ("referer" in a.headers))
    own = "/own.png"
    site.routes[own] = lambda a: Page(body=PNG) if "referer" in a.headers else refused
    write(
        "a.html",
        f"---\nheadimg: {site.url}/1.png\n---\n"
        f'<img src="{site.url}/1.png" alt="">\n'
        f'<img src="{site.url}/1.png" alt="" referrerpolicy="no-referrer">\n'
        f'<img src="{site.url}/2.png" alt="">\n'
        f'<img src="{site.url}{own}" alt="">\n'
        f'<img src="{site.url}{own}" alt="" referrerpolicy="no-referrer">\n',
    )
    assert brief(online(code=1)) == [
        ("NET003", "error", 2, 1),
        ("NET003", "error", 4, 1),
        ("NET003", "error", 6, 1),
        ("NET002", "error", 8, 1),
    ]
    referers = {one.headers["referer"] for one in site.asked if "referer" in one.headers}
    assert referers == {"https://site.example/"}


def test_without_the_sites_address_it_is_said_that_net003_looks_at_nothing(
    newslint: Command, write: Write, site: Site
) -> None:
    write("a.html", f'<img src="{site.url}/1.png" alt="">')
    done = newslint("--online", "--select", "NET", "--no-cache")
    assert "NET003 needs the URL of your site; set site-url in the configuration" in done.stderr


MOVED = """\
---
headimg: "{url}/old.png" # the picture
thumbnail: {url}/old.png
---
<p><a href='{url}/old?a=1&amp;b=2#p'>x</a> <a href={url}/old?a=1&amp;b=2>x</a></p>

![x](<{url}/old.png> "title") and [here]({url}/old?a=1&b=2 't'), [there][1] <{url}/old?a=1&b=2>

<picture><source srcset="{url}/old.png 2x, {url}/1.png"><img src=" {url}/old.png " alt=""></picture>

[1]: {url}/old?a=1&b=2
"""


def test_the_fix_writes_the_new_address_and_touches_nothing_else(
    online: Command, newslint: Command, write: Write, site: Site
) -> None:
    site.routes |= {
        "/old.png": Page(301, headers={"Location": "/1.png"}),
        "/old?a=1&b=2": Page(308, headers={"Location": "/new?x=(1)&y='2'{%25}"}),
        "/new?x=(1)&y='2'{%25}": Page(),
        "/new?x=(1)&y=%272%27%7B%25%7D": Page(),
        "/new?x=%281%29&y=%272%27%7B%25%7D": Page(),
        "/new?x=(1)&y='2'%7B%25%7D": Page(),
    }
    file = write("a.md", MOVED.format(url=site.url))
    found = online()
    assert {one["code"] for one in found} == {"NET004"}
    assert all(one["severity"] == "warning" and one["fix"] for one in found)
    assert not [one for one in online("--fix") if one["code"] != "NET004"]
    in_html, in_markdown = "/new?x=(1)&amp;y=%272%27%7B%25%7D", "/new?x=%281%29&y=%272%27%7B%25%7D"
    expected = (
        MOVED.replace("{url}/old.png", "{url}/1.png")
        .replace("{url}/old?a=1&amp;b=2", "{url}" + in_html)
        .replace("{url}/old?a=1&b=2", "{url}" + in_markdown)
    )
    assert file.read_text().replace(site.url, "{url}") == expected
    assert not online(code=0)


def test_a_move_to_the_front_page_has_no_fix(online: Command, write: Write, site: Site) -> None:
    site.routes |= {"/2021/1.html": Page(301, headers={"Location": "/"}), "/": Page()}
    write("a.html", f'<p><a href="{site.url}/2021/1.html">a</a></p>')
    (found,) = online()
    assert (found["code"], found["fix"]) == ("NET004", None)


def test_standard_input_is_looked_at_and_fixed(newslint: Command, write: Write, site: Site) -> None:
    site.routes |= {"/old": Page(301, headers={"Location": "/ok"})}
    options = ("--online", "--select", "NET", "--no-cache")
    options += ("--config", 'online.allow=["127.0.0.0/8"]')
    text = f'<p><a href="{site.url}/old">a</a> <a href="{site.url}/gone">b</a></p>\n'
    done = newslint("-", *options, stdin=text)
    assert [line.split()[2] for line in done.stdout.splitlines()] == ["NET004", "NET001"]
    done = newslint("-", "--fix", *options, stdin=text)
    assert done.stdout == text.replace("/old", "/ok")
    assert "NET001" in done.stderr


def test_suppressions_hide_what_the_network_says_and_are_never_called_unused(
    newslint: Command, write: Write, site: Site
) -> None:
    text = (
        f'<!-- newslint-disable-next-line NET001 -->\n<p><a href="{site.url}/gone">a</a></p>\n'
        f'<!-- newslint-disable-next-line NET001 -->\n<p><a href="{site.url}/ok">a</a></p>\n'
    )
    write("a.html", text)
    options = ("--select", "NET,NL", "--no-cache", "--config", 'online.allow=["127.0.0.1"]')
    done = newslint("--online", *options)
    assert (done.returncode, done.stdout) == (0, "")
    assert newslint("--select", "NL").stdout == ""
    write("b.html", text.replace("disable-next-line NET001", "disable-next-line LNK001"))
    assert "NET001" in newslint("--online", *options).stdout


def test_a_baseline_holds_what_the_network_says(
    newslint: Command, write: Write, site: Site
) -> None:
    write("newslint.toml", 'select = ["NET"]\n[online]\nallow = ["127.0.0.1"]\nretries = 0\n')
    write("a.html", f'<p><a href="{site.url}/gone">a</a></p>')
    assert newslint("--online", "--no-cache").returncode == 1
    assert newslint("baseline", "--online").returncode == 0
    done = newslint("--online", "--no-cache", "--baseline", "newslint-baseline.json")
    assert (done.returncode, done.stdout) == (0, "")
    # A run that asks nothing keeps what the baseline says of the network.
    newslint("baseline")
    assert "NET001" in Path(write("x", "").parent / "newslint-baseline.json").read_text()


def test_many_posts_ask_for_an_address_once_and_are_told_in_order(
    newslint: Command, write: Write, site: Site
) -> None:
    for number in range(330):
        write(f"{number:03}.html", f'<p><a href="{site.url}/gone">a</a></p>')
    options = ("--online", "--select", "NET001", "--config", 'online.allow=["127.0.0.1"]')
    done = newslint(*options, "--jobs", "2", "--no-cache")
    paths = [line.partition(":")[0] for line in done.stdout.splitlines()]
    assert paths == [f"{number:03}.html" for number in range(330)]
    assert len(site.asked) == 2
    assert newslint(*options, "--jobs", "1", "--no-cache").stdout == done.stdout


def test_answers_are_kept_and_clean_forgets_them(
    newslint: Command, write: Write, site: Site, tmp_path: Path
) -> None:
    write("a.html", f'<p><a href="{site.url}/ok">a</a></p>')
    cache = ("--cache-dir", str(tmp_path / "cache"))
    options = ("--online", "--select", "NET001", "--config", 'online.allow=["127.0.0.1"]', *cache)
    assert "URLs requested: 1" in newslint(*options).stderr
    assert "URLs requested: 0; cached: 1" in newslint(*options).stderr
    assert "URLs requested: 1" in newslint(*options, "--no-cache").stderr
    assert "network.sqlite" in newslint("clean", *cache).stderr
    assert "URLs requested: 1" in newslint(*options).stderr
    assert len(site.asked) == 3


def test_no_network_is_one_message_and_exit_code_2(newslint: Command, write: Write) -> None:
    # No name server listens there, and none of these networks is reached.
    hosts = [f"http://[100::{number}]/" for number in range(1, 6)]
    write("a.html", "".join(f'<p><a href="{host}">a</a></p>\n' for host in hosts))
    write("b.html", "<p onclick='x()'>b</p>")
    done = newslint(
        "--online", "--select", "NET,SEC", "--no-cache", "--config", "online.retries=0",
        "--config", 'online.allow=["100::/64"]', "--config", "online.timeout=20",
    )  # fmt: skip
    assert done.returncode == 2
    assert "no network: none of" in done.stderr
    assert "NET" not in done.stdout
    assert "SEC002" in done.stdout


def test_what_does_not_go_with_online_is_said(newslint: Command, write: Write) -> None:
    write("a.html")
    for other in ("--watch", "--timing"):
        done = newslint("--online", other)
        assert (done.returncode, "--online" in done.stderr) == (2, True)
    done = newslint("--select", "NET001")
    assert (done.returncode, "NET001 needs the network; add --online" in done.stderr) == (2, True)


def test_without_httpx_it_is_said_what_to_install(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    write("a.html")
    write("blocked/sitecustomize.py", "import sys\nsys.modules['httpx'] = None\n")
    done = newslint("--online", PYTHONPATH=str(tmp_path / "blocked"))
    assert done.returncode == 2
    assert "pip install 'newslint[online]'" in done.stderr


def test_a_wrong_online_table_is_an_error_with_its_line(newslint: Command, write: Write) -> None:
    write("a.html")
    for line, words in (
        ("conections = 2", "did you mean 'connections'"),
        ("connections = 0", "online.connections"),
        ('allow = ["10.0.0.0/33"]', "neither a network"),
    ):
        write("newslint.toml", f"[online]\n{line}\n")
        done = newslint()
        assert done.returncode == 2
        assert re.search(r"newslint\.toml:2: ", done.stderr), done.stderr
        assert words in done.stderr


def test_the_schema_of_the_configuration_knows_online(newslint: Command) -> None:
    schema = json.loads(newslint("schema", "--config").stdout)
    table = schema["$defs"]["OnlineTable"]["properties"]
    assert {"allow", "per-host", "max-age", "retries"} <= set(table)
    assert "options.NET001" in schema["$defs"]


def test_rules_and_config_tell_of_the_network(newslint: Command) -> None:
    rules = {
        one["code"]: one for one in json.loads(newslint("rules", "--output-format", "json").stdout)
    }
    assert [(c, rules[c]["severity"], rules[c]["fix"]) for c in rules if c.startswith("NET")] == [
        ("NET001", "error", None),
        ("NET002", "error", None),
        ("NET003", "error", None),
        ("NET004", "warning", "safe"),
    ]
    assert "NET001 off  # without --online" in newslint("config", "--explain", ".", "NET001").stdout


def test_nothing_of_the_network_is_imported_without_online(write: Write) -> None:
    import subprocess
    import sys

    file = write("a.html")
    code = (
        "import sys; from newslint.cli.main import run; run(sys.argv[1:]); "
        "print([m for m in sys.modules if m.startswith(('newslint.online', 'httpx', 'httpcore'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "-q", "--isolated", str(file)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"
