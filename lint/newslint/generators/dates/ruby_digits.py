"""Runs of digits as Ruby's ``Date._parse`` reads them."""

from __future__ import annotations

from newslint.generators.dates.ruby_text import (
    DIGITS,
    Text,
)

_RUNS_OF_DAY: dict[int, tuple[tuple[str, int], ...]] = {
    2: (("day", 2),),
    3: (("yday", 3),),
    4: (("month", 2), ("day", 2)),
    5: (("year", 2), ("yday", 3)),
    6: (("year", 2), ("month", 2), ("day", 2)),
    7: (("year", 4), ("yday", 3)),
}
_LONG = (("year", 4), ("month", 2), ("day", 2), ("hour", 2), ("minute", 2), ("second", 2))
_RUNS_OF_DAY |= {8 + 2 * more: _LONG[: 3 + more] for more in range(4)}
_REVERSED = (("second", 2), ("minute", 2), ("hour", 2), ("day", 2), ("month", 2))
_RUNS_OF_TIME: dict[int, tuple[tuple[str, int], ...]] = {
    2 * more: _REVERSED[:more] for more in range(1, 6)
}
_RUNS_OF_TIME |= {
    12: (*_REVERSED, ("year", 2)),
    14: (*_REVERSED, ("year", 4)),
    3: (("second", 2), ("minute", 1)),
    5: (("second", 2), ("minute", 2), ("hour", 1)),
    7: (("second", 2), ("minute", 2), ("hour", 2), ("day", 1)),
}


def take_digits(found: Text) -> bool:
    """Return a run of digits, by its length: 211202, 20211202, 20211202T145058."""
    match = found.take(DIGITS)
    if match is None:
        return False
    run, time, fraction = match["run"], match["time"], match["fraction"]
    clock = time is None and fraction is not None
    names = _RUNS_OF_TIME if clock else _RUNS_OF_DAY
    at = len(run) if clock else 0
    for name, width in names.get(len(run), ()):
        piece = run[at - width : at] if clock else run[at : at + width]
        at += -width if clock else width
        found.parts[name] = int(piece)
        if name == "year":
            found.two_digits = not match["sign"] and len(run) < 8
            found.parts[name] *= -1 if match["sign"] == "-" else 1
    _take_digits_time(found, time, fraction)
    if match["zone"]:
        zone = match["zone"].strip("[]")
        found.zone = zone if zone[0] in "+-zZ" else zone.split(":")[0]
    return True


def _take_digits_time(found: Text, time: str | None, fraction: str | None) -> None:
    if fraction:
        found.parts["fraction"] = int(fraction)
    if time is None or len(time) % 2:
        return
    names = ("hour", "minute", "second")
    if fraction is not None:
        pieces = [time[max(end - 2, 0) : end] for end in range(len(time), 0, -2)]
        for name, piece in zip(reversed(names), pieces, strict=False):
            found.parts[name] = int(piece)
        return
    for index, name in enumerate(names):
        piece = time[2 * index : 2 * index + 2]
        if piece:
            found.parts[name] = int(piece)
