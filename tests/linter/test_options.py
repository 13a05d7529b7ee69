"""Options: defaults without pydantic, everything else checked by it."""

from __future__ import annotations

import pickle
import subprocess
import sys
from typing import Annotated, Literal

import pydantic
import pytest

from newslint import Checked, Field, RuleOptions
from newslint.linter.registry import rules


def _even(value: int) -> int:
    if value % 2:
        raise ValueError("must be even")
    return value


class Options(RuleOptions):
    """As a rule writes them."""

    policy: Literal["a", "b"] = Field("a", description="What to do.")
    max_bytes: Annotated[int, Checked(_even)] = Field(10, ge=0, description="How much.")
    words: tuple[str, ...] = ()


class More(Options):
    """Options that add to others."""

    old_style: bool = pydantic.Field(True, description="Declared with pydantic's own Field.")


def test_without_values_they_are_the_defaults_and_frozen():
    plain = More()
    assert (plain.policy, plain.max_bytes, plain.words, plain.old_style) == ("a", 10, (), True)
    with pytest.raises(AttributeError):
        plain.policy = "b"


def test_values_are_checked_by_pydantic_and_the_rest_is_the_default():
    given = More.model_validate({"max-bytes": 4, "old-style": False})
    assert (given.policy, given.max_bytes, given.old_style) == ("a", 4, False)
    with pytest.raises(AttributeError):
        given.policy = "b"
    assert Options(policy="b").policy == "b"


def test_options_are_of_their_class_and_equal_by_their_values():
    assert isinstance(Options(policy="b"), Options)
    assert isinstance(More.model_validate({"old-style": False}), Options)
    assert Options(policy="a") == Options() != Options(policy="b")
    assert len({Options(), Options(policy="a"), Options(policy="b")}) == 2
    assert Options() != More()
    assert repr(Options(max_bytes=4)) == "Options(policy='a', max_bytes=4, words=())"


def test_options_are_the_same_after_they_have_travelled():
    given = Options(policy="b", words=("x",))
    assert pickle.loads(pickle.dumps(given)) == given


@pytest.mark.parametrize(
    "values",
    [{"policy": "c"}, {"max-bytes": 3}, {"max-bytes": -2}, {"words": 1}, {"colour": "red"}],
)
def test_a_wrong_value_is_refused(values: dict[str, object]):
    with pytest.raises(pydantic.ValidationError):
        More.model_validate(values)


def test_every_rule_has_the_same_defaults_with_pydantic_and_without():
    for rule in rules().values():
        model = rule.Options.model()
        for name in model.model_fields:
            assert getattr(model(), name) == getattr(rule.Options(), name), (rule.code, name)


def test_the_rules_are_loaded_without_pydantic():
    code = (
        "import sys, newslint.linter.registry as r; r.rules(); sys.exit('pydantic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
