"""Posts in a store that fsspec supports, such as S3 or SFTP."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar
from urllib.parse import urlencode

from newslint.core.errors import UsageError
from newslint.core.messages import msg
from newslint.core.reader import SMALL, UnreadableError, too_large
from newslint.files.atomic_writer import WriteError
from newslint.files.store_errors import missing, worded, words_for
from newslint.files.urls import scheme_of

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

    from newslint.files.posts import PostFile

T = TypeVar("T")
Kind = Literal["file", "folder"]

TOGETHER = 1_000_000
"""Maximum bytes of a post that is read together with others, which limits a batch's memory."""

S3 = ("s3", "s3a")
REPLACING = (*S3, "memory")
"""Stores that replace objects atomically, so that readers never see a part of one, and whose
objects' other properties newslint can preserve."""

_PACKAGES = {
    "abfs": "adlfs", "az": "adlfs", "gcs": "gcsfs", "gs": "gcsfs", "http": "aiohttp",
    "https": "aiohttp", "s3": "newslint[s3]", "s3a": "newslint[s3]", "sftp": "paramiko",
    "ssh": "paramiko",
}  # fmt: skip
"""The package to install for each kind of URL."""


class Entry(NamedTuple):
    """An entry of a folder in a store."""

    name: str
    kind: Kind


@dataclass(frozen=True)
class Remote:
    """A store. ``folder`` is the local folder that ``url`` represents.

    ``root`` is fsspec's path of the store. A post's displayed path is its URL.
    """

    url: str
    folder: Path
    files: AbstractFileSystem
    root: str
    _read: Mapping[str, bytes | Exception] = field(default_factory=dict, repr=False)
    _names: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    def prefetch(self, batch: Sequence[PostFile]) -> Remote:
        """See `Store`; reads many posts in about the time of one."""
        paths = [self.path(found.shown) for found in batch]
        try:
            read = self.files.cat_ranges(
                paths, [0] * len(paths), [TOGETHER + 1] * len(paths), on_error="return"
            )
        except Exception:  # of any kind; reading the post again reports it
            return self
        return replace(self, _read=dict(zip(paths, read, strict=True)))

    def read(self, found: PostFile, limit: int, linked: Sequence[str] = ()) -> bytes:
        """See `Store`."""
        path = self.path(found.shown)
        data = self._read.get(path)
        if not isinstance(data, bytes) or len(data) > TOGETHER:
            with worded(UnreadableError, "cannot be read: {value}"):
                data = self._read_alone(path, limit)
        if len(data) > limit:
            raise too_large(len(data), limit)
        return data

    def _read_alone(self, path: str, limit: int) -> bytes:
        info = self.files.info(path)
        if info["type"] == "directory":
            raise UnreadableError("is a folder, not a file")
        size = info.get("size")
        if size is not None and size > limit:
            raise too_large(size, limit)
        if size is not None:
            # Small objects are read completely: some stores reject ranges.
            whole: bytes = self.files.cat_file(path)
            return whole
        data: bytes = self.files.cat_file(path, 0, limit + 1)
        return data

    def write(self, found: PostFile, old: bytes, new: bytes) -> None:
        """See `Store`. Other properties of the object are preserved."""
        path = self.path(found.shown)
        with worded(WriteError, "cannot be written: {value}; the object was not changed"):
            kept = self._s3_properties(path) if scheme_of(self.url) in S3 else {}
            if self.files.cat_file(path) != old:
                raise WriteError("was changed during the run; the file was not written")
            self.files.pipe_file(path, new, **kept)

    def _s3_properties(self, path: str) -> dict[str, Any]:
        """Return an S3 object's properties that a write would lose, and its ETag as condition."""
        bucket, _, key = path.partition("/")
        where = {"Bucket": bucket, "Key": key}
        head = self.files.call_s3("head_object", **where)
        kept = {name: head[name] for name in _S3_KEPT if head.get(name)}
        tags = self._s3_answer("get_object_tagging", where).get("TagSet", ())
        if tags:
            kept["Tagging"] = urlencode([(tag["Key"], tag["Value"]) for tag in tags])
        access = self._s3_answer("get_object_acl", where)
        grants: dict[str, list[str]] = {}
        for grant in access.get("Grants", ()):
            grants.setdefault(grant["Permission"], []).append(_grantee(grant["Grantee"]))
        if grants != {"FULL_CONTROL": [_grantee(access.get("Owner", {}))]}:
            kept |= {_S3_GRANTS[name]: ", ".join(whom) for name, whom in grants.items()}
        return {**kept, "IfMatch": head["ETag"]}

    def _s3_answer(self, question: str, where: Mapping[str, str]) -> Mapping[str, Any]:
        """Return S3's response about an object; empty if the store does not support the request."""
        try:
            answer: Mapping[str, Any] = self.files.call_s3(question, **where)
        except PermissionError:
            raise WriteError(
                "cannot be written without losing its permissions and tags; allow"
                " s3:GetObjectAcl and s3:GetObjectTagging. The object was not changed"
            ) from None
        except OSError as error:
            response = getattr(error.__cause__, "response", {})
            if response.get("Error", {}).get("Code") in ("NotImplemented", "MethodNotAllowed"):
                return {}
            raise
        return answer

    def exists(self, file: Path) -> bool:
        """See `Store`; answered from folder listings, since many files of a folder are checked."""
        steps = posixpath.relpath(file.as_posix(), self.folder.as_posix())
        path = posixpath.normpath(posixpath.join(self.root, steps))
        with worded(UsageError, "{url}: {value}", url=self.url):
            if not path.startswith(self.root + "/"):
                return bool(self.files.exists(path))
            folder, _, name = path.rpartition("/")
            return name in self._names_in(folder)

    def _names_in(self, folder: str) -> frozenset[str]:
        """Return the names in a folder; empty if it does not exist."""
        if folder not in self._names:
            above, _, name = folder.rpartition("/")
            if len(self._names) >= _FOLDERS_KNOWN:
                self._names.clear()
            names: frozenset[str] = frozenset()
            if folder == self.root or name in self._names_in(above):
                with suppress(FileNotFoundError):
                    names = frozenset(one.name for one in self._listed(folder))
            self._names[folder] = names
        return self._names[folder]

    def path(self, url: str) -> str:
        """Return fsspec's path for a URL below this store's URL."""
        return self.root + url[len(self.url) :]

    def address(self, file: Path) -> str:
        """Return the URL of a file below the folder that this store's URL represents."""
        steps = file.relative_to(self.folder).as_posix()
        return self.url if steps == "." else f"{self.url}/{steps}"

    def kind(self, url: str) -> Kind:
        """Return whether a URL is a file or a folder. Raises UsageError if it does not exist."""
        with worded(UsageError, "{url}: {value}", url=url):
            try:
                info = self.files.info(self.path(url))
            except FileNotFoundError:
                raise missing(url) from None
        return "folder" if info["type"] == "directory" else "file"

    def entries(self, url: str) -> list[Entry]:
        """Return the entries of a folder, unordered. Raises UsageError if it cannot be listed."""
        with worded(UsageError, "{url}: cannot be listed: {value}", url=url):
            try:
                return [*self._listed(self.path(url))]
            except FileNotFoundError:
                raise missing(url) from None

    def _listed(self, path: str) -> Iterator[Entry]:
        listed = self.files.ls(path, detail=True)
        # fsspec's own cache of listings would grow with the number of posts.
        self.files.invalidate_cache()
        for info in listed:
            name = info["name"][len(path) + 1 :].rstrip("/")
            # Object stores have folders that list themselves, and names with an empty part.
            if name and "/" not in name:
                kind = info["type"]
                if kind == "link":
                    kind = "linked" if self.files.isdir(info["name"]) else "file"
                if kind in ("file", "directory"):
                    yield Entry(name, "file" if kind == "file" else "folder")

    def small(self, url: str) -> bytes:
        """Return the bytes of a file other than a post; see `newslint.core.reader.read_small`."""
        with worded(UnreadableError, "cannot be read: {value}"):
            data = self._read_alone(self.path(url), SMALL)
        if len(data) > SMALL:
            raise too_large(len(data), SMALL, is_post=False)
        return data

    def all_of(self, work: Callable[[str], T], urls: Sequence[str]) -> Iterator[T]:
        """Apply a function to each URL concurrently; yields results in order."""
        if not self.files.async_impl or len(urls) < 2:
            yield from map(work, urls)
            return
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(_LISTED_AT_ONCE) as pool:
            yield from pool.map(work, urls)

    def check_writable(self) -> None:
        """Raise UsageError if the store cannot replace posts atomically."""
        scheme = scheme_of(self.url)
        if scheme not in REPLACING:
            raise UsageError(
                msg(
                    "{url}: fixes are written to S3 only, since {scheme}:// may leave a partial"
                    " post if the connection breaks; --diff shows them as a patch",
                    url=self.url,
                    scheme=scheme,
                )
            )


_FOLDERS_KNOWN = 1_000
"""Maximum number of folders whose listing is cached."""

_LISTED_AT_ONCE = 16
"""Number of folders that are listed concurrently: as many as S3 accepts without throttling."""

_S3_KEPT = (
    "CacheControl",
    "ContentDisposition",
    "ContentEncoding",
    "ContentLanguage",
    "ContentType",
    "Expires",
    "Metadata",
    "SSEKMSKeyId",
    "ServerSideEncryption",
    "StorageClass",
    "WebsiteRedirectLocation",
)
"""Properties that HeadObject returns and PutObject accepts (Amazon S3 API Reference)."""


_S3_GRANTS = {
    "FULL_CONTROL": "GrantFullControl",
    "READ": "GrantRead",
    "READ_ACP": "GrantReadACP",
    "WRITE_ACP": "GrantWriteACP",
}
"""Permissions of an object, and PutObject's parameter for each."""


def _grantee(who: Mapping[str, str]) -> str:
    """Return the grantee of a permission in PutObject's notation."""
    return f'uri="{who["URI"]}"' if "URI" in who else f'id="{who.get("ID", "")}"'


def opened(url: str, folder: Path) -> Remote:
    """Return the store at a URL. Raises UsageError for an unsupported kind of URL."""
    from fsspec.core import url_to_fs

    scheme = scheme_of(url)
    try:
        files, root = url_to_fs(url)
    except ImportError as error:
        package = _PACKAGES.get(scheme)
        if package is None:
            raise UsageError(f"{url}: {error}") from None
        raise UsageError(
            msg(
                "{url}: {scheme}:// needs a package: pip install '{package}'",
                url=url,
                scheme=scheme,
                package=package,
            )
        ) from None
    except Exception as error:  # each store has its own exceptions
        raise UsageError(f"{url}: {words_for(error)}") from None
    return Remote(url, folder, files, root.rstrip("/"))
