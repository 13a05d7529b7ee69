"""What front matter that a target cannot use costs, by target (measured)."""

from __future__ import annotations

from newslint import Impact

UNREADABLE = {
    "hexo": Impact.POST,
    "jekyll": Impact.CONTENT,
    "hugo": Impact.BUILD,
    "eleventy": Impact.BUILD,
}
"""Hexo drops the post, Jekyll publishes it without title and date, the others stop."""

DUPLICATE = {"hexo": Impact.POST, "jekyll": Impact.CONTENT, "hugo": Impact.BUILD,
             "eleventy": Impact.BUILD}  # fmt: skip
"""A key given twice; Hugo stops since 0.152 and takes the last value before."""

BAD_DATE = {"hexo": Impact.CONTENT, "jekyll": Impact.BUILD, "hugo": Impact.CONTENT,
            "eleventy": Impact.BUILD}  # fmt: skip
"""A date that the target does not read."""
