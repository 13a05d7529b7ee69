"""pydantic models of configuration files; unknown keys are errors."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    WithJsonSchema,
    field_validator,
)

from newslint.config.defaults import Limits
from newslint.config.online import Online, fault
from newslint.core.errors import UsageError
from newslint.core.finding import Impact, Severity
from newslint.core.messages import msg
from newslint.core.names import kebab
from newslint.core.patterns import checked
from newslint.generators import Target

_LIMITS = Limits()
_ONLINE = Online()


def fail_on(value: str) -> str:
    """Return a severity, ``never``, or impacts separated by commas, without white space.

    Raises ValueError with the valid values for anything else.
    """
    words = [word.strip() for word in value.split(",")]
    impacts = {one.value for one in Impact}
    if words in [[one] for one in (*Severity, "never")] or impacts.issuperset(words):
        return ",".join(words)
    levels = ", ".join((*Severity, "never"))
    raise ValueError(
        msg(
            "{value!r} is not a severity; choose {levels}, or impacts: {impacts}",
            value=value,
            levels=levels,
            impacts=", ".join(Impact),
        )
    )


_IMPACT = "build|post|content|security|house"
FailOn = Annotated[
    str,
    AfterValidator(fail_on),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": rf"^(error|warning|info|never|({_IMPACT})(, ?({_IMPACT}))*)$",
        }
    ),
]


class _Table(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=kebab,
        defer_build=True,
        allow_inf_nan=False,
    )


Pattern = Annotated[str, AfterValidator(checked)]


class LimitsTable(_Table):
    """The ``[limits]`` table: `Limits` with the bounds of each."""

    file_size: Annotated[int, Field(gt=0)] = _LIMITS.file_size
    tokens: Annotated[int, Field(gt=0)] = _LIMITS.tokens
    findings: Annotated[int, Field(ge=0)] = _LIMITS.findings
    yaml_depth: Annotated[int, Field(gt=0, le=100)] = _LIMITS.yaml_depth
    yaml_values: Annotated[int, Field(gt=0)] = _LIMITS.yaml_values
    html_depth: Annotated[int, Field(gt=0, le=2_000)] = _LIMITS.html_depth
    seconds: Annotated[float, Field(gt=0, le=86_400)] = _LIMITS.seconds


class OnlineTable(_Table):
    """The ``[online]`` table: `Online` with the bounds of each."""

    allow: tuple[str, ...] = _ONLINE.allow
    timeout: Annotated[float, Field(gt=0, le=600)] = _ONLINE.timeout
    seconds: Annotated[float, Field(ge=0)] = _ONLINE.seconds
    connections: Annotated[int, Field(gt=0, le=256)] = _ONLINE.connections
    per_host: Annotated[int, Field(gt=0, le=32)] = _ONLINE.per_host
    retries: Annotated[int, Field(ge=0, le=10)] = _ONLINE.retries
    longest_wait: Annotated[float, Field(ge=0)] = _ONLINE.longest_wait
    redirects: Annotated[int, Field(ge=0, le=50)] = _ONLINE.redirects
    max_age: Annotated[float, Field(ge=0)] = _ONLINE.max_age
    user_agent: Annotated[str, Field(pattern=r"^[ -~]*$")] = _ONLINE.user_agent

    @field_validator("allow")
    @classmethod
    def _hosts_and_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for word in value:
            if (wrong := fault(word)) is not None:
                raise ValueError(msg("{word!r} {problem}", word=word, problem=wrong))
        return value


class RuleChoice(_Table):
    """Which rules are on: what a file, an override and the command line can all say."""

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: dict[str, Severity] = {}
    rules: dict[str, dict[str, Any]] = {}
    schema_: Annotated[dict[str, Any], Field(alias="schema")] = {}
    target: str | None = None

    @field_validator("target")
    @classmethod
    def _known_target(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                Target.parse(value)
            except UsageError as error:
                raise ValueError(str(error)) from None
        return value


class Override(RuleChoice):
    """What is different for some files; ``files`` are gitignore patterns from the file's folder."""

    files: Annotated[tuple[Pattern, ...], Field(min_length=1)]


class ConfigModel(RuleChoice):
    """One configuration file."""

    extend: str | None = None
    include: tuple[Pattern, ...] | None = None
    exclude: tuple[Pattern, ...] = ()
    fail_on: FailOn | None = None
    site_url: str | None = None
    linked_folders: tuple[str, ...] = ()
    """Further folders that symbolic links may lead to, relative to the configuration file."""
    baseline: str | None = None
    """A file of ``newslint baseline`` whose findings are hidden, relative to the file."""
    limits: LimitsTable = LimitsTable()
    online: OnlineTable = OnlineTable()
    overrides: tuple[Override, ...] = ()
    rule: tuple[dict[str, Any], ...] = ()
