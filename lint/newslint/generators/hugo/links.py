"""Resolve names and URLs in posts of Hugo: pages, resources and static files."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from newslint.generators.hugo.about import Surroundings
from newslint.generators.hugo.configuration import join
from newslint.generators.hugo.content import ContentPath, content_path, is_content, normal
from newslint.generators.hugo.pages import BUILT, Listed, Pages
from newslint.generators.hugo.roles import Plan, Roles
from newslint.generators.site import Answer
from newslint.generators.site.files import SiteFiles

_GENERATED = frozenset(
    {"index.xml", "sitemap.xml", "robots.txt", "404.html", "index.json", "feed.xml", "rss.xml"}
)


class Links:
    """Looks names and addresses up in the site's folders."""

    def __init__(
        self, files: SiteFiles, roles: Roles, plan: Plan, pages: Pages, around: Surroundings
    ) -> None:
        self.files, self.roles, self.plan = files, roles, plan
        self.pages, self.around = pages, around

    # Names: ref and relref

    def page(self, name: str, post: str, language: str = "") -> Answer:
        """Return whether ``ref`` finds a page of this name, seen from a post.

        ``language`` is that of the page, empty for the post's own.
        """
        path = _path_of(name)
        if path in ("", "/"):
            return Answer.YES
        parts = self._parts(post)
        language = language or (parts.language if parts else "")
        found = Answer.NO
        for logical in self._candidates(path, parts):
            found = self._built(self.pages.by_path.get(logical, []), language)
            if found is not Answer.NO:
                return found
            if self._is_section(logical):
                return Answer.YES
        if "/" not in path.rstrip("/"):
            named = self.pages.by_name.get(normal(self._stem(path.rstrip("/"))), [])
            named = [one for one in named if not language or one.parts.language == language]
            if len({one.parts.logical for one in named}) == 1:
                return self._built(named, language)
            if named:
                return Answer.NO  # ambiguous, which ends the build
        if self.around.missing or not self.pages.is_complete:
            return Answer.UNKNOWN
        if path.strip("/").partition("/")[0].lower() in self.around.taxonomies:
            return Answer.UNKNOWN
        return found

    def _candidates(self, path: str, parts: ContentPath | None) -> Iterator[str]:
        """Yield the logical paths that a name may represent, in Hugo's order."""
        if not path.startswith("/") and parts is not None:
            folder = parts.folder if parts.kind != "page" else parts.parent
            yield self._logical(posixpath.join("/", folder, path))
            yield self._logical(posixpath.join("/", parts.folder, path))
        if not path.startswith("."):
            yield self._logical(posixpath.join("/", path))

    def _logical(self, path: str) -> str:
        """Return the logical path of a reference: without suffix, language, index and _index."""
        clean = posixpath.normpath(path)
        found = content_path(clean.lstrip("/"), self.plan.languages, "")
        if found is None:
            found = content_path(f"{clean.lstrip('/')}.md", self.plan.languages, "")
        return found.logical if found is not None else normal(clean)

    def _stem(self, name: str) -> str:
        """Return the name that a reference looks for: without suffix, whatever that is."""
        found = content_path(name, self.plan.languages, "")
        return found.base if found is not None else posixpath.splitext(name)[0]

    def _built(self, listed: list[Listed], language: str) -> Answer:
        return self.pages.is_built(
            listed,
            language,
            drafts=self.around.drafts,
            future=self.around.future,
            expired=self.around.expired,
        )

    def _is_section(self, logical: str) -> bool:
        """Return whether a folder right below the content folder makes a list page by itself."""
        inside = f"{logical}/"
        return logical.count("/") == 1 and any(one.startswith(inside) for one in self.pages.by_path)

    def _parts(self, post: str) -> ContentPath | None:
        found = self.roles.mount_of(post) if post else None
        if found is None or found[0].component != "content":
            return None
        return content_path(found[1], self.plan.languages, found[0].language or self.plan.default)

    # Resources

    def asset(self, name: str, post: str) -> Answer:
        """Return whether the bundle of a post has a resource of this name."""
        parts = self._parts(post)
        if parts is None:
            return Answer.UNKNOWN
        if parts.kind == "page" and not parts.is_leaf:
            return Answer.NO
        path = posixpath.normpath(posixpath.join(posixpath.dirname(post), name))
        return self._has(path, posixpath.dirname(post))

    def _has(self, path: str, folder: str) -> Answer:
        is_inside = path.startswith(f"{folder}/")
        return Answer.YES if is_inside and self.files.exists(path) else Answer.NO

    # Addresses

    def address(self, address: str, post: str, output: str | None) -> Answer:
        """Whether an address finds something, in a post that is written to the file ``output``."""
        path = unquote(address.partition("#")[0].partition("?")[0])
        if not path:
            return Answer.YES
        if path.startswith("/"):
            found = self._absolute(path)
        elif output is None:
            found = Answer.UNKNOWN
        else:
            found = self._served(posixpath.join(posixpath.dirname(output), path), post)
        return Answer.UNKNOWN if found is Answer.NO and self._may_be_else(path) else found

    def _may_be_else(self, path: str) -> bool:
        """Return whether something that is not known may find what the files do not have."""
        if self.around.missing or not self.around.hooks:
            return self.around.missing
        # A hook may look a page up by its logical path.
        return not path.startswith("/") or self.page(path, "") is not Answer.NO

    def _absolute(self, path: str) -> Answer:
        if self.around.several_hosts:
            return Answer.UNKNOWN
        base = self.around.base
        if base and not f"{path}/".startswith(f"/{base}/"):
            return Answer.UNKNOWN  # another site of the host
        return self._served(path.lstrip("/")[len(base) :], "")

    def _served(self, path: str, post: str) -> Answer:
        """Whether the output folder has a file at a path, or an index in the folder of it."""
        is_folder = path.endswith(("/", "/.", "/..")) or path in ("", ".", "..")
        clean = posixpath.normpath(path).lstrip("/") if path else ""
        clean = "" if clean == "." else clean
        if clean.startswith(".."):
            return Answer.NO
        if any(map(self.files.exists, self._sources(clean, is_folder))):
            return Answer.YES
        if post and self._of_own_bundle(clean, post):
            return Answer.YES
        if self._is_generated(clean):
            return Answer.UNKNOWN
        suffix = posixpath.splitext(clean)[1].lower()
        if is_folder or suffix in (".html", ".htm"):
            found = self._page_at(clean, not is_folder)
        else:
            found = self._resource(clean) if suffix else Answer.NO
            found = self._page_at(clean, False) if found is Answer.NO else found
        if found is Answer.NO and self._page_at(f"{clean}.html", True) is Answer.YES:
            # A host such as Netlify shows ``x.html`` at ``/x``, and some at ``/x/``.
            return Answer.UNKNOWN
        return found

    def _sources(self, path: str, is_folder: bool) -> Iterator[str]:
        """Yield the files that would be copied to a path."""
        wanted = join(path, "index.html") if is_folder else path
        for mount in self.plan.mounts:
            if mount.component != "static":
                continue
            below = _below(wanted, mount.target)
            if below is not None:
                yield join(mount.source, below)

    def _of_own_bundle(self, path: str, post: str) -> bool:
        """Return whether a path right below a bundle's page is one of its resources."""
        parts = self._parts(post)
        if parts is None or not (parts.is_leaf or parts.kind != "page"):
            return False
        output = self.pages.output(post)
        below = _below(path, posixpath.dirname(output)) if output else None
        return below is not None and self._is_asset(join(posixpath.dirname(post), below))

    def _is_asset(self, path: str) -> bool:
        # A content file in a bundle is a resource of its page, and written nowhere.
        if is_content(posixpath.basename(path)):
            return False
        return self.files.exists(path) and self.roles.role(path).role not in BUILT

    def _resource(self, path: str) -> Answer:
        """Return whether the content folder has a file that is copied to a path.

        Folders of pages with addresses of their own are not followed: then it is not known.
        """
        for mount in self.plan.mounts:
            below = _below(path, mount.target)
            if mount.component == "content" and below is not None:
                if self._is_asset(join(mount.source, below)):
                    return Answer.YES
            if mount.component == "assets" and below is not None:
                if self.files.exists(join(mount.source, below)):
                    return Answer.UNKNOWN  # where a template publishes it
        return self._moved(path)

    def _moved(self, path: str) -> Answer:
        """Return whether a bundle that is written elsewhere has the file."""
        folder, _, name = path.rpartition("/")
        if is_content(name):
            return Answer.NO
        outputs = self.pages.outputs
        if outputs is None:
            return Answer.UNKNOWN
        page = outputs.get(join(folder, "index.html"))
        return self.asset(name, page) if page else Answer.NO

    def _page_at(self, path: str, has_suffix: bool) -> Answer:
        wanted = path if has_suffix else join(path, "index.html")
        if wanted == "index.html":
            return Answer.YES
        logical = f"/{normal(posixpath.dirname(wanted))}"
        if has_suffix and posixpath.basename(wanted) != "index.html":
            logical = f"/{normal(posixpath.splitext(wanted)[0])}"
        for one in self._near(logical):
            if self.pages.output(one.path) == wanted:
                return self._built([one], "")
        outputs = self.pages.outputs
        if outputs is None:
            return Answer.UNKNOWN
        if wanted in outputs or self._is_section(self._without_language(logical)):
            return Answer.YES
        return Answer.NO

    def _without_language(self, logical: str) -> str:
        first, slash, rest = logical[1:].partition("/")
        return f"/{rest}" if slash and first in self.plan.languages else logical

    def _near(self, logical: str) -> Iterable[Listed]:
        return self.pages.by_path.get(logical, ())

    def _is_generated(self, path: str) -> bool:
        """Return whether a path may be one of those that Hugo makes without a file of content."""
        parts = path.split("/")
        stem, _, suffix = parts[-1].partition(".")
        if parts[-1] in _GENERATED or "page" in parts:
            return True
        if stem == "index" and suffix not in ("", "html", "htm"):
            return True  # another format of a page
        codes = self.plan.languages
        first = parts[1] if parts[0] in codes and len(parts) > 1 else parts[0]
        return first.lower() in self.around.taxonomies or path in codes


def _below(path: str, folder: str) -> str | None:
    """Return a path below a folder; None where it is not in it."""
    if not folder:
        return path
    return path[len(folder) + 1 :] if path.startswith(f"{folder}/") else None


def _path_of(name: str) -> str:
    """Return the path that a reference names: a URL may have a host, a query and a fragment."""
    try:
        parts = urlsplit(name.strip())
    except ValueError:
        return name
    if parts.scheme and not parts.netloc:
        return ""  # mailto:
    return unquote(parts.path) or ("" if parts.netloc == "" else "/")
