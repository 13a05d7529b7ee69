"""An editor, as far as a language server knows: a real client over standard input and output."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.client import LanguageClient

WAIT = 30.0
LINE_END = re.compile(r"\r\n|\r|\n")


def position(text: str, offset: int, encoding: str = "utf-16-le", unit: int = 2) -> types.Position:
    """Where an offset is, counted another way than the server does."""
    ends = [match.end() for match in LINE_END.finditer(text) if match.end() <= offset]
    start = ends[-1] if ends else 0
    return types.Position(len(ends), len(text[start:offset].encode(encoding)) // unit)


class Editor:
    """One session. ``folder`` is the open folder; ``texts`` contains the open files as they are."""

    def __init__(
        self,
        folder: Path,
        *arguments: str,
        encodings: list[Any] | None = None,
        locale: str | None = None,
    ) -> None:
        self.folder = folder
        self.arguments = arguments
        self.encodings = encodings
        self.locale = locale
        self.client = LanguageClient("test", "1")
        self.told: dict[str, types.PublishDiagnosticsParams] = {}
        self.messages: list[str] = []
        self.registered: list[types.Registration] = []
        self.versions: dict[str, int] = {}
        self.texts: dict[str, str] = {}
        self._news = asyncio.Condition()

    async def __aenter__(self) -> Editor:
        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        async def _(params: types.PublishDiagnosticsParams) -> None:
            async with self._news:
                self.told[params.uri] = params
                self._news.notify_all()

        @self.client.feature(types.WINDOW_SHOW_MESSAGE)
        def _(params: types.ShowMessageParams) -> None:
            self.messages.append(params.message)

        @self.client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def _(params: types.RegistrationParams) -> None:
            self.registered += params.registrations

        command = [sys.executable, "-m", "newslint", "server", *self.arguments]
        await self.client.start_io(*command, cwd=self.folder)
        uri = self.folder.as_uri()
        watching = types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
        edits = types.WorkspaceEditClientCapabilities(document_changes=True)
        self.initialized = await self.client.initialize_async(
            types.InitializeParams(
                capabilities=types.ClientCapabilities(
                    general=types.GeneralClientCapabilities(position_encodings=self.encodings),
                    workspace=types.WorkspaceClientCapabilities(
                        did_change_watched_files=watching, workspace_edit=edits
                    ),
                ),
                locale=self.locale,
                workspace_folders=[types.WorkspaceFolder(uri, "site")],
            )
        )
        self.client.initialized(types.InitializedParams())
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.wait_for(self.client.shutdown_async(None), WAIT)
        self.client.exit(None)
        await asyncio.wait_for(self.client.stop(), WAIT)

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def item(self, name: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri(name))

    async def open(self, name: str, text: str) -> list[types.Diagnostic]:
        uri = self.uri(name)
        self.versions[name], self.texts[name] = 1, text
        language = "html" if name.endswith("html") else "markdown"
        item = types.TextDocumentItem(uri, language, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return await self.diagnostics(name)

    async def diagnostics(self, name: str) -> list[types.Diagnostic]:
        """What was told of the text as it is now."""
        uri, version = self.uri(name), self.versions[name]

        def is_told() -> bool:
            return uri in self.told and (self.told[uri].version or 0) >= version

        async with self._news:
            await asyncio.wait_for(self._news.wait_for(is_told), WAIT)
        return list(self.told[uri].diagnostics)

    async def until(self, wanted: Any) -> None:
        """Wait until something is so."""
        async with self._news:
            await asyncio.wait_for(self._news.wait_for(wanted), WAIT)

    async def edit(self, name: str, *edits: tuple[int, int, str]) -> list[types.Diagnostic]:
        """Replace what is between two offsets, one edit after the other; the diagnostics."""
        changes: list[types.TextDocumentContentChangeEvent] = []
        for start, end, content in edits:
            text = self.texts[name]
            range_ = types.Range(position(text, start), position(text, end))
            changes.append(types.TextDocumentContentChangePartial(range=range_, text=content))
            self.texts[name] = text[:start] + content + text[end:]
        self.versions[name] += 1
        which = types.VersionedTextDocumentIdentifier(self.versions[name], self.uri(name))
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(which, changes))
        return await self.diagnostics(name)

    def save(self, name: str) -> None:
        which = types.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(which))

    async def actions(
        self, name: str, start: int, end: int, only: list[str] | None = None
    ) -> list[types.CodeAction]:
        text = self.texts[name]
        range_ = types.Range(position(text, start), position(text, end))
        context = types.CodeActionContext([], only=only)
        asked = types.CodeActionParams(self.item(name), range_, context)
        found = await self.client.text_document_code_action_async(asked)
        return [one for one in found or () if isinstance(one, types.CodeAction)]

    async def hover(self, name: str, offset: int) -> str:
        at = position(self.texts[name], offset)
        found = await self.client.text_document_hover_async(types.HoverParams(self.item(name), at))
        return found.contents.value if found else ""

    async def complete(self, name: str, offset: int) -> list[types.CompletionItem]:
        at = position(self.texts[name], offset)
        asked = types.CompletionParams(self.item(name), at)
        found = await self.client.text_document_completion_async(asked)
        return sorted(found.items, key=lambda one: one.sort_text) if found else []

    async def links(self, name: str) -> list[types.DocumentLink]:
        asked = types.DocumentLinkParams(self.item(name))
        return list(await self.client.text_document_document_link_async(asked) or ())


def applied(text: str, edits: list[types.TextEdit]) -> str:
    """A text after edits whose positions are in UTF-16."""
    places = {}
    for offset in range(len(text) + 1):
        at = position(text, offset)
        places.setdefault((at.line, at.character), offset)
    for edit in sorted(edits, key=lambda one: (one.range.start.line, one.range.start.character))[
        ::-1
    ]:
        start, end = (places[one.line, one.character] for one in (edit.range.start, edit.range.end))
        text = text[:start] + edit.new_text + text[end:]
    return text


def edits_of(action: types.CodeAction, uri: str) -> list[types.TextEdit]:
    """The edits that an action makes in one document."""
    (change,) = action.edit.document_changes
    assert change.text_document.uri == uri
    return list(change.edits)
