"""What addresses answer: asked of servers on the loopback address that behave badly."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from random import Random

import pytest
import sites
import trustme
from sites import JPEG, PAGE, PNG, Asked, Page, Site

from newslint import Answer, Request
from newslint.config.online import Online
from newslint.online import fetch, scheduler, transport
from newslint.online.cache import AnswerCache
from newslint.online.client import Network

REFERER = "https://example.org/"
LOOPBACK = Online(allow=("127.0.0.0/8",), timeout=5, retries=0)


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "BACKOFF", 0.02)


@pytest.fixture
def site() -> Iterator[Site]:
    with sites.running() as running:
        yield running


def ask(*requests: Request, options: Online = LOOPBACK) -> list[Answer | None]:
    network = Network()
    network.send(requests, options)
    return [network.answer(request) for request in requests]


def link(url: str, **options: object) -> Answer:
    (answer,) = ask(Request(url), options=LOOPBACK._replace(**options))
    assert answer is not None
    return answer


def picture(url: str, referer: str = "") -> Answer:
    request = Request(url, True, referer)
    *_, answer = ask(request._replace(referer=""), request)
    assert answer is not None
    return answer


def test_a_page_that_is_there_is_asked_by_head_alone(site: Site) -> None:
    site.routes["/"] = Page()
    assert link(f"{site.url}/#part").state == "alive"
    assert [one.method for one in site.asked] == ["HEAD"]


@pytest.mark.parametrize("status", [404, 410, 400, 501])
def test_what_answers_no_by_head_and_by_get_is_dead(site: Site, status: int) -> None:
    site.routes["/"] = Page(status)
    answer = link(site.url + "/")
    assert (answer.state, answer.status) == ("dead", status)
    assert str(status) in answer.words
    assert [one.method for one in site.asked] == ["HEAD", "GET"]


@pytest.mark.parametrize("lie", [405, 403, 404, 501, 500])
def test_a_server_that_lies_to_head_is_asked_by_get(site: Site, lie: int) -> None:
    site.routes["/"] = lambda asked: Page(lie if asked.method == "HEAD" else 200)
    assert link(site.url + "/").state == "alive"


def test_a_server_that_breaks_off_at_head_is_asked_by_get(site: Site) -> None:
    site.routes["/"] = lambda asked: Page(body=None if asked.method == "HEAD" else b"ok")
    assert link(site.url + "/").state == "alive"


def test_a_host_without_head_is_not_asked_by_it_again(site: Site) -> None:
    for number in range(6):
        site.routes[f"/{number}"] = lambda asked: Page(405 if asked.method == "HEAD" else 200)
    answers = ask(
        *(Request(f"{site.url}/{number}") for number in range(6)),
        options=LOOPBACK._replace(per_host=1),
    )
    assert all(answer and answer.state == "alive" for answer in answers)
    assert len(site.paths("HEAD")) == 1


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503, 999])
def test_what_may_be_otherwise_for_readers_is_unsure_and_not_dead(site: Site, status: int) -> None:
    site.routes["/"] = Page(status)
    assert link(site.url + "/").state == "unsure"


def test_a_slow_server_is_unsure_after_the_time_limit(site: Site) -> None:
    site.routes["/"] = lambda asked: time.sleep(3) or Page()
    answer = link(site.url + "/", timeout=0.3)
    assert (answer.state, answer.words) == ("unsure", "does not respond in time")


def test_a_body_that_never_ends_is_not_waited_for() -> None:
    with endless(b"\x89PNG\r\n\x1a\n" + b"\0" * 1000, pause=0.0) as url:
        assert picture(url).kind == "image/png"
    with endless(b"x", pause=0.05) as url:
        (answer,) = ask(Request(url, True), options=LOOPBACK._replace(timeout=0.4))
        assert answer is not None and answer.state == "unsure"


def test_a_flaky_server_is_asked_again(site: Site) -> None:
    tries = []

    def flaky(asked: Asked) -> Page:
        tries.append(asked)
        return Page(503) if len(tries) < 3 else Page()

    site.routes["/"] = flaky
    assert link(site.url + "/", retries=3).state == "alive"
    tries.clear()
    assert link(site.url + "/", retries=0).state == "unsure"


def test_retry_after_is_waited_for_by_all_requests_to_the_host(site: Site) -> None:
    times: list[float] = []

    def limited(asked: Asked) -> Page:
        times.append(time.monotonic())
        return Page(429, headers={"Retry-After": "1"}) if len(times) == 1 else Page()

    for number in range(4):
        site.routes[f"/{number}"] = limited
    requests = [Request(f"{site.url}/{number}") for number in range(4)]
    answers = ask(*requests, options=LOOPBACK._replace(per_host=1, retries=1))
    assert all(answer and answer.state == "alive" for answer in answers)
    assert times[1] - times[0] >= 0.95


def test_retry_after_may_be_a_date(site: Site) -> None:
    times: list[float] = []

    def limited(asked: Asked) -> Page:
        times.append(time.monotonic())
        until = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
        return Page(503, headers={"Retry-After": until}) if len(times) == 1 else Page()

    site.routes["/"] = limited
    assert link(site.url + "/", retries=1).state == "alive"
    assert times[1] - times[0] >= 0.9


@pytest.mark.parametrize(
    "bid",
    [
        "Fri, 31 Dec 10000000000 23:59:59 GMT", "Fri, 31 Dec 1999 99999999999999999999:0:0 GMT",
        "31 Dec 9999 23:59:59 -9999", "1 Jan 0001 00:00:00 +2359", "9" * 5_000, "-1", "1e9", "inf",
        "\u0664", ", 1 2 3", "Mon, ", ":::", "0" * 400, "Fri, 31 Dec 2021 23:59:60 GMT",
    ],
)  # fmt: skip
def test_no_retry_after_ends_a_run(site: Site, bid: str) -> None:
    site.routes["/busy"] = Page(503, headers={"Retry-After": bid.encode().decode("latin-1")})
    site.routes["/ok"] = Page()
    busy, ok = ask(
        Request(f"{site.url}/busy"),
        Request(f"{site.url.replace('127.0.0.1', '127.0.0.2')}/ok"),
        options=LOOPBACK._replace(retries=1, longest_wait=0.1),
    )
    assert busy is not None
    assert (busy.state, busy.status) == ("unsure", 503)
    assert ok is not None


@pytest.mark.parametrize(
    "url",
    [
        "http://8.8.8.8:99999/", "http://8.8.8.8:65536/", "http://[::1]:99999999999999999999/",
        "http://[::1/", "http://a]b/", "http://\u2100.com/", "http://xn--/", "http://[v1.a]/",
        "http://\0/", "http://a\ud800b/", "http://[fe80::1%25eth0]/", "http://a.b:c:d/",
        "http://" + "a" * 70 + ".invalid/", "http://" + "a." * 5_000 + "invalid/", "http://[]/",
    ],
)  # fmt: skip
def test_what_is_no_address_is_dead_and_the_others_are_asked(site: Site, url: str) -> None:
    site.routes["/ok"] = Page()
    wrong, ok = ask(Request(url), Request(f"{site.url}/ok"))
    assert ok is not None
    assert ok.state == "alive"
    assert wrong is not None
    assert wrong.state in ("dead", "unsure", "barred")
    site.routes["/moved"] = Page(
        301,
        headers={"Location": url.encode("utf-8", "replace").decode("latin-1").replace("\0", "")},
    )
    assert link(f"{site.url}/moved").state in ("dead", "unsure", "barred")


def test_what_nobody_foresaw_is_one_unsure_address(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.routes["/ok"] = site.routes["/odd"] = Page()
    follow = fetch.Visitor._follow

    async def odd(self: fetch.Visitor, method: str, request: Request, hosts: list[str]) -> object:
        if request.url.endswith("/odd"):
            raise RuntimeError("never seen")
        return await follow(self, method, request, hosts)

    monkeypatch.setattr(fetch.Visitor, "_follow", odd)
    strange, ok = ask(Request(f"{site.url}/odd"), Request(f"{site.url}/ok"))
    assert strange is not None
    assert strange.state == "unsure"
    assert strange.words == "cannot be requested: RuntimeError: never seen"
    assert ok is not None
    assert ok.state == "alive"


def test_a_server_that_bids_us_wait_too_long_is_left_alone(site: Site) -> None:
    for number in range(9):
        site.routes[f"/{number}"] = Page(429, headers={"Retry-After": "3600"})
    requests = [Request(f"{site.url}/{number}") for number in range(9)]
    answers = ask(*requests, options=LOOPBACK._replace(per_host=1, retries=5))
    assert all(answer and answer.state == "unsure" for answer in answers)
    assert len(site.asked) == 1


def test_a_host_that_fails_again_and_again_is_given_up(site: Site) -> None:
    for number in range(30):
        site.routes[f"/{number}"] = Page(503)
    requests = [Request(f"{site.url}/{number}") for number in range(30)]
    answers = ask(*requests, options=LOOPBACK._replace(per_host=1))
    assert all(answer and answer.state == "unsure" for answer in answers)
    assert len(site.asked) == scheduler.STRIKES


def test_a_host_that_refuses_connections_is_dead_and_tried_but_for_one_address() -> None:
    with sites.running() as gone:
        url = gone.url
    answers = ask(*(Request(f"{url}/{number}") for number in range(5)))
    assert {answer and answer.state for answer in answers} == {"dead"}
    assert {answer and answer.words for answer in answers} == {
        "refuses the connection; no server is running there"
    }


def test_redirects_are_followed_and_those_for_good_noted(site: Site) -> None:
    site.routes |= {
        "/a": Page(301, headers={"Location": "/b"}),
        "/b": Page(308, headers={"Location": f"{site.url}/c?x=1&y=2"}),
        "/c?x=1&y=2": Page(),
        "/now": Page(302, headers={"Location": "/a"}),
        "/half": Page(301, headers={"Location": "/now"}),
    }
    assert link(f"{site.url}/a#part").moved == f"{site.url}/c?x=1&y=2#part"
    assert (link(f"{site.url}/now").state, link(f"{site.url}/now").moved) == ("alive", "")
    assert link(f"{site.url}/half").moved == f"{site.url}/now"


def test_a_ring_of_redirects_is_dead_and_found_soon(site: Site) -> None:
    site.routes |= {
        "/a": Page(301, headers={"Location": "/b"}),
        "/b": Page(302, headers={"Location": "/a"}),
    }
    answer = link(f"{site.url}/a")
    assert (answer.state, answer.words) == ("dead", "has a redirect loop")
    assert len(site.asked) == 4  # By HEAD and by GET.


def test_a_ring_that_a_cookie_would_end_is_unsure_and_no_cookie_is_sent(site: Site) -> None:
    site.routes["/"] = Page(302, headers={"Location": "/", "Set-Cookie": "seen=1"})
    assert link(site.url + "/").state == "unsure"
    assert not [one for one in site.asked if "cookie" in one.headers]


def test_too_many_redirects_are_dead(site: Site) -> None:
    for number in range(20):
        site.routes[f"/{number}"] = Page(302, headers={"Location": f"/{number + 1}"})
    answer = link(f"{site.url}/0", redirects=5)
    assert (answer.state, answer.words) == ("dead", "redirects more than 5 times")


@pytest.mark.parametrize("target", ["ftp://a.cn/", "file:///etc/passwd", "javascript:alert(1)"])
def test_a_redirect_out_of_the_web_is_dead_and_not_followed(site: Site, target: str) -> None:
    site.routes["/"] = Page(302, headers={"Location": target})
    assert link(site.url + "/").state == "dead"


def test_a_redirect_to_no_address_is_dead_and_breaks_nothing(site: Site) -> None:
    site.routes["/"] = Page(302, headers={"Location": "https://[a:b:c"})
    assert link(site.url + "/").state == "dead"


def test_a_password_in_an_address_is_never_sent(site: Site) -> None:
    site.routes["/"] = Page()
    assert link(site.url.replace("//", "//me:secret@") + "/").state == "alive"
    assert "authorization" not in site.asked[0].headers
    assert "secret" not in site.asked[0].headers["host"]


def test_newslint_says_who_asks_and_nothing_else(site: Site) -> None:
    site.routes["/"] = Page()
    link(site.url + "/")
    link(site.url + "/", user_agent="me/1")
    first, second = (one.headers for one in site.asked)
    assert first["user-agent"].startswith("newslint/")
    assert second["user-agent"] == "me/1"
    assert set(first) == {"host", "user-agent", "accept", "accept-encoding"}


def test_a_host_is_not_asked_more_at_once_than_allowed(site: Site) -> None:
    for number in range(24):
        site.routes[f"/{number}"] = lambda asked: time.sleep(0.02) or Page()
    requests = [Request(f"{site.url}/{number}") for number in range(24)]
    ask(*requests, options=LOOPBACK._replace(per_host=3))
    assert 1 < site.most_at_once <= 3


def test_redirects_from_elsewhere_keep_to_the_limit_of_a_host(site: Site) -> None:
    with sites.running() as other:
        for number in range(12):
            target = f"{site.url}/{number}"
            other.routes[f"/{number}"] = Page(302, headers={"Location": target})
            site.routes[f"/{number}"] = lambda asked: time.sleep(0.02) or Page()
        requests = [Request(f"{one.url}/{n}") for n in range(12) for one in (site, other)]
        ask(*requests, options=LOOPBACK._replace(per_host=2))
    assert site.most_at_once <= 2


def test_connections_are_not_more_than_allowed_all_told() -> None:
    running = [sites.running() for _ in range(4)]
    all_sites = [one.__enter__() for one in running]
    lock, counts = threading.Lock(), [0, 0]

    def slow(asked: Asked) -> Page:
        with lock:
            counts[0] += 1
            counts[1] = max(counts)
        time.sleep(0.05)
        with lock:
            counts[0] -= 1
        return Page()

    for one in all_sites:
        one.routes |= {f"/{number}": slow for number in range(6)}
    requests = [Request(f"{one.url}/{number}") for one in all_sites for number in range(6)]
    ask(*requests, options=LOOPBACK._replace(connections=2))
    for one in running:
        one.__exit__(None, None, None)
    assert counts[1] == 2


def test_the_same_address_is_asked_but_once(site: Site) -> None:
    site.routes["/"] = Page()
    network = Network()
    network.send([Request(site.url + "/")] * 5, LOOPBACK)
    network.send([Request(site.url + "/")], LOOPBACK)
    assert len(site.asked) == 1


def test_a_budget_of_time_is_kept_and_the_rest_is_not_asked(site: Site) -> None:
    for number in range(60):
        site.routes[f"/{number}"] = lambda asked: time.sleep(0.1) or Page()
    requests = [Request(f"{site.url}/{number}") for number in range(60)]
    network = Network()
    network.send(requests, LOOPBACK._replace(seconds=0.7, per_host=1))
    assert 0 < network.requested < 60
    assert network.skipped == 60 - network.requested
    assert network.answer(requests[-1]) is None


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (Page(body=PNG, kind="image/png"), "image/png"),
        (Page(body=PNG, kind="text/html"), "image/png"),
        (Page(body=JPEG, kind="application/octet-stream"), "image/jpeg"),
        (Page(body=b"<svg xmlns='http://www.w3.org/2000/svg'/>", kind="image/svg+xml"),
         "image/svg+xml"),
    ],
)  # fmt: skip
def test_a_picture_is_told_by_its_bytes_whatever_the_server_says(
    site: Site, page: Page, kind: str
) -> None:
    site.routes["/1"] = page
    answer = picture(f"{site.url}/1")
    assert (answer.state, answer.kind) == ("alive", kind)
    assert answer.size == len(page.body or b"")


@pytest.mark.parametrize(
    "page",
    [
        Page(body=PAGE, kind="image/jpeg"),
        Page(body=PAGE, kind="text/html"),
        Page(body=PAGE, kind="image/svg+xml"),
        Page(body=b'{"error": 1}', kind="image/png"),
        Page(body=b"", kind="image/png"),
        Page(404, PNG, "image/png"),
        Page(403, PNG, "image/png"),
    ],
)
def test_what_is_no_picture_is_dead_whatever_the_server_says(site: Site, page: Page) -> None:
    site.routes["/1"] = page
    assert picture(f"{site.url}/1").state == "dead"


def test_a_server_that_packs_a_picture_unasked_is_understood(site: Site) -> None:
    import gzip

    site.routes["/1"] = Page(
        body=gzip.compress(PNG), kind="image/png", headers={"Content-Encoding": "gzip"}
    )
    assert picture(f"{site.url}/1").kind == "image/png"


def by_referer(with_referer: Page, without: Page) -> sites.Route:
    return lambda asked: with_referer if "referer" in asked.headers else without


def test_a_host_that_refuses_a_referer_is_dead_with_it_and_alive_without(site: Site) -> None:
    site.routes["/1"] = by_referer(Page(403), Page(body=PNG))
    assert picture(f"{site.url}/1").state == "alive"
    assert picture(f"{site.url}/1", REFERER).state == "dead"
    assert REFERER in [one.headers.get("referer") for one in site.asked]


@pytest.mark.parametrize("placeholder", [JPEG, PNG + b"\0", PNG[:-1] + b"\1"])
def test_another_picture_with_a_referer_is_noticed(site: Site, placeholder: bytes) -> None:
    site.routes["/1"] = by_referer(Page(body=placeholder), Page(body=PNG))
    assert picture(f"{site.url}/1", REFERER).differs


def test_a_picture_that_always_changes_is_no_placeholder(site: Site) -> None:
    site.routes["/1"] = lambda asked: Page(body=PNG + b"\0" * len(site.asked))
    answer = picture(f"{site.url}/1", REFERER)
    assert (answer.state, answer.differs) == ("alive", False)


def test_the_same_picture_with_a_referer_costs_two_requests(site: Site) -> None:
    site.routes["/1"] = Page(body=PNG)
    assert not picture(f"{site.url}/1", REFERER).differs
    assert len(site.asked) == 2


BARRED = [
    "http://127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://127.1:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://0.0.0.0:{port}/",
    "http://127.0.0.1.:{port}/",
]


@pytest.mark.parametrize("url", BARRED)
def test_an_address_that_is_not_public_is_not_asked_in_any_form(site: Site, url: str) -> None:
    site.routes["/"] = Page()
    answer = link(url.format(port=site.port), allow=())
    assert answer.state in ("barred", "dead")
    assert not site.asked


def test_a_redirect_to_an_address_that_is_not_public_is_not_followed(site: Site) -> None:
    with sites.running(address="127.0.0.2") as inner:
        inner.routes["/"] = Page()
        target = f"http://127.0.0.2:{inner.port}/"
        site.routes["/"] = Page(301, headers={"Location": target})
        answer = link(site.url + "/", allow=("127.0.0.1",))
        assert (answer.state, "127.0.0.2" in answer.words) == ("barred", True)
        assert not inner.asked
        assert link(site.url + "/", allow=("127.0.0.0/8",)).state == "alive"


def test_a_name_is_judged_by_the_address_that_is_connected_to(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A name server that says what may be asked first, and another address the next time.
    site.routes["/"] = Page()
    told = iter([["127.0.0.2"], ["127.0.0.1"], ["127.0.0.1"]])

    async def rebinding(host: str, port: int) -> list[str]:
        return next(told)

    monkeypatch.setattr(transport, "_addresses", rebinding)
    answer = link(f"http://rebinding.test:{site.port}/", allow=("127.0.0.2",))
    assert answer.words == "refuses the connection; no server is running there"
    assert not site.asked


def test_a_name_that_is_allowed_may_lead_inside(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def inside(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    monkeypatch.setattr(transport, "_addresses", inside)
    site.routes["/"] = Page()
    url = f"http://www.intranet.test:{site.port}/"
    assert link(url, allow=("intranet.test",)).state == "alive"
    assert link(url, allow=("net.test",)).state == "barred"
    assert link(url, allow=()).state == "barred"


def test_a_port_that_no_browser_connects_to_is_dead_and_not_connected_to() -> None:
    answer = link("http://127.0.0.1:25/")
    assert (answer.state, "port 25" in answer.words) == ("dead", True)


def test_proxies_of_the_environment_are_not_used(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sites.running() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("ALL_PROXY", proxy.url)
        site.routes["/"] = Page()
        assert link(site.url + "/").state == "alive"
        assert not proxy.asked


@pytest.fixture
def authority(tmp_path: Path) -> trustme.CA:
    made = trustme.CA()
    made.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return made


def tls(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def test_a_good_certificate_is_checked_against_the_name_and_not_the_address(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))

    async def here(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    monkeypatch.setattr(transport, "_addresses", here)
    with sites.running(tls(authority.issue_cert("good.test"))) as site:
        site.routes["/"] = Page()
        assert link(f"https://good.test:{site.port}/").state == "alive"
        answer = link(f"https://other.test:{site.port}/")
        assert (answer.state, "certificate" in answer.words) == ("dead", True)


def test_certificates_that_are_unknown_or_too_old_are_dead(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sites.running(tls(authority.issue_cert("127.0.0.1"))) as site:
        site.routes["/"] = Page()
        answer = link(site.url + "/")
        assert (answer.state, "invalid certificate" in answer.words) == ("dead", True)
        assert not site.asked
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    past = datetime.now(UTC) - timedelta(days=1)
    with sites.running(tls(authority.issue_cert("127.0.0.1", not_after=past))) as site:
        assert "expired" in link(site.url + "/").words


def test_a_server_that_speaks_no_tls_is_not_dead(site: Site) -> None:
    assert link(f"https://127.0.0.1:{site.port}/").state == "unsure"


def test_no_network_at_all_is_said_once_and_not_of_each_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[str] = []

    async def nobody(host: str, port: int) -> list[str]:
        tried.append(host)
        raise transport.UnknownHostError(host, passing=True)

    monkeypatch.setattr(transport, "_addresses", nobody)
    requests = [Request(f"https://{number}.test/") for number in range(500)]
    network = Network()
    network.send(requests, LOOPBACK)
    assert "no network" in network.trouble
    assert network.answer(requests[0]) is None
    assert len(tried) < 100


def test_one_host_that_does_not_exist_is_no_want_of_network(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def addresses(host: str, port: int) -> list[str]:
        if host.endswith(".gone"):
            raise transport.UnknownHostError(host, passing=False)
        return ["127.0.0.1"]

    monkeypatch.setattr(transport, "_addresses", addresses)
    site.routes["/"] = Page()
    requests = [Request(f"https://{number}.gone/") for number in range(5)]
    network = Network()
    network.send([Request(site.url + "/"), *requests], LOOPBACK)
    assert not network.trouble
    assert {network.answer(one).state for one in requests} == {"dead"}  # type: ignore[union-attr]


def test_answers_are_known_for_a_while_and_only_those_that_last(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.routes |= {"/": Page(), "/busy": Page(503)}
    requests = [Request(f"{site.url}/{path}") for path in ("", "gone", "busy")]
    file = tmp_path / "network.sqlite"

    def again(**options: object) -> Network:
        site.asked.clear()
        network = Network(AnswerCache(file))
        network.send(requests, LOOPBACK._replace(**options))
        network.close()
        return network

    first = again()
    second = again()
    assert set(site.paths()) == {"/busy"}
    assert (second.cached, second.requested) == (2, 1)
    assert [second.answer(one) for one in requests] == [first.answer(one) for one in requests]
    again(max_age=0)
    assert set(site.paths()) == {"/", "/gone", "/busy"}
    # What was let through once is not known to a run that may not ask.
    again(allow=())
    assert not site.asked
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 7_200)
    again()
    assert set(site.paths()) == {"/gone", "/busy"}
    monkeypatch.setattr(time, "time", lambda: now + 100_000)
    again()
    assert set(site.paths()) == {"/", "/gone", "/busy"}


@pytest.mark.parametrize("content", [b"no database", b""])
def test_a_cache_that_cannot_be_read_is_made_anew(
    site: Site, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "network.sqlite"
    file.write_bytes(content)
    site.routes["/"] = Page()
    for expected in (0, 1):
        network = Network(AnswerCache(file))
        network.send([Request(site.url + "/")], LOOPBACK)
        network.close()
        assert network.cached == expected


def test_whatever_bytes_of_the_answers_are_damaged_nothing_wrong_is_believed(
    tmp_path: Path,
) -> None:
    file = tmp_path / "network.sqlite"
    answers = {
        Request(f"https://a.cn/{number}"): Answer(moved=f"https://b.cn/{number}")
        for number in range(40)
    }
    memory = AnswerCache(file)
    memory.store(answers, LOOPBACK)
    memory.close()
    whole = file.read_bytes()
    for seed in range(200):
        random = Random(seed)
        data = bytearray(whole)
        for _ in range(random.choice((1, 5, 50))):
            data[random.randrange(len(data))] = random.randrange(256)
        file.write_bytes(data)
        memory = AnswerCache(file)
        assert memory.look_up(answers, LOOPBACK).items() <= answers.items(), seed
        memory.close()
        memory = AnswerCache(file)
        memory.store(answers, LOOPBACK)
        memory.close()
        memory = AnswerCache(file)
        assert memory.look_up(answers, LOOPBACK).items() <= answers.items(), seed
        memory.close()


def test_a_cache_that_cannot_be_written_is_done_without(site: Site, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    site.routes["/"] = Page()
    network = Network(AnswerCache(tmp_path / "file" / "network.sqlite"))
    network.send([Request(site.url + "/")], LOOPBACK)
    network.close()
    assert network.requested == 1


class endless:
    """A server whose body never ends."""

    def __init__(self, piece: bytes, pause: float) -> None:
        self.piece, self.pause = piece, pause

    def __enter__(self) -> str:
        import socket

        self.server = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self.serve, daemon=True).start()
        return f"http://127.0.0.1:{self.server.getsockname()[1]}/"

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self.pour, args=(connection,), daemon=True).start()

    def pour(self, connection: object) -> None:
        with connection:  # type: ignore[attr-defined]
            connection.recv(65536)  # type: ignore[attr-defined]
            try:
                connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")  # type: ignore[attr-defined]
                while True:
                    connection.sendall(self.piece)  # type: ignore[attr-defined]
                    time.sleep(self.pause)
            except OSError:
                return

    def __exit__(self, *args: object) -> None:
        self.server.close()
