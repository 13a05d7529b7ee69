"""What the generators' Markdown renderers make of a post's body.

`code_spans` finds the code of a Markdown text.
"""

from __future__ import annotations

from newslint.targets.markdown.code import code_spans

__all__ = ["code_spans"]
