"""IMG001."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from newslint import (
    Bad,
    ElementRule,
    Field,
    Finding,
    Fix,
    Good,
    Impact,
    RuleOptions,
    Safety,
    Severity,
    join_and,
    msg,
    plural,
)
from newslint_rules.front_matter.placeholder_image import IMAGE_FIELDS, fields_by_text
from newslint_rules.images import _img_sources, _markdown_images
from newslint_rules.images._known_hosts import (
    NEEDS_REFERER,
    REFUSES_FOREIGN,
    SERVES_ANYONE,
    Hosts,
    domain,
    host_and_path,
    listed,
)

if TYPE_CHECKING:
    from lxml import etree

    from newslint import FrontMatter, InferredOptions, Observation, Observations, Post


class NoReferrer(ElementRule):
    """An image must not send a Referer to its host.

    Browsers send the URL of the page with each image request, in the *Referer* header. Hosts such
    as sinaimg.cn, hdslb.com or mmbiz.qpic.cn refuse requests from other sites, or respond with a
    replacement image: readers do not see the image. Without a Referer, they serve it. Other hosts
    are not affected.

    Add `referrerpolicy="no-referrer"` to each `<img>`, or `<meta name="referrer">` with that policy
    to the head of the layout: newslint finds it there and reports nothing. A `<meta>` in a post
    does not count, since it is in the middle of the page, or removed by the generator.

    - Images inside a `<picture>` use the policy of its `<img>`.
    - Images of your own site need no policy: relative URLs, URLs of the site's domain, and
      templates such as `{{ site.baseurl }}/a.png`. If relative URLs are served by a CDN of another
      host, set `relative = true`.
    - With the preset of a generator, an `<img>` is an error only if its host is known to refuse
      requests, and else a warning: most hosts serve every site. With the preset `news` it is always
      an error.
    - In a site that newslint can read, hosts that its configuration names as a CDN or for images
      need no policy, nor do hosts that serve images to all sites, such as jsdelivr.net or
      githubusercontent.com.
    - `headimg`, `thumbnail` and similar fields are a warning if their host is known to refuse
      requests: the theme prints them, which newslint does not see.
    - `data:` images send no requests.
    - IMG009 reports hosts that require a Referer.
    - Markdown's `![](…)` cannot have the attribute. In Markdown files such an image is reported if
      its host is known to refuse requests; the unsafe fix replaces it with an `<img>`.
    """

    code, name, severity = "IMG001", "no-referrer", Severity.ERROR
    impact = Impact.CONTENT
    fix = Safety.SAFE
    tags = ("img",)

    class Options(RuleOptions):
        """What counts as silence, and which hosts are known beyond the table."""

        policy: Literal["no-referrer", "same-origin"] = Field(
            "no-referrer",
            description="The policy to require. `same-origin` sends a Referer to your own site, "
            "and also"
            " accepts `no-referrer`.",
        )
        relative: bool = Field(False, description="Whether to check relative URLs.")
        hosts: Hosts = Field(
            (),
            description="More hosts that refuse requests from other sites, for images in Markdown.",
        )
        exempt: Hosts = Field(
            (), description="Hosts whose images need no policy, such as your own CDN."
        )

    bad = [
        Bad(
            '<p>⟦<img src="https://a.cn/1.jpg" alt="">⟧</p>',
            fixed='<p><img src="https://a.cn/1.jpg" alt="" referrerpolicy="no-referrer"></p>',
            message='image sends a Referer; add referrerpolicy="no-referrer"',
        ),
        Bad(
            '⟦<img referrerpolicy="origin" src="https://n.sinaimg.cn/1.jpg" alt=""/>⟧',
            fixed='<img referrerpolicy="no-referrer" src="https://n.sinaimg.cn/1.jpg" alt=""/>',
        ),
        Bad(
            "⟦![雪](https://n.sinaimg.cn/1.jpg)⟧\n",
            fixed='<img src="https://n.sinaimg.cn/1.jpg" alt="雪" referrerpolicy="no-referrer">\n',
            path="post.md",
        ),
    ]
    good = [
        Good('<p><img src="https://a.cn/1.jpg" alt="" referrerpolicy="no-referrer"></p>'),
        Good('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">'),
        Good('<img src="https://cdnfile.sspai.com/1.png" alt="">'),
        Good('<img src="/1.png" alt="">'),
        Good('<img src="{{ site.baseurl }}/1.png" alt="">', target="jekyll"),
        Good("Try `![](https://n.sinaimg.cn/1.jpg)`\n", path="post.md"),
    ]

    def __init__(
        self, options: RuleOptions | None = None, severity: Severity | None = None
    ) -> None:
        super().__init__(options, severity)
        self.policy: str = self.options.policy
        self.accepted = frozenset({self.policy, "no-referrer"})
        self.exempt = NEEDS_REFERER.union(self.options.exempt)
        self.open = SERVES_ANYONE.difference(self.options.hosts)
        self.refusing = REFUSES_FOREIGN.union(self.options.hosts) - self.exempt

    def check(self, element: etree._Element, post: Post) -> Iterable[Finding]:
        value = element.get("referrerpolicy")
        if (value is not None and value.lower() in self.accepted) or post.drops_html:
            return ()
        address = _img_sources.fetched(element)
        if not self.sends(address) or self.is_own(address, post):
            return ()
        host = host_and_path(address)[0]
        span, fix = post.span(element), self.repair(element, post)
        if self.house_rules or not host or listed(host, self.refusing):
            return (self.finding(span, self.words(value), fix),)
        # Most hosts serve every site: whether readers lose the image is not known.
        severity = max(Severity.WARNING, self.severity_in_force, key=lambda one: one.rank)
        return (self.finding(span, self.words(value, host), fix, severity, Impact.HOUSE),)

    def might_report(self, tag: str, attributes: Mapping[str, str], text: str, post: Post) -> bool:
        if attributes.get("referrerpolicy") in self.accepted:
            return False
        address = _img_sources.certain(attributes.get("src"))
        return not address or self.sends(address)

    def check_post(self, post: Post) -> Iterable[Finding]:
        found = self.check_fields(post)
        if _markdown_images.may_have_pictures(post):
            return [*found, *self.check_markdown(post)]
        return found

    def is_own(self, address: str, post: Post) -> bool:
        """Return whether an image of this address is safe in the post's site.

        The site's layouts may set a policy for all pages, its own hosts see its own Referer, and
        some hosts serve everyone.
        """
        site = post.site
        if site is None:
            return False
        if site.referrer_policy in self.accepted:
            return True
        host = host_and_path(address)[0]
        if not host:
            return False
        own = host_and_path(site.base_url or "")[0]
        return (
            (bool(own) and domain(host) == domain(own))
            or listed(host, site.image_hosts) is not None
            or listed(host, self.open) is not None
        )

    def check_fields(self, post: Post) -> Iterable[Finding]:
        """Image fields of the front matter whose host is known to refuse."""
        header = post.front_matter
        if header is None or "//" not in header.text:
            return ()
        for value in post.once(fields_by_text, IMAGE_FIELDS):
            if listed(host_and_path(value)[0], self.refusing):
                return self._refused_fields(header, post)
        return ()

    def _refused_fields(self, header: FrontMatter, post: Post) -> Iterator[Finding]:
        for value, names in post.once(fields_by_text, IMAGE_FIELDS).items():
            host = listed(host_and_path(value)[0], self.refusing)
            if not host or self.is_own(value, post):
                continue
            message = plural(
                len(names),
                "{fields} is on {host}, which refuses requests with a Referer; set"
                ' referrerpolicy="{policy}" in the layout',
                "{fields} are on {host}, which refuses requests with a Referer; set"
                ' referrerpolicy="{policy}" in the layout',
                fields=join_and(names),
                host=host,
                policy=self.policy,
            )
            span = header.key_span((names[0],))
            yield self.finding(span, message, severity=Severity.WARNING)

    def metrics(self, post: Post) -> Iterator[tuple[str, str]]:
        seen = self.observe(post)
        return (("picture-hosts", host) for kind, host in seen if kind == "host" and host)

    def sends(self, address: str) -> bool:
        """Return whether fetching an address tells its host a Referer that it should not get."""
        host = host_and_path(address)[0]
        if host:
            return not listed(host, self.exempt)
        return bool(address and self.options.relative and not _img_sources.SCHEME.match(address))

    def words(self, value: str | None, host: str = "") -> str:
        """Return the message, by the value that the attribute has, and the host that may refuse."""
        given = {"value": value, "host": host, "policy": self.policy}
        if value is None:
            message = 'image sends a Referer; add referrerpolicy="{policy}"'
            if host:
                message = (
                    'image sends a Referer, which {host} may refuse; add referrerpolicy="{policy}"'
                )
        else:
            message = 'image with referrerpolicy="{value}" sends a Referer; set it to "{policy}"'
            if host:
                message = (
                    'image with referrerpolicy="{value}" sends a Referer, which {host} may refuse;'
                    ' set it to "{policy}"'
                )
        return msg(message, **given)

    def repair(self, img: etree._Element, post: Post) -> Fix | None:
        """Put the attribute last, or right the value of the one that is there."""
        edits = post.add_attribute(img, "referrerpolicy", self.policy)
        is_new = img.get("referrerpolicy") is None
        message = msg("Add referrerpolicy") if is_new else msg("Correct referrerpolicy")
        return self.make_fix(message, *edits) if edits else None

    def check_markdown(self, post: Post) -> Iterator[Finding]:
        """Images in Markdown whose host is known to refuse."""
        for picture in _markdown_images.pictures(
            post, lambda address: listed(host_and_path(address)[0], self.refusing)
        ):
            if self.is_own(picture.address, post):
                continue
            host = listed(host_and_path(picture.address)[0], self.refusing)
            given = {"host": host, "policy": self.policy}
            if post.drops_html:
                words = msg(
                    "Markdown image sends a Referer, which {host} refuses; set"
                    ' referrerpolicy="{policy}" in the layout',
                    **given,
                )
                yield self.finding(picture.span, words)
                continue
            words = msg(
                "Markdown image sends a Referer, which {host} refuses; write <img …"
                ' referrerpolicy="{policy}">',
                **given,
            )
            edit = (picture.span, picture.as_html(f'referrerpolicy="{self.policy}"'))
            fix = self.make_fix("Write the image as <img>", edit, safety=Safety.UNSAFE)
            yield self.finding(picture.span, words, fix)

    @classmethod
    def observe(cls, post: Post) -> Iterable[Observation]:
        from newslint_rules.images import _inference

        return _inference.observe(post)

    @classmethod
    def infer_options(cls, seen: Observations) -> InferredOptions | None:
        from newslint_rules.images import _inference

        return _inference.infer_options(seen)
