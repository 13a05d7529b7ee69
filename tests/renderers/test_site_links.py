"""What LNK004 says of links and images, held against the files that the generators write."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from generators.site_trees import lay
from lxml import html

from newslint.config.project import Project
from newslint.files.discovery import discover
from newslint.runner.pipeline import lint_files

from . import eleventy, hexo, hugo, jekyll
from .test_whole_sites import build, modules_of

GENERATORS = {"hexo": hexo, "jekyll": jekyll, "hugo": hugo, "eleventy": eleventy}
HEAD = "---\ntitle: Links\ndate: 2021-03-01 12:00:00\nlayout: post\n---\n\n"
SITES = {
    "hexo-assets": (
        "content/_posts/2021-03-01-tour.md", "out", "/blog/",
        """![L1](a.gif) ![L2](none.gif) ![L3](sub/b.gif) ![L4](/gallery/c.gif) ![L5](/gallery/d.gif)

{% asset_img a.gif L6 %} {% asset_img "none.gif" %} [L8](2021-03-02-plain.md)

<a href="/blog/gallery/">L9</a> <a href="/blog/gallery/none/">L10</a> <img src="a.gif" alt="L11">
<img src="sub/none.gif" alt="L12"> <a href="{% asset_path sub/b.gif %}">L13</a>

[L14][here] [L15][gone] [L16](#top) [L17](https://a.cn/none.gif)

[here]: /blog/gallery/
[gone]: ../none/

`![L18](none.gif)`
""",
    ),
    "hexo-blog": (
        "source/_posts/links.md", "public", "/",
        "![L1](/images/none.png) [L2](/archives/) [L3](about/) [L4](/about/) [L5](none.md) ![L6](x.png)\n",
    ),
    "jekyll-blog": (
        "_posts/2021-01-20-links.md", "_site", "/",
        """![L1](/assets/a.gif) ![L2](/assets/none.gif) ![L3]({{ site.baseurl }}/assets/a.gif)
![L4]({{ "/assets/none.gif" | relative_url }}) ![L5](/assets/a.gif =10x10) [L6](/about/)

[L7](none.md) <img src="a.gif" alt="L8"> [L9]({{ site.baseurl }}{% link _posts/2021-01-02-first.md %})

[L10][gone] [L11]({{ '/assets/a.gif' | prepend: site.baseurl }})

[gone]: /assets/gone.pdf
""",
    ),
    "hugo-blog": (
        "content/posts/trip/index.md", "public", "/",
        """![L1](sea.png) ![L2](none.png) [L3](/posts/first/) [L4](diary.md) ![L5](/img/logo.png)

[L6](/img/none.png) [L7](/posts/none/) [L8]({{< relref "/posts/first" >}})

{{< figure src="sea.png" alt="L9" >}} {{< figure src="none.png" alt="L10" >}}

{{< figure src="/img/logo.png" alt="L11" >}} [L12][gone] [L13](../first/)

[gone]: ../none.html
""",
    ),
    "eleventy-blog": (
        "src/posts/third/index.md", "public", "/",
        """![L1](/img/a.png) ![L2](/img/none.png) [L3](/about/) [L4](/favicon.ico) ![L5](a.png)

[L6]({{ '/about/' | url }}) ![L7]({{ '/img/none.png' | url }}) ![L8](../img/a.png) ![L9](x.png)
""",
    ),
}  # fmt: skip


def broken_on(page: bytes, where: str, output: Path, base: str, count: int) -> set[str]:
    """The labels ``L1``, … whose link or image finds no file of the output, or does not exist."""
    tree = html.fromstring(page)
    whole: set[str] = set()
    for element in tree.iter("a", "img"):
        label = element.get("alt") if element.tag == "img" else element.text_content()
        label = label or element.get("title") or ""
        address = element.get("src") or element.get("href") or ""
        if label and finds(address, where, output, base):
            whole.add(label)
    return {f"L{number}" for number in range(1, count + 1)} - whole


def finds(address: str, where: str, output: Path, base: str) -> bool:
    path = unquote(address.partition("#")[0].partition("?")[0])
    if address.startswith(("https:", "http:")) or not path:
        return True
    whole = posixpath.normpath(posixpath.join(base, posixpath.dirname(where), path))
    if not f"{whole}/".startswith(base):
        return True
    file = output / f"{whole}/"[len(base) :].rstrip("/")
    return file.is_file() or (file / "index.html").is_file() or file.with_suffix(".html").is_file()


@pytest.mark.parametrize("name", SITES)
def test_the_links_and_images_that_find_nothing_are_reported_and_no_others(
    name: str, tmp_path: Path
) -> None:
    target = name.partition("-")[0]
    module = GENERATORS[target]
    if reason := module.available(8) if target == "hexo" else module.available():
        pytest.skip(reason)
    path, folder, base, body = SITES[name]
    root = lay(name, tmp_path, modules_of(target))
    text = HEAD + body
    (root / path).write_text(text)
    project = Project(root)
    reports = {one.path: one for one in lint_files(discover([root / path], project), project)}
    (report,) = reports.values()
    said = set()
    for one in report.diagnostics:
        if one.finding.code == "LNK004":
            piece = text[slice(*one.finding.span)]
            follows = re.search(r"L\d+", piece + text[one.finding.span.end :])
            said.add(follows[0] if "asset_img" not in piece else "L7")
    written = build(name, root)[path]
    where = written if isinstance(written, str) else written[0]
    where = where.removeprefix(f"{folder}/")
    page = (root / folder / where).read_bytes()
    count = max(int(one) for one in re.findall(r"L(\d+)", body))
    shown_as_code = set(re.findall(r"`[^`\n]*(L\d+)[^`\n]*`", body))
    lost = broken_on(page, where, root / folder, base, count) - shown_as_code
    assert said == lost, page.decode()
