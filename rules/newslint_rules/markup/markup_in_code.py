"""HTML013."""

from __future__ import annotations

from collections.abc import Iterator

from newslint import Bad, Finding, Good, Impact, Post, PostRule, Safety, Severity, msg
from newslint_rules.markup import _text_tags


class MarkupInCode(PostRule):
    """A code sample must have its `<` escaped.

    In `<pre>` and `<code>`, an unescaped `<` is markup: browsers do not show `<template>`, remove
    the tags of `<dependency>`, render a `<div>`, swallow the text after `i<num`, and run a
    `<script>`. Readers see an empty sample. Comments, `<!-- like this -->`, are not shown either.

    Write each `<` of the sample as `&lt;`. The fix escapes tags that cannot be markup. It is
    unsafe, since only a person can decide which tags are part of the sample. Elements that
    highlighters write are not reported: `span`, `a`, `em`, `b`, `br`, lists and tables of line
    numbers, and a `div` with a class; nor comments in a sample that is escaped or highlighted.
    """

    code, name, severity = "HTML013", "markup-in-code", Severity.ERROR
    impact = Impact.CONTENT
    fix = Safety.UNSAFE
    applies_to = _text_tags.may_have_any

    bad = [
        Bad(
            "<pre><code>⟦<template>⟧\n  <div>hello</div>\n</template></code></pre>\n",
            fixed="<pre><code>&lt;template&gt;\n  &lt;div&gt;hello&lt;/div&gt;\n&lt;/template&gt;"
            "</code></pre>\n",
            message="readers do not see <template> in this code sample; write &lt; for <",
        ),
        Bad(
            "<pre>\n⟦<dependency>⟧\n  <id>a</id>\n</dependency>\n</pre>\n",
            fixed="<pre>\n&lt;dependency&gt;\n  &lt;id&gt;a&lt;/id&gt;\n&lt;/dependency&gt;\n"
            "</pre>\n",
        ),
        Bad(
            "<p>Write <code>⟦<script>⟧go()</script></code></p>\n",
            fixed="<p>Write <code>&lt;script&gt;go()&lt;/script&gt;</code></p>\n",
        ),
        Bad(
            "<pre>\n⟦<!-- add this to the end -->⟧\nlisten 80;\n</pre>\n",
            fixed="<pre>\n&lt;!-- add this to the end --&gt;\nlisten 80;\n</pre>\n",
        ),
    ]
    good = [
        Good("<pre><code>&lt;template&gt;&lt;/template&gt;</code></pre>\n"),
        Good('<pre><code><span class="k">for</span> <b>i</b><br>x</code></pre>\n'),
        Good('<pre><div class="line">a</div><button class="copy">Copy</button></pre>\n'),
        Good("```html\n<template></template>\n```\n", path="post.md"),
    ]

    def check(self, post: Post) -> Iterator[Finding]:
        html = post.html.html
        for sample in _text_tags.found(post).samples:
            if not sample.tags:
                continue
            first = sample.tags[0]
            text = " ".join(
                html[first.span.start : min(first.span.end, first.span.start + 40)].split()
            )
            message = msg(
                "readers do not see {text} in this code sample; write &lt; for <", text=text
            )
            edits = _text_tags.escaped(post, sample.tags)
            is_whole = all(token.closed for token in sample.tags)
            fix = self.make_fix("Write the angle brackets as &lt; and &gt;", *edits)
            yield self.finding(
                first.span.shift(post.body_start), message, fix if is_whole else None
            )
