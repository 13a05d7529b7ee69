"""FM025."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Fix, Good, PostRule, Safety, Severity, Span, say
from newslint_rules.front_matter import scalars

if TYPE_CHECKING:
    from newslint import Post

_KINDS = frozenset({"fence", "empty", "unclosed"})


class UnreadFrontMatter(PostRule):
    """Front matter must be in a form that the target reads.

    TOML (`+++`) is Hugo's alone, `;;;` Hexo's, `---json` Eleventy's; Hexo wants nothing behind the
    `---`, and only Jekyll lets `...` close it. What a target does not know it prints as text, and
    the post has no title, date or categories; Hugo stops the build of the whole site.

    YAML between two lines `---` is read by all. The unsafe fix writes that.
    """

    code, name, severity, fix = "FM025", "unread-front-matter", Severity.ERROR, Safety.UNSAFE
    bad = [
        Bad(
            "⟦+++⟧\ntitle = 'A title'\ndraft = false\n+++\n<p>Text</p>\n",
            fixed="---\ntitle: A title\ndraft: false\n---\n<p>Text</p>\n",
            message="a header between +++ fences is not read as front matter here, "
            "and is printed as text",
        ),
        Bad(
            '⟦;;;⟧\n"title": "A title"\n;;;\n<p>Text</p>\n',
            fixed='---\n{\n"title": "A title"\n}\n---\n<p>Text</p>\n',
            target="jekyll",
        ),
        Bad(
            '⟦---json⟧\n{"title": "A title"}\n---\n',
            fixed='---\n{"title": "A title"}\n---\n',
        ),
        Bad("⟦---⟧ \ntitle: A title\n---\n", fixed="---\ntitle: A title\n---\n"),
        Bad("⟦---⟧\ntitle: A title\n...\n", fixed="---\ntitle: A title\n---\n"),
        Bad(
            "⟦----⟧\ntitle: A title\n----\n",
            fixed="---\ntitle: A title\n---\n",
            target="hugo",
        ),
        Bad("⟦⟧title: A title\n---\n", fixed="---\ntitle: A title\n---\n", target="jekyll"),
        Bad("⟦---⟧\n---\n<p>Text</p>\n"),
        Bad("⟦---⟧\n \n---\n<p>Text</p>\n"),
        Bad("⟦---⟧\ntitle: A title\n--- x\n<p>Text</p>\n", target="hugo"),
        Bad("⟦---⟧\ntitle: A title\n----\n<p>Text</p>\n", target="hugo"),
        Bad("⟦---⟧\n---\ntitle: A title\n---\n<p>Text</p>\n", target="jekyll"),
    ]
    good = [
        Good("---\ntitle: A title\n---\n"),
        Good("+++\ntitle = 'A title'\n+++\n", target="hugo"),
        Good('---\n{"title": "A title"}\n---\n'),
        Good("---\ntitle: A title\n...\n", target="jekyll"),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        place = post.place
        unread, bounds = place.unread, place.bounds
        if bounds is None or bounds.closing is None:
            return
        if unread is None:
            yield from self._loose_ends(post)
            return
        if unread.kind in _KINDS:
            detail = unread.detail
            if unread.kind == "unclosed":
                closing = post.text[bounds.closing.start : bounds.closing.end].strip()
                detail = say(
                    "{closing} does not close the front matter here: {detail}",
                    closing=closing,
                    detail=detail,
                )
            yield self.finding(bounds.opening, detail, self._fix(post))

    def _loose_ends(self, post: Post) -> Iterable[Finding]:
        """What is printed though the target reads the front matter: of a fence too much."""
        bounds = post.bounds
        if bounds is None or bounds.closing is None:
            return
        if bounds.body <= bounds.closing.end:
            end = scalars.line_end(post.text, bounds.closing.end)
            if post.text[bounds.closing.end : end].strip():
                # Nobody but the writer knows whether the rest is text or a slip: no fix.
                detail = say(
                    "the line that closes the front matter goes on, and its rest is printed"
                )
                yield self.finding(bounds.opening, detail)
        elif not post.text[slice(*bounds.content)].strip():
            from newslint.targets import fences

            meant = fences.find(post.text[bounds.body :])
            if post.target.name == "hexo":
                yield self.finding(bounds.opening, "an empty front matter is printed as text")
            elif meant is not None and meant.closing is not None and not meant.fence:
                detail = say("the front matter is empty: the fields behind it are printed as text")
                yield self.finding(bounds.opening, detail)

    def _fix(self, post: Post) -> Fix | None:
        """YAML between two lines ``---``, where the target then reads it."""
        bounds = post.bounds
        closing = (
            "" if bounds is None or bounds.closing is None else post.text[slice(*bounds.closing)]
        )
        if bounds is None or bounds.closing is None or not bounds.content or ">" in closing:
            return None
        end = post.source.line_end
        content = _yaml(post)
        if content is None:
            return None
        written = f"---{end}{content}---"
        start = bounds.opening.start
        if not content.endswith(("\n", "\r")):
            written = f"---{end}{content}{end}---"
        after = post.text[:start] + written + post.text[bounds.closing.end :]
        from newslint.targets import front_matter as splitting

        reading = splitting.read(after, post.target.name, post.target.version)
        if reading.form is None or reading.error is not None:
            return None
        edit = (Span(start, bounds.closing.end), written)
        return self.mend("Write YAML between two lines ---", edit)


def _yaml(post: Post) -> str | None:
    """The front matter as YAML; JSON is YAML, but for Hexo's, which lacks the braces."""
    bounds, matter = post.bounds, post.front_matter
    if bounds is None or matter is None or matter.error is not None or not matter.text.strip():
        return None
    end = post.source.line_end
    if bounds.form == "toml":
        import yaml

        try:
            dumped = str(yaml.safe_dump(dict(matter.data), allow_unicode=True, sort_keys=False))
        except yaml.YAMLError:
            return None  # a time of day: YAML has none
        return dumped.replace("\n", end)
    if bounds.form == "json" and (bounds.fence == "" or bounds.fence.startswith(";")):
        return f"{{{end}{matter.text.strip()}{end}}}{end}"
    return matter.text
