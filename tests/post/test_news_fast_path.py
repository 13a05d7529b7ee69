"""The quick look at front matter says yes only where the model does, and nearly always then."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from newslint.post.schema import NEWS, NewsPost
from newslint.post.schema.fields import fields_of, kinds

_SOUND = {
    "title": "标题 A",
    "categories": ["World", "新媒体"],
    "headimg": "https://a.cn/1.jpg",
    "author": "Wire",
    "comments": False,
    "date": "Tue, 02 Feb 2021 15:10:00 GMT",
    "thumbnail": "http://a.cn/1.jpg?x=1",
}
_VALUES = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["https://", "https://a", "http://[::1]/", "HTTP://a.cn", "https://?", "\x1c"]),
    st.sampled_from(
        ["\x85", "\u2003", "\u180e", "\ufeff", "https://a\n", "https://a\x7f", "https://a.cn/é"]
    ),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.none(),
    st.dates(),
    st.datetimes(),
    st.lists(st.one_of(st.text(max_size=3), st.integers(), st.none()), max_size=3),
    st.dictionaries(st.text(max_size=2), st.text(max_size=2), max_size=2),
)


def _accepts(data: dict[str, object]) -> bool:
    try:
        NewsPost.model_validate(data)
    except ValidationError:
        return False
    return True


def test_an_ordinary_post_needs_no_model():
    assert NEWS.fits(_SOUND)
    assert NEWS.fits({**_SOUND, "date": datetime.date(2021, 2, 2), "other": [1]})


@given(
    st.dictionaries(st.sampled_from(sorted(_SOUND)), _VALUES),
    st.sets(st.sampled_from(sorted(_SOUND)), max_size=2),
)
def test_what_fits_at_once_the_model_accepts(changes: dict[str, object], missing: set[str]):
    data = {key: value for key, value in {**_SOUND, **changes}.items() if key not in missing}
    assert not NEWS.fits(data) or _accepts(data)


def test_it_knows_the_fields_of_the_model():
    assert kinds(NEWS) == kinds(NewsPost)
    assert fields_of(NEWS) == fields_of(NewsPost)
