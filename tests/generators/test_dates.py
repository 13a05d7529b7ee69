"""What date each generator shows: measured cases, and the real readers on random dates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import growth
import pytest
from hypothesis import given
from hypothesis import strategies as st
from renderers import hugo

from newslint.generators import dates, yaml
from newslint.generators.dates import DateReading, go, javascript, luxon
from newslint.generators.dates import ruby as ruby_dates
from newslint.generators.dates.moment import Moment
from newslint.generators.effects import Effect

from .headers import dates as random_dates
from .headers import node, ruby

DIES, WRONG = Effect.SITE_DIES, Effect.WRONG
TARGETS = ("hexo", "jekyll", "hugo", "eleventy")


def read(scalar: str, target: str) -> DateReading:
    """Read ``date: SCALAR`` as the target does, from its YAML on. Hugo is 0.111."""
    version = (0, 111) if target == "hugo" else None
    data = yaml.load(f"date: {scalar}\n", target, version)
    assert data is not None
    plain = not scalar.startswith("'")
    return dates.read_date(data["date"], scalar.strip("'"), plain, target, version)


# date, then hexo, jekyll, hugo, eleventy: None where it is read as written. Measured.
OUTCOMES = [
    ("Thu, 02 Dec 2021 14:50:58 GMT", None, None, None, DIES),
    ("2021-10-10 11:06:15", None, None, None, None),
    ("2021-10-10T11:06:15+08:00", None, None, None, None),
    ("not a date", WRONG, DIES, WRONG, DIES),
    ("2021-02-30 10:00:00", WRONG, WRONG, WRONG, WRONG),
    ("'2021-10-10 11:06:15'", None, None, None, DIES),
    ("Thu, 2 Dec 2021 14:50:58 +0800", None, None, WRONG, DIES),
    ("1638456658", WRONG, DIES, None, DIES),
    ("2021-12-02T14:50:58Z", None, None, None, None),
    ("2021-10-10 11:06:15 +0800", None, None, None, DIES),
    ("2021/10/10 11:06:15", None, None, WRONG, DIES),
    ("2021-13-45", WRONG, DIES, WRONG, WRONG),
    ("2021-10-10T11:06:15.000+0800", None, None, None, None),
    ("2021年12月2日", WRONG, DIES, WRONG, DIES),
    ("Dec 2, 2021 10:00", None, None, WRONG, DIES),
    ("Dec 2", WRONG, WRONG, WRONG, DIES),
    ("", WRONG, DIES, WRONG, WRONG),
    ("true", WRONG, DIES, WRONG, DIES),
    ("Thu, 02 Dec 2021 14:50:58 EST", None, None, WRONG, DIES),
    ("Thu, 02 Dec 2021 14:50:58 JST", WRONG, WRONG, WRONG, DIES),
    ("Last Modified", WRONG, DIES, WRONG, None),
]  # fmt: skip


@pytest.mark.parametrize(("scalar", "hexo", "jekyll", "hugo", "eleventy"), OUTCOMES)
def test_what_becomes_of_a_date(
    scalar: str,
    hexo: Effect | None,
    jekyll: Effect | None,
    hugo: Effect | None,
    eleventy: Effect | None,
) -> None:
    expected = dict(zip(TARGETS, (hexo, jekyll, hugo, eleventy), strict=True))
    readings = {target: read(scalar, target) for target in TARGETS}
    assert {target: reading.outcome for target, reading in readings.items()} == expected
    assert all(bool(reading.detail) == bool(reading.outcome) for reading in readings.values())


def test_the_instant_and_whether_a_zone_is_named() -> None:
    instant = datetime(2021, 12, 2, 6, 50, 58, tzinfo=UTC)
    for target in ("hexo", "jekyll"):
        reading = read("Thu, 2 Dec 2021 14:50:58 +0800", target)
        assert (reading.instant, reading.naive) == (instant, False)
    assert read("2021-12-02 06:50:58", "hugo") == DateReading(instant, naive=True)
    assert read("2021-12-02 06:50:58", "hexo").naive
    assert not read("2021-12-02T06:50:58Z", "eleventy").naive


def test_the_day_after_the_months_end_is_named() -> None:
    assert "2021-03-02" in read("2021-02-30 10:00:00", "hexo").detail
    assert "the day or time does not exist" in read("'2021-02-30 10:00:00'", "jekyll").detail


def test_what_stands_in_for_a_missing_date() -> None:
    assert dates.missing_date("hexo").outcome is WRONG
    assert dates.missing_date("hugo", "2021-12-02-x.md").outcome is WRONG
    day = datetime(2021, 12, 2, tzinfo=UTC)
    assert dates.missing_date("jekyll", "2021-12-02-x.md") == DateReading(day, naive=True)
    assert dates.missing_date("eleventy", "2021-12-02-x.md") == DateReading(day, naive=True)
    assert dates.missing_date("jekyll", "x.md").outcome is Effect.SKIPPED
    assert dates.missing_date("jekyll", "2021-13-02-x.md").outcome is DIES


def test_without_a_generator_the_usual_forms_are_read() -> None:
    for text in ("Thu, 02 Dec 2021 14:50:58 GMT", "2021-12-02T14:50:58Z", "2021-12-02 14:50:58"):
        reading = dates.read_date(text, text, True, "html")
        assert reading.outcome is None
        assert reading.instant is not None
        assert reading.instant.replace(tzinfo=UTC) == datetime(2021, 12, 2, 14, 50, 58, tzinfo=UTC)
    assert dates.read_date("soon", "soon", True, "html").outcome is WRONG


@pytest.mark.parametrize(
    ("text", "mismatch"),
    [
        ("Fri, 02 Dec 2021 14:50:58 GMT", (4, 3)),
        ("Thu, 02 Dec 2021 14:50:58 GMT", None),
        ("Thursday, December 2, 2021", None),
        ("Monday 2021-12-02", (0, 3)),
        ("2021-12-02", None),
        ("Sunset 2021-12-02", None),
        ("Fri, 32 Dec 2021", None),
        ("Friday", None),
    ],
)
def test_a_wrong_day_of_the_week(text: str, mismatch: tuple[int, int] | None) -> None:
    assert dates.weekday_mismatch(text) == mismatch


def test_what_is_to_come() -> None:
    now = datetime(2021, 12, 2, 12, tzinfo=UTC)
    assert dates.is_future(read("2021-12-02T12:00:01Z", "hugo"), now)
    assert not dates.is_future(read("2021-12-02T11:59:59Z", "hugo"), now)
    assert not dates.is_future(read("2021-12-02 20:00:00", "hugo"), now)
    assert {"jekyll", "hugo"} == dates.HIDES_FUTURE


def _near(mine: Moment | None, real: object) -> bool:
    if mine is None or real is None:
        return mine is None and real is None
    assert isinstance(real, (int, float))
    return abs(mine.instant.timestamp() * 1000 - real) < 3000


def test_hexo_reads_dates_as_v8_does() -> None:
    texts = random_dates(21, 6000)
    script = "const n = new Date(t).getTime(); return isNaN(n) ? null : n"
    for text, real in zip(texts, node(script, texts, "eleventy/node_modules/luxon"), strict=True):
        if not isinstance(real, int) or abs(real) < 2.5e14:  # years that Python has
            assert _near(javascript.parse(text), real), text


def test_eleventy_reads_dates_as_luxon_does() -> None:
    texts = [
        *random_dates(22, 6000),
        "2021-W48-4",
        "2021-336",
        "20211202T145058",
        "2021-12",
        "14:50",
    ]
    script = (
        'const d = lib.DateTime.fromISO(t, {zone: "utc"}); return d.isValid ? d.toMillis() : null'
    )
    for text, real in zip(texts, node(script, texts, "eleventy/node_modules/luxon"), strict=True):
        assert _near(luxon.parse(text), real), text


def test_jekyll_reads_dates_as_ruby_does() -> None:
    texts = random_dates(23, 6000)
    reals = ruby("(Time.parse(t).to_r * 1000).to_i", texts)
    wrong = [
        text
        for text, real in zip(texts, reals, strict=True)
        if not _near(ruby_dates.parse(text), None if isinstance(real, dict) else real)
    ]
    deaths = [text for text in wrong if ruby_dates.parse(text) is None]
    assert len(wrong) <= len(texts) / 200, wrong[:20]
    assert len(deaths) <= len(texts) / 1000, deaths[:20]


@pytest.mark.parametrize("value", ["soon", 1.5, True, ["2021-01-01"], {"a": 1}])
def test_a_date_that_is_none_stops_newer_versions_of_hugo(value: object) -> None:
    assert dates.read_date(value, None, False, "hugo", (0, 111)).outcome is WRONG
    reading = dates.read_date(value, None, False, "hugo", (0, 168))
    assert reading.outcome is DIES
    either = dates.read_date(value, None, False, "hugo")
    assert either.outcome is DIES
    assert "Hugo 0.147 and later" in either.detail
    assert dates.read_date("", None, False, "hugo", (0, 168)).outcome is WRONG


@pytest.mark.skipif(hugo.available() is not None, reason=str(hugo.available()))
def test_hugo_reads_dates_as_cast_does() -> None:
    texts = list(dict.fromkeys(random_dates(24, 700))) + [case[0] for case in OUTCOMES if case[0]]
    texts = [text for text in texts if "'" not in text]
    posts = {
        f"p{n}.md": f"---\ndate: '{text}'\n---\nText\n".encode() for n, text in enumerate(texts)
    }
    result = hugo.build(posts)
    assert result.exit_code == 0
    for name, text in zip(posts, texts, strict=True):
        shown, mine = result.pages.get(name), go.parse(text)
        if shown is None:
            continue  # dated in the future
        if shown.date.startswith("0001-01-01"):
            assert mine is None or mine.instant.year == 1, text
        else:
            assert mine is not None, (text, shown.date)
            real = datetime.fromisoformat(shown.date.replace("Z", "+00:00"))
            assert abs(real - mine.instant) < timedelta(seconds=1), (text, shown.date)


@given(st.text(alphabet="0123456789-/:.,+TZ' JanFebDecGMThpm()年月日", max_size=40))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for target in (*TARGETS, "html"):
        reading = dates.read_date(text, text, False, target)
        assert (reading.outcome is None) == (reading.detail == "")
    dates.weekday_mismatch(text)


@pytest.mark.parametrize(
    "text",
    [
        "0000-01-01",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "9999-12-31",
        "31 Dec 9999 23:30:00 -0100",
    ],
)
@pytest.mark.parametrize("target", [*TARGETS, "html"])
def test_the_first_and_the_last_day_that_can_be_counted(text: str, target: str) -> None:
    reading = dates.read_date(text, text, False, target)
    assert (reading.outcome is None) == (reading.detail == "")


@pytest.mark.parametrize("text", ["2022-03-04T1]5:06:07+08:00", "2022-03-04T1<1:06:07Z"])
def test_a_character_among_the_figures_is_no_time(text: str) -> None:
    assert read(text, "jekyll").outcome is WRONG
    assert read(text.replace("]", "").replace("<", ""), "jekyll").outcome is None
    # Ruby skips it here, and reads the time nevertheless.
    assert read("2022-03-04T05}:06:07Z", "jekyll").outcome is None


@pytest.mark.parametrize("text", ["31 Dec 20 23:30:00 -0500", "1 Jan 21 00:30:00 +0500"])
def test_the_year_may_be_named_of_another_zones_day(text: str) -> None:
    assert read(text, "jekyll").outcome is None


def test_the_year_0_is_none() -> None:
    assert read("'0000-02-01'", "hugo").outcome is WRONG
    assert read("0000-01-01", "hugo").outcome is WRONG


@pytest.mark.parametrize("text", ["2022/03/04 05:06:60", "'4 Mar 2022 05:06:60 +0100'"])
def test_a_sixtieth_second_is_the_next_minute_to_jekyll(text: str) -> None:
    assert (
        "the day or time does not exist, and the page shows 2022-03-04 0"
        in read(text, "jekyll").detail
    )
    assert read(text.replace(":60", ":59"), "jekyll").outcome is None


@pytest.mark.parametrize(
    "piece", ["1", "1:", "a", "(", "-", "1 ", "Dec ", "'1", " ", "2021-", "1/"]
)
def test_time_grows_in_step_with_hostile_dates(piece: str) -> None:
    def read(text: str) -> None:
        for target in (*TARGETS, "html"):
            dates.read_date(text, text, False, target)
        dates.weekday_mismatch(text)

    for size in (100_000, 80):
        growth.check(lambda times: piece * times, read, size)


@given(
    st.sampled_from(["", "Thu, ", "Fri, "]),
    st.integers(1, 31),
    st.sampled_from(["Jan", "Feb", "Jun", "Dec"]),
    st.sampled_from([1900, 1970, 2021, 2099]),
    st.tuples(st.integers(0, 24), st.integers(0, 60), st.integers(0, 60)),
    st.sampled_from(["GMT", "+0000", "-0000", "+0830", "-0330", "+1400", "+1959", "UTC"]),
)
def test_a_date_of_a_feed_is_read_as_one_that_takes_the_whole_parser(
    weekday: str, day: int, month: str, year: int, time: tuple[int, int, int], zone: str
) -> None:
    text = f"{weekday}{day} {month} {year} {time[0]:02}:{time[1]:02}:{time[2]:02} {zone}"
    # A space before it is none to the parser, and too much for the short cut.
    assert javascript.parse(text) == javascript.parse(f" {text}")
