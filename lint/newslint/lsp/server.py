"""The server: open documents and published diagnostics."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Generator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, PyglsError
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method

from newslint.config.deciding_files import BASELINES, state_of
from newslint.config.project import Project
from newslint.core.errors import ConfigError, NewslintError
from newslint.core.fault import fault
from newslint.core.language import ENGLISH
from newslint.core.report import FileReport
from newslint.core.version import __version__
from newslint.lsp.archive_values import ArchiveValues, data_of
from newslint.lsp.diagnostics import diagnostics, trouble
from newslint.lsp.documents import Document, file_of
from newslint.lsp.positions import Encoding
from newslint.lsp.workspace import LintedDocument, Workspace
from newslint.runner.baseline import Baseline, load

QUICK = 0.1
"""Seconds of a lint above which the next one is delayed by the same time."""

PATIENCE = 1.0
"""Seconds that a completion waits for the archive to be read."""


class _Protocol(LanguageServerProtocol):
    """The protocol, which leaves the texts to `Document`."""

    def _hand_over(self, method: str, params: object) -> Generator[Any, Any, None]:
        handler = self.fm.features.get(method)
        if handler is not None:
            yield handler, (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(
        self, params: types.DidOpenTextDocumentParams
    ) -> Generator[Any, Any, None]:
        """Handle the notification that a document was opened."""
        yield from self._hand_over(types.TEXT_DOCUMENT_DID_OPEN, params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(
        self, params: types.DidChangeTextDocumentParams
    ) -> Generator[Any, Any, None]:
        """Handle the notification that a document was changed."""
        yield from self._hand_over(types.TEXT_DOCUMENT_DID_CHANGE, params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(
        self, params: types.DidCloseTextDocumentParams
    ) -> Generator[Any, Any, None]:
        """Handle the notification that a document was closed."""
        yield from self._hand_over(types.TEXT_DOCUMENT_DID_CLOSE, params)


class Server(LanguageServer):
    """The language server. ``project`` is the command line's, ``baseline`` the file that hides
    findings; by default the nearest ``newslint-baseline.json`` of the open folder.
    """

    def __init__(self, project: Project, baseline: Path | None = None) -> None:
        super().__init__("newslint", __version__, protocol_cls=_Protocol)
        self.posts = Workspace(project)
        self.language = ENGLISH
        """The language of readers, set by `initialize`."""
        self.documents: dict[str, Document] = {}
        self.known = ArchiveValues()
        self._baseline = baseline
        self._linted: dict[str, tuple[int, LintedDocument]] = {}
        self._waiting: dict[str, asyncio.TimerHandle] = {}
        self._cost: dict[str, float] = {}
        self._baselines: dict[Path, tuple[object, Baseline | None]] = {}
        # Published errors by file.
        self._troubles: dict[str, str] = {}
        self._bad_baselines: dict[str, str] = {}
        self._archive: asyncio.Task[None] | None = None
        self._is_shut_down = self._has_left = False
        # pygls logs tracebacks to standard error; errors are reported to the editor instead.
        logging.getLogger("pygls").setLevel(logging.CRITICAL)

    @property
    def exit_code(self) -> int:
        """The exit code of the protocol: 1 if the editor sends `exit` without `shutdown`."""
        return int(self._has_left and not self._is_shut_down)

    def shut_down(self) -> None:
        """Handle the editor's request to shut down."""
        self._is_shut_down = True

    def leave(self) -> None:
        """Exit, as the editor demands."""
        self._has_left = True

    def report_server_error(self, error: Exception, source: object) -> None:
        """Report an error in handling a message to the editor; the server continues."""
        is_its_own = isinstance(error, (JsonRpcException, PyglsError))
        words = str(error) if is_its_own else self.language.translate(fault(error))
        self._show(f"newslint: {words}")

    def _show(self, message: str) -> None:
        self.window_show_message(types.ShowMessageParams(types.MessageType.Error, message))

    @property
    def encoding(self) -> Encoding:
        """The encoding of columns that client and server agreed on."""
        return self.server_capabilities.position_encoding or types.PositionEncodingKind.Utf16

    def open(self, item: types.TextDocumentItem) -> None:
        """Add a document, and publish its diagnostics."""
        folder = self.posts.folders[0]
        self.documents[item.uri] = Document(item, self.encoding, folder, self.language)
        self.refresh(item.uri)

    def change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Apply a change and publish diagnostics, with a delay if the post takes long."""
        uri = params.text_document.uri
        document = self.documents.get(uri)
        if document is None:
            return
        document.change(params.content_changes, params.text_document.version)
        self._linted.pop(uri, None)
        self._cancel(uri)
        cost = self._cost.get(uri, 0.0)
        if cost <= QUICK:
            self.refresh(uri)
        else:
            loop = asyncio.get_running_loop()
            self._waiting[uri] = loop.call_later(cost, self.refresh, uri)

    def close(self, uri: str) -> None:
        """Remove a document and its diagnostics."""
        self._cancel(uri)
        self.documents.pop(uri, None)
        self._linted.pop(uri, None)
        self._publish(uri, [], None)

    def _cancel(self, uri: str) -> None:
        if (waiting := self._waiting.pop(uri, None)) is not None:
            waiting.cancel()

    def refresh(self, uri: str) -> None:
        """Publish the diagnostics of a document."""
        document = self.documents.get(uri)
        if document is None:
            return
        linted = self.linted(document)
        report = None if linted is None else self.language.report(self.filtered(linted))
        found = diagnostics(report, document.places) if report is not None else []
        self._publish(uri, found, document.version)

    def linted(self, document: Document) -> LintedDocument | None:
        """Return the results of a document's current version; None if it is not a post."""
        known = self._linted.get(document.uri)
        if known is not None and known[0] == document.version:
            return known[1]
        began = perf_counter()
        try:
            linted = self.posts.lint(document)
        except NewslintError as error:
            self._report(error, self._troubles)
            return None
        finally:
            self._cost[document.uri] = perf_counter() - began
        self._withdraw(self._troubles)
        if linted is not None:
            self._linted[document.uri] = document.version, linted
        return linted

    def filtered(self, linted: LintedDocument) -> FileReport:
        """Return a report without the findings in the baseline."""
        baseline = self._baseline_of(linted.found.file)
        if baseline is None:
            return linted.report
        kept = baseline.kept(linted.found.file, linted.report)
        return linted.report._replace(diagnostics=tuple(kept))

    def _baseline_of(self, file: Path) -> Baseline | None:
        path = self._baseline
        if path is None:
            top = self.posts.project(file).folder
            folders = [one for one in file.parents if one.is_relative_to(top)]
            places = (one / name for one in folders for name in BASELINES)
            path = next((one for one in places if os.path.isfile(one)), None)
        if path is None:
            return None
        known = self._baselines.get(path)
        state = state_of(path)
        if known is not None and known[0] == state:
            return known[1]
        baseline = None
        try:
            baseline = load(path)
        except ConfigError as error:
            self._report(error, self._bad_baselines)
        else:
            self._withdraw(self._bad_baselines)
        self._baselines[path] = state, baseline
        return baseline

    def _report(self, error: NewslintError, reported: dict[str, str]) -> None:
        """Report an invalid configuration once, as a diagnostic and as a message."""
        if str(error) in reported:
            return
        path = error.path if isinstance(error, ConfigError) else None
        reported[str(error)] = path.as_uri() if path is not None and path.is_absolute() else ""
        if uri := reported[str(error)]:
            self._publish(uri, [trouble(error, self.language)], None)
        self._show(f"newslint: {error.place}{self.language.translate(error.message)}")

    def _withdraw(self, reported: dict[str, str]) -> None:
        for uri in filter(None, reported.values()):
            self._publish(uri, [], None)
        reported.clear()

    def _publish(self, uri: str, found: list[types.Diagnostic], version: int | None) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))

    def settings_changed(self) -> None:
        """Read the configuration again, and publish the diagnostics of all open documents."""
        self.posts.forget()
        self._linted.clear()
        self._baselines.clear()
        for uri in list(self.documents):
            self.refresh(uri)

    def files_changed(self, changes: Sequence[types.FileEvent]) -> None:
        """Handle files that were created, deleted or changed."""
        for change in changes:
            file = file_of(change.uri)
            is_still_there = change.type == types.FileChangeType.Changed
            if file is not None and self.posts.decides(file, is_still_there=is_still_there):
                self.settings_changed()
                return

    def saved(self, uri: str) -> None:
        """Handle a saved file: a post, or a file that affects other posts."""
        document = self.documents.get(uri)
        file = document.file if document is not None else file_of(uri)
        if file is not None and self.posts.decides(file, is_still_there=True):
            self.settings_changed()
        elif document is not None:
            self._linted.pop(uri, None)
            self.refresh(uri)
            linted = self.linted(document)
            if linted is not None and not linted.report.unreadable:
                self.known.add(document.file, data_of(linted.post))

    async def archive_read(self) -> bool:
        """Return whether the open folders were read for suggestions, after a limited wait."""
        if self._archive is None:
            self._archive = asyncio.create_task(self._read_archive())
        await asyncio.wait([self._archive], timeout=PATIENCE)
        return self._archive.done()

    async def _read_archive(self) -> None:
        for folder in self.posts.folders:
            await self.known.read(self.posts, folder)

    def folders_changed(self, params: types.WorkspaceFoldersChangeEvent) -> None:
        """Handle folders that the editor opened or closed."""
        removed = {file_of(one.uri) for one in params.removed}
        folders = [one for one in self.posts.folders if one not in removed]
        folders += [file for one in params.added if (file := file_of(one.uri)) is not None]
        self.posts.folders = folders or [self.posts.base.folder]
        self._archive = None
        self.settings_changed()
