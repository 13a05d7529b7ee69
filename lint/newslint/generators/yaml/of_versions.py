"""What two loaders refuse, told with the versions of Hugo that have them."""

from __future__ import annotations

from newslint.generators.hugo_changes import GOCCY
from newslint.generators.target import Version
from newslint.generators.yaml.problem import YamlProblem


def of_versions(
    before: tuple[YamlProblem, ...], now: tuple[YamlProblem, ...], version: Version | None
) -> tuple[YamlProblem, ...]:
    """What a loader before a change and the one after it refuse, each told with its versions."""
    if not before and not now:
        return ()
    kinds = [{(one.offset, one.kind) for one in problems} for problems in (before, now)]
    failed = [any(one.kind in _UNLOADED for one in problems) for problems in (before, now)]
    merged = []
    for problems, other, with_it in ((now, 0, True), (before, 1, False)):
        for one in problems:
            if (one.offset, one.kind) not in kinds[other] and not failed[other]:
                message = GOCCY.named(one.message, version, with_it=with_it)
                merged.append(one._replace(message=message))
            elif with_it:
                merged.append(one)
    return tuple(sorted(merged, key=lambda one: one.offset))


_UNLOADED = frozenset({"syntax", "alias", "depth"})
"""The kinds of problems with which nothing is loaded, so that no other is found."""
