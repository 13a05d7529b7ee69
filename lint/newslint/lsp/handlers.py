"""Handlers of the requests and notifications of an editor."""

from __future__ import annotations

import os
from pathlib import Path

from lsprotocol import types

from newslint.config.project import Project
from newslint.core.language import LANGUAGES, VARIABLE, Language, language_of
from newslint.lsp.code_actions import KINDS, Actions
from newslint.lsp.completion import TRIGGERS, completion
from newslint.lsp.document_links import links
from newslint.lsp.documents import Document, file_of
from newslint.lsp.hover import hover
from newslint.lsp.server import Server
from newslint.lsp.workspace import LintedDocument


def make_server(project: Project, baseline: Path | None = None) -> Server:
    """Return a server that begins to communicate with `Server.start_io`."""
    server = Server(project, baseline)
    _handle_lifecycle(server)
    _handle_documents(server)
    _handle_requests(server)
    return server


def _language(locale: str | None) -> Language:
    """Return the language: ``NEWSLINT_LANG``, else the editor's, else the locale's."""
    code = os.environ.get(VARIABLE)
    if code in LANGUAGES or not locale:
        return language_of(code if code in LANGUAGES else None, {**os.environ, VARIABLE: ""})
    return language_of(None, {"LANG": locale})


def _handle_lifecycle(server: Server) -> None:
    """Register the handlers of messages about the start and the end of the server."""

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.language = _language(params.locale)
        folders = [file_of(one.uri) for one in params.workspace_folders or ()]
        if not folders and params.root_uri:
            folders = [file_of(params.root_uri)]
        server.posts.folders = [one for one in folders if one] or server.posts.folders

    @server.feature(types.INITIALIZED)
    def initialized(params: types.InitializedParams) -> None:
        workspace = server.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace else None
        if watching is not None and watching.dynamic_registration:
            server.client_register_capability(_registration())

    @server.feature(types.SHUTDOWN)
    def shutdown(params: None) -> None:
        server.shut_down()

    @server.feature(types.EXIT)
    def leave(params: None) -> None:
        server.leave()


def _handle_documents(server: Server) -> None:
    """Register the handlers of notifications about documents, files and folders."""

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        server.open(params.text_document)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        server.change(params)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: types.DidSaveTextDocumentParams) -> None:
        server.saved(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        server.close(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_watched_files(params: types.DidChangeWatchedFilesParams) -> None:
        server.files_changed(params.changes)

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def did_change_folders(params: types.DidChangeWorkspaceFoldersParams) -> None:
        server.folders_changed(params.event)


def _registration() -> types.RegistrationParams:
    """Return the request to report file changes: any file of a site may affect findings."""
    options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher("**/*")])
    method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    return types.RegistrationParams([types.Registration("newslint-files", method, options)])


def _handle_requests(server: Server) -> None:
    """Register the handlers of requests for code actions, hovers, completions and links."""

    def linted(item: types.TextDocumentIdentifier) -> tuple[Document, LintedDocument] | None:
        document = server.documents.get(item.uri)
        found = server.linted(document) if document is not None else None
        # A post that was not completely checked gets no answers.
        if document is None or found is None or found.report.unreadable:
            return None
        return document, found

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=KINDS)
    )
    def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        if (known := linted(params.text_document)) is None:
            return []
        document, found = known
        versioned = _takes_versions(server.client_capabilities)
        actions = Actions(document, found, server.filtered(found), versioned=versioned)
        return actions.within(params.range, params.context.only)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hovered(params: types.HoverParams) -> types.Hover | None:
        known = linted(params.text_document)
        return hover(*known, params.position) if known else None

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=TRIGGERS)
    )
    async def complete(params: types.CompletionParams) -> types.CompletionList:
        is_done = await server.archive_read()
        known = linted(params.text_document)
        items = completion(*known, server.known, params.position) if known else []
        return types.CompletionList(is_incomplete=not is_done, items=items)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK, types.DocumentLinkOptions())
    def document_link(params: types.DocumentLinkParams) -> list[types.DocumentLink]:
        known = linted(params.text_document)
        return list(links(*known)) if known else []


def _takes_versions(client: types.ClientCapabilities) -> bool:
    edit = client.workspace.workspace_edit if client.workspace else None
    return bool(edit and edit.document_changes)
