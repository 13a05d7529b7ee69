"""A point in time, as the date parsers return it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The months as all these languages abbreviate them, in small letters."""

LENGTH_LIMIT = 200
"""No date is longer; what is, is no date here."""


class Moment(NamedTuple):
    """An instant, and whether the text left its time zone to the site (``naive``).

    ``overflown`` is true where the text names a day that is not: 30 February.
    """

    instant: datetime
    naive: bool
    overflown: bool = False
