"""What was read of a Jekyll site and from where, for ``newslint config``."""

from __future__ import annotations

from newslint.core.messages import msg
from newslint.generators.jekyll.extensions import Extensions
from newslint.generators.jekyll.options import JekyllOptions
from newslint.generators.site import Evidence, evidence_of


def evidence(
    options: JekyllOptions, extensions: Extensions, policy: tuple[str, str] | None
) -> tuple[Evidence, ...]:
    """Return what decided what of a site."""
    found = []
    if options.file:
        what = msg("the options of the site") if options.is_read else msg("it cannot be read")
        found.append((options.file, what))
    if extensions.gems:
        found.append((options.file, msg("plug-ins: {names}", names=", ".join(extensions.gems))))
    if extensions.theme:
        found.append((extensions.theme, msg("the theme")))
    sources: dict[str, list[str]] = {}
    for name, tag in extensions.tags.items():
        sources.setdefault(tag.source, []).append(name)
    for source, names in sources.items():
        found.append((source, msg("tags: {names}", names=", ".join(names))))
    if policy is not None:
        found.append((policy[1], msg("referrer policy: {policy}", policy=policy[0])))
    return evidence_of(found)
