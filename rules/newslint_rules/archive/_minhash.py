"""Sketches of articles that can be compared: MinHash over runs of words and Chinese characters.

A run is four tokens: a token is a word, or one character of a script that puts no spaces between
words. Punctuation, white space and letter case do not count.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zlib import crc32

from newslint import Post, UsageError, lazy

if TYPE_CHECKING:
    from datasketch import MinHash

RUN = 4
"""Tokens of a run: with fewer, unlike English texts of one trade share too many."""
SIZE = 128
"""Numbers of a sketch: the likeness is then right to about four parts in a hundred."""
BANDS, ROWS = 42, 3
"""How the index looks up sketches: of two texts that share half of their runs it finds 99.6 %."""
LEAST = 20
"""Runs below which a text is too short to be called like another."""

_UNSPACED = (
    "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Thai, Lao, Khmer, kana and Chinese characters."""
_TOKEN = lazy.pattern(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]++")
_UNSEEN = frozenset({"style", "script", "template", "noscript", "title"})


def sketch(post: Post) -> tuple[int, bytes] | None:
    """Return how many different runs the body has, and its sketch; None for a short text.

    Raises UsageError where datasketch is not installed.
    """
    tokens = [crc32(token.encode("utf-8", "replace")) for token in _TOKEN.findall(_text(post))]
    if len(tokens) < RUN + LEAST:
        return None
    minhash = _minhash()
    import numpy as np

    codes = np.array(tokens, dtype=np.uint64)
    runs = np.zeros(len(codes) - RUN + 1, dtype=np.uint64)
    for at in range(RUN):
        runs = runs * np.uint64(0x9E3779B97F4A7C15) + codes[at : at + len(runs)]
    different = np.unique(runs >> np.uint64(32))
    if len(different) < LEAST:
        return None
    minhash.update_batch(different.tolist())
    return len(different), minhash.hashvalues.astype("<u4").tobytes()


def restored(values: bytes) -> MinHash:
    """Return the sketch again, as the library's own object."""
    import numpy as np

    minhash = _minhash()
    minhash.hashvalues = np.frombuffer(values, dtype="<u4").astype(minhash.hashvalues.dtype)
    return minhash


def likeness(one: tuple[int, bytes], two: tuple[int, bytes]) -> float:
    """Return the share of the shorter text that the longer one holds, from 0 to 1, as estimated."""
    alike = float(restored(one[1]).jaccard(restored(two[1])))
    shared = alike * (one[0] + two[0]) / (1 + alike)
    return min(1.0, shared / min(one[0], two[0]))


def _minhash() -> MinHash:
    try:
        from datasketch import MinHash
    except ModuleNotFoundError:
        words = "ARC003 (near-duplicate) needs datasketch: pip install 'newslint[near]'"
        raise UsageError(words) from None
    return MinHash(SIZE, seed=1, hashfunc=int, scheme="affine32")


def _text(post: Post) -> str:
    """Return the text of the body, in lower case, without what is not shown."""
    pieces: list[str] = []
    for element in post.body.iter():
        if isinstance(element.tag, str) and element.tag not in _UNSEEN:
            pieces.append(element.text or "")
        pieces.append(element.tail or "")
    return re.sub(r"\s+", " ", " ".join(pieces)).lower()
