"""Whether a URL leads to a file or page of a Hexo site."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, unquote

from newslint.core.lazy import cached_property
from newslint.generators.hexo.extensions import Extensions
from newslint.generators.hexo.options import HexoOptions
from newslint.generators.hexo.posts import HexoPosts
from newslint.generators.site import Answer, Role
from newslint.generators.site.listing import has_path, resolved
from newslint.generators.site.settings import Settings

Output = Callable[[str, Mapping[str, Any]], str | None]

_MARKED = "hexo-renderer-marked"
_MARKDOWN_IT = "hexo-renderer-markdown-it"
_KEPT = ";/?:@&=+$,-_.!~*'()#%"
"""What markdown-it does not encode in an address, beside letters and digits."""
_SAME_SUFFIX = {
    ".css": (".styl", ".stylus", ".less", ".scss", ".sass"),
    ".json": (".yml", ".yaml"),
}
"""Suffixes of files that become one of another suffix."""


class HexoLinks:
    """Resolves the addresses of one site. ``output`` is `HexoSite.output`."""

    def __init__(
        self, options: HexoOptions, extensions: Extensions, posts: HexoPosts, output: Output
    ) -> None:
        self.options = options
        self.extensions = extensions
        self.posts = posts
        self.output = output
        self.listing = posts.listing
        self.prefix = posts.roles.prefix

    def asset(self, name: str, post: str) -> Answer:
        """Return whether a file is in the asset folder of a post."""
        if not self.options.post_asset_folder:
            return Answer.NO
        folder = posixpath.splitext(post)[0]
        path = posixpath.normpath(f"{folder}/{name}")
        hidden = any(part[:1] in ("_", ".") for part in name.split("/"))
        if not path.startswith(f"{folder}/") or hidden or name.endswith(("~", "%")):
            return Answer.NO
        return Answer.YES if self.listing.is_file(path) else self._missing()

    def serves(self, address: str, post: str, *, markdown_image: bool) -> Answer:
        """Return whether an address without host finds something, seen from a post."""
        if not has_path(address):
            return Answer.UNKNOWN
        path = unquote(address.partition("#")[0].partition("?")[0]).replace("\\", "/")
        if not path:
            return Answer.YES
        if markdown_image and not self.options.relative_link:
            return self._markdown_image(address.replace("\\", "/"), path, post)
        return self._html(path, post)

    def _html(self, path: str, post: str) -> Answer:
        """Return whether an address finds something that is printed as it is written."""
        if path.startswith("/"):
            return self._at(path)
        here = self.output(post, self.posts.data(post))
        if here is None:
            return Answer.UNKNOWN
        found = self._at(f"{self.options.root}{posixpath.dirname(here)}/{path}")
        return self._unless_rewritten(found, path)

    def _at(self, path: str) -> Answer:
        """Return whether an address that begins with / finds something."""
        whole = resolved(path)
        root = self.options.root
        if not f"{whole}/".startswith(root):
            return Answer.UNKNOWN  # another site on the same host
        return self._finds(whole[len(root) :])

    def _markdown_image(self, written: str, path: str, post: str) -> Answer:
        """Some renderers put the root, or the folder of the post, before an image's address.

        They look for a file of the post by the address as it is ``written``: ``%20`` is no space.
        """
        prepends, asset = self._image_options
        if not prepends:
            return self._html(path, post)
        if not path.startswith("/") and asset and self._is_asset_of_image(written, post):
            return Answer.YES
        found = self._at(f"{self.options.root}{path}")
        return found if path.startswith("/") else self._unless_rewritten(found, path)

    def _is_asset_of_image(self, written: str, post: str) -> bool:
        """Return whether a renderer finds a file of an asset folder by the address of an image."""
        folder = posixpath.splitext(post)[0]
        names = [written]
        if set(self.extensions.markdown) == {_MARKDOWN_IT}:
            # It encodes the address first, and takes the name of the folder away.
            encoded = quote(written, safe=_KEPT)
            names = [encoded, encoded.removeprefix(f"{posixpath.basename(folder)}/")]
        for name in names:
            path = posixpath.normpath(f"{folder}/{name}")
            is_asset = path.startswith(f"{self.prefix}_posts/") and self.listing.is_file(path)
            if is_asset and self.posts.roles.role(path).role is Role.ASSET:
                return True
        return False

    @cached_property
    def _image_options(self) -> tuple[bool, bool]:
        """Whether the renderer puts the root before, and whether it looks for files of the post."""
        data = Settings(self.options.data)
        renderers = set(self.extensions.markdown) or {_MARKED}
        if renderers == {_MARKED}:
            marked = data.at("marked").data
            usual = self.extensions.prepends_root
            return bool(marked.get("prependRoot", usual)), bool(marked.get("postAsset"))
        if renderers == {_MARKDOWN_IT}:
            images = data.at("markdown").at("images").data
            asset = bool(images.get("post_asset"))
            return asset or bool(images.get("prepend_root")), asset
        return False, False

    def _unless_rewritten(self, found: Answer, path: str) -> Answer:
        """No certain hole where a plug-in rewrites the addresses of images."""
        is_page = posixpath.splitext(path)[1] in ("", *self._page_suffixes)
        if found is Answer.NO and self.extensions.images and not is_page:
            return Answer.UNKNOWN
        return found

    def _finds(self, path: str) -> Answer:
        """Return whether the output folder has a file of that path, or an index page."""
        if path == "" or self._is_source(path) or self._is_page(path):
            return Answer.YES
        if any(f"{path}/".startswith(f"{folder}/") for folder in self.options.folders):
            return Answer.UNKNOWN
        if any(path.startswith(page) for page in self.extensions.pages):
            return Answer.UNKNOWN
        return self._post(path)

    def _is_source(self, path: str) -> bool:
        """Return a file of the source folder or of the theme that is copied."""
        path = path.rstrip("/")
        stem, suffix = posixpath.splitext(path)
        theme = f"{self.extensions.theme}/source/" if self.extensions.theme else None
        for base in (self.prefix, theme):
            if base is None:
                continue
            for one in (path, f"{path}/index.html"):
                if not self.listing.is_file(base + one):
                    continue
                is_asset = self.posts.roles.role(base + one).role is Role.ASSET
                if base == theme or (is_asset and self.output(base + one, {}) == one):
                    return True
            if any(self.listing.with_suffix(base + stem, _SAME_SUFFIX.get(suffix, ()))):
                return True
        return False

    def _is_page(self, path: str) -> bool:
        """Return a page of the source folder, by its place or by the ``permalink`` of its own."""
        stem, suffix = posixpath.splitext(path.rstrip("/"))
        stems = [f"{stem}{suffix}/index", stem if suffix == ".html" else f"{stem}{suffix}"]
        for one in stems:
            for found in self.listing.with_suffix(self.prefix + one, self._page_suffixes):
                data = self.posts.data(found)
                if self.posts.roles.role(found).role is Role.PAGE and not data.get("permalink"):
                    return True
        return False

    @cached_property
    def _page_suffixes(self) -> tuple[str, ...]:
        """Suffixes of files that may be pages."""
        return tuple(one for one, to in self.posts.roles.outputs.items() if to == ".html")

    def _post(self, path: str) -> Answer:
        outputs, pages = self.posts.outputs, self._moved_pages
        whole = path.rstrip("/")
        for candidate in (whole, f"{whole}/index.html", f"{whole}.html"):
            if candidate in outputs or candidate in pages:
                return Answer.YES
        if "" in outputs and self._may_be_unplaced(whole):
            return Answer.UNKNOWN
        if self.options.post_asset_folder:
            folder, name = posixpath.split(whole)
            while folder:
                post = outputs.get(f"{folder}/index.html") or outputs.get(f"{folder}.html")
                if post is not None and self.asset(name, post) is Answer.YES:
                    return Answer.YES
                folder, last = posixpath.split(folder)
                name = f"{last}/{name}"
        return self._missing()

    def _may_be_unplaced(self, path: str) -> bool:
        """Whether a path may be that of a post of which the address is not known, or lie beside."""
        if posixpath.splitext(path)[1] in ("", ".html", ".htm"):
            return True
        if not self.options.post_asset_folder:
            return False
        parts = path.split("/")
        names = ["/".join(parts[at:]) for at in range(len(parts))]
        return self.posts.is_cut or any(
            self.asset(name, post) is Answer.YES for post in self.posts.unplaced for name in names
        )

    @cached_property
    def _moved_pages(self) -> frozenset[str]:
        """The addresses of pages that have a ``permalink`` of their own."""
        found = set()
        for path in self.listing.below(self.prefix.rstrip("/")):
            if self.posts.roles.role(path).role is Role.PAGE:
                data = self.posts.data(path)
                if data.get("permalink"):
                    found.add(self.output(path, data) or "")
        return frozenset(found)

    def _missing(self) -> Answer:
        return Answer.UNKNOWN if self.listing.is_full else Answer.NO
