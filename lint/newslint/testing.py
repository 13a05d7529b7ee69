"""For the tests of a plug-in: runs the examples of a rule.

>>> from newslint.testing import check_rule
>>> check_rule(MyRule)  # raises AssertionError where an example is not as the rule does
"""

from __future__ import annotations

from newslint.linter.examples import check_rule

__all__ = ["check_rule"]
