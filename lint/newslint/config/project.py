"""Find the settings of each file of a run, once for each folder and set of overrides."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, Protocol

from newslint.config.layers import tables_about
from newslint.config.loader import Layer, find_layers, layer_from_file
from newslint.config.settings import Settings, resolve
from newslint.core.errors import NewslintError
from newslint.core.report import Detail
from newslint.generators import Target
from newslint.generators.detect import site as detected_site

if TYPE_CHECKING:
    from newslint.generators.site import Site


class StoreSites(Protocol):
    """The sites of a store."""

    def of(self, steps: str, chosen: Callable[[Target], Target]) -> Site | None:
        """Return the site of a folder, given by its path below the project's URL; None for none.

        ``chosen`` returns the generator with the version that the configuration sets.
        """


class FolderSettings(NamedTuple):
    """The settings shared by the files of a folder; ``varies`` is true if some files may differ."""

    layers: tuple[Layer, ...]
    root: Path
    site: Site | None
    varies: bool
    target: Target | None = None
    """The generator of posts in a store outside of sites: that of the current folder's site."""

    @property
    def key(self) -> object:
        """Equal for folders whose files have the same settings; layers are compared by identity."""
        return tuple(map(id, self.layers)), self.root, id(self.site)


class Project:
    """How settings are found. Can be pickled and sent to another process.

    ``isolated`` reads no configuration file and runs no code of the linted folders; ``file`` is
    used instead of the configuration files found; ``last`` is the command line's layer. ``online``
    enables online rules; ``detail`` selects the contents of reports besides findings.

    ``all_files`` lints all files as posts, also those that the generator does not publish as posts.

    ``given`` are layers that replace those of the files found.

    ``url``, if set, is the store that ``folder`` represents: posts have paths below ``folder``, and
    the configuration of ``folder`` applies to all of them.

    ``within`` are the folders that are linted: symbolic links out of them are not followed.
    """

    def __init__(
        self,
        folder: Path,
        isolated: bool = False,
        file: Path | None = None,
        last: tuple[Layer, ...] = (),
        online: bool = False,
        detail: Detail = Detail.NONE,
        url: str = "",
        all_files: bool = False,
        given: tuple[Layer, ...] | None = None,
    ) -> None:
        self.folder = folder
        self.isolated = isolated
        self.file = file
        self.last = last
        self.online = online
        self.detail = detail
        self.url = url
        self.within: tuple[str, ...] = (str(folder),)
        self._settings: dict[object, Settings] = {}
        self._places: dict[Path, FolderSettings] = {}
        self._uniform: dict[str, Settings] = {}
        self._sites: dict[str, Site] = {}
        self._site_of: dict[str, Site | None] = {}
        self.store_sites: StoreSites | None = None
        """The sites of the store; None for local posts."""
        self.all_files = all_files
        self.given = given

    def at(self, url: str, sites: StoreSites | None = None) -> Project:
        """Return the same project for posts in a store; ``sites`` finds the sites there."""
        return self._with(url=url, _uniform={}, _places={}, _site_of={}, store_sites=sites)

    def _with(self, **changes: object) -> Project:
        """Return a copy with some attributes changed; `copy` takes too long to import."""
        other = object.__new__(Project)
        other.__dict__.update(self.__dict__ | changes)
        return other

    def over(self, paths: Iterable[Path]) -> Project:
        """Return the same project for a run over some paths.

        A named file belongs to the current folder if it is inside, or else to its own folder.
        """
        return self._with(within=tuple(dict.fromkeys(map(self._tree, paths))))

    def _tree(self, path: Path) -> str:
        absolute = os.path.abspath(path)  # noqa: PTH100 - links stay
        if os.path.isdir(absolute):
            return absolute
        is_inside = Path(absolute).is_relative_to(self.folder)
        return str(self.folder) if is_inside else os.path.dirname(absolute)  # noqa: PTH120

    @cached_property
    def _fixed(self) -> tuple[Layer, ...] | None:
        if self.isolated:
            return ()
        if self.given is not None:
            return self.given
        return layer_from_file(self.file) if self.file else None

    def path(self, shown: str) -> Path:
        """Return the absolute path of a file, given the displayed path."""
        if self.url and shown.startswith(self.url):
            return self.folder / shown[len(self.url) + 1 :]
        return self.folder / shown

    def _configured(self, folder: Path) -> tuple[Layer, ...]:
        """Return the layers of the configuration files for the files of a folder."""
        if self._fixed is None:
            return find_layers(self.folder if self.url else folder)
        return self._fixed

    def layers(self, folder: Path) -> tuple[Layer, ...]:
        """Return the layers for a folder's files: the most general first, the command line last."""
        return (*self._configured(folder), *self.last)

    def root(self, folder: Path) -> Path:
        """Return the folder that paths are relative to: the configuration's, else the current one.

        For a folder outside of both (``--config`` names a file elsewhere), it is the folder itself.
        """
        candidates = [*(layer.folder for layer in self._configured(folder)[-1:]), self.folder]
        return next((one for one in candidates if folder.is_relative_to(one)), folder)

    def settings(self, file: Path | str) -> Settings:
        """Return the settings of a file, given by its absolute path.

        Raises ConfigError if a configuration that applies to it is invalid.
        """
        # As text: creating a `Path` for the folder takes longer than most rules.
        text = str(file)
        folder = text[: text.rfind(os.sep) + 1]
        known = self._uniform.get(folder)
        if known is not None:
            return known
        file = Path(file)
        place = self.folder_settings(file.parent)
        tables = tables_about(place.layers, file) if place.varies else ()
        key = (place.key, tables)
        if key not in self._settings:
            path = PurePosixPath(file.relative_to(place.root).as_posix())
            self._settings[key] = resolve(
                place.layers,
                path,
                place.root,
                place.site,
                run_code=not self.isolated,
                detected=place.target,
                site_prefix=self.site_prefix(place.site) if place.site else "",
                online=self.online,
                detail=self.detail,
                all_files=self.all_files,
            )
        if not place.varies:
            self._uniform[folder] = self._settings[key]
        return self._settings[key]

    def folder_settings(self, folder: Path) -> FolderSettings:
        """Return the shared settings of a folder's files. Raises ConfigError as `settings` does."""
        place = self._places.get(folder)
        if place is None:
            place = self._places[folder] = self._placed(folder)
        return place

    def _placed(self, folder: Path) -> FolderSettings:
        if self.url and folder != self.folder:
            # The current folder's configuration, which other machines do not have.
            common = self.folder_settings(self.folder)
            return common._replace(site=None if self.isolated else self.site(folder))
        layers = self.layers(folder)
        varies = any(layer.model.overrides or layer.model.rule for layer in layers)
        site = None if self.isolated else self.site(folder)
        detected = detected_site(folder) if self.url and not self.isolated else None
        target = None if detected is None else detected.target
        return FolderSettings(layers, self.root(folder), site, varies, target)

    def site(self, folder: Path) -> Site | None:
        """Return the site that a folder is in, cached; None if it is in none."""
        if self.url:
            return self._site_in_store(folder)
        detected = detected_site(folder)
        if detected is None:
            return None
        root = str(detected.folder)
        if root not in self._sites:
            version = self._version_of(detected.target, detected.folder)
            self._sites[root] = _read_site(version, root)
        return self._sites[root]

    def site_differs(self) -> bool:
        """Return whether reading the sites again would give a different result."""
        return any(
            _read_site(site.target, root).fingerprint != site.fingerprint
            for root, site in self._sites.items()
        )

    def site_files(self, folder: Path) -> list[Path]:
        """Return the files that a folder's site was read from."""
        site = self.site(folder)
        if site is None:
            return []
        return [*dict.fromkeys(Path(site.root, one.file) for one in site.evidence)]

    def _version_of(self, detected: Target, root: Path) -> Target:
        """Return a site's generator with the version that its root's configuration sets, if any."""
        try:
            layers = self.layers(root)
        except NewslintError:
            return detected  # the error is reported when a file's settings are resolved
        stated = [layer.model.target for layer in layers if layer.model.target]
        chosen = Target.parse(stated[-1]) if stated else detected
        return chosen if chosen.name == detected.name and chosen.version else detected

    def _site_in_store(self, folder: Path) -> Site | None:
        if self.store_sites is None or not folder.is_relative_to(self.folder):
            return None
        steps = folder.relative_to(self.folder).as_posix()
        return self.store_sites.of(steps, lambda target: self._version_of(target, self.folder))

    def site_prefix(self, site: Site) -> str:
        """Return the common prefix of the absolute paths of a site's files (also for a store)."""
        return os.path.join(self.path(site.root) if self.url else site.root, "")  # noqa: PTH118

    def site_of(self, folder: str) -> Site | None:
        """Return the site that decides which files of a folder are posts; None if all are."""
        if self.all_files:
            return None
        if folder not in self._site_of:
            self._site_of[folder] = self.site(Path(folder))
        return self._site_of[folder]

    def __getstate__(self) -> dict[str, object]:
        """Return the state with the sites but without settings, which cannot be pickled.

        For posts in a store, the settings of this machine's files are resolved here and included.
        """
        places = {self.folder: self.folder_settings(self.folder)} if self.url else {}
        return {**self.__dict__, "_settings": {}, "_places": places, "_uniform": {}, "_site_of": {}}


def _read_site(target: Target, root: str) -> Site:
    from newslint.generators.site.files import DiskFiles
    from newslint.generators.sites import read_site

    return read_site(target, root, DiskFiles(root))
