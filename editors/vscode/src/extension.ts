// Starts `newslint server` and leaves everything else to it.

import { commands, type ExtensionContext, window, workspace } from "vscode";
import { LanguageClient, type LanguageClientOptions } from "vscode-languageclient/node";
import { serverCommand } from "./command";

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(
    commands.registerCommand("newslint.restart", restart),
    workspace.onDidChangeConfiguration((event) =>
      event.affectsConfiguration("newslint.path") || event.affectsConfiguration("newslint.arguments")
        ? restart()
        : undefined,
    ),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  const old = client;
  client = undefined;
  await old?.stop();
}

async function restart(): Promise<void> {
  await deactivate().catch(() => undefined);
  await start();
}

async function start(): Promise<void> {
  const settings = workspace.getConfiguration("newslint");
  const folder = workspace.workspaceFolders?.[0]?.uri.fsPath;
  const server = serverCommand(settings.get("path", ""), settings.get("arguments", []), folder);
  const options: LanguageClientOptions = {
    documentSelector: ["markdown", "html"].flatMap((language) => [
      { scheme: "file", language },
      { scheme: "untitled", language },
    ]),
  };
  client = new LanguageClient("newslint", "newslint", { ...server, options: { cwd: folder } }, options);
  try {
    await client.start();
  } catch (error) {
    const how = "Install it with: pip install 'newslint[lsp]', or set newslint.path.";
    void window.showErrorMessage(`newslint does not start (${server.command}): ${error}. ${how}`);
  }
}
