"""The site generators that build a post, and how each of them reads it.

A `Target` is a name and a version. What it does is measured from the real generators and lives,
as data and pure functions, in the modules of this package; they are imported when asked.
"""

from __future__ import annotations

from newslint.generators.target import VERSIONS, Target, Version

__all__ = ["VERSIONS", "Target", "Version"]
