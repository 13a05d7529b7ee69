"""What unquoted scalars become in YAML, and the words for nothing and for numbers."""

from __future__ import annotations

import math
from datetime import date, datetime

Scalar = str | int | float | bool | datetime | date | None

MERGE = "<<"

NOTHING = {"", "~", "null", "Null", "NULL"}

INFINITE = {
    sign + name: math.copysign(math.inf, -1 if sign == "-" else 1)
    for sign in ("", "+", "-")
    for name in (".inf", ".Inf", ".INF")
}

NAN = {".nan", ".NaN", ".NAN"}
