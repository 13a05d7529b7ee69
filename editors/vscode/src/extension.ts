// Starts `newslint server`, shows whether it runs, and leaves everything else to it.

import {
  commands,
  type ExtensionContext,
  languages,
  type LanguageStatusItem,
  LanguageStatusSeverity,
  type OutputChannel,
  window,
  workspace,
} from "vscode";
import { LanguageClient, type LanguageClientOptions, State } from "vscode-languageclient/node";
import { serverCommand } from "./command";

const LANGUAGES = ["markdown", "html"];
const SELECTOR = LANGUAGES.flatMap((language) => [
  { scheme: "file", language },
  { scheme: "untitled", language },
]);
let client: LanguageClient | undefined;
let status: LanguageStatusItem;

export async function activate(context: ExtensionContext): Promise<void> {
  status = languages.createLanguageStatusItem("newslint.status", SELECTOR);
  status.name = "newslint";
  status.command = { command: "newslint.restart", title: "Restart" };
  const output = window.createOutputChannel("newslint");
  context.subscriptions.push(
    status,
    output,
    commands.registerCommand("newslint.restart", () => restart(output)),
    commands.registerCommand("newslint.showOutput", () => output.show()),
    workspace.onDidChangeConfiguration((event) =>
      event.affectsConfiguration("newslint.path") || event.affectsConfiguration("newslint.arguments")
        ? restart(output)
        : undefined,
    ),
  );
  await start(output);
}

export async function deactivate(): Promise<void> {
  const old = client;
  client = undefined;
  await old?.stop();
}



async function restart(output: OutputChannel): Promise<void> {
  await deactivate().catch(() => undefined);
  await start(output);
}

async function start(output: OutputChannel): Promise<void> {
  const settings = workspace.getConfiguration("newslint");
  const folder = workspace.workspaceFolders?.[0]?.uri.fsPath;
  const server = serverCommand(settings.get("path", ""), settings.get("arguments", []), folder);
  const options: LanguageClientOptions = { documentSelector: SELECTOR, outputChannel: output };
  const started = new LanguageClient("newslint", "newslint", { ...server, options: { cwd: folder } }, options);
  client = started;
  started.onDidChangeState(({ newState }) => {
    if (client === started || newState !== State.Stopped) show(newState, started);
  });
  try {
    await started.start();
    show(State.Running, started);
  } catch (error) {
    const how = "Install it with: pip install 'newslint[lsp]', or set newslint.path.";
    show(State.Stopped, started, `newslint does not start (${server.command})`);
    void window.showErrorMessage(`newslint does not start (${server.command}): ${error}. ${how}`);
  }
}

function show(state: State, of: LanguageClient, problem = "newslint is not running"): void {
  status.busy = state === State.Starting;
  status.severity = state === State.Stopped ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
  const version = of.initializeResult?.serverInfo?.version ?? "";
  status.text = state === State.Running ? `newslint ${version}`.trim() : state === State.Starting ? "newslint" : problem;
  status.detail = state === State.Running ? "running" : state === State.Starting ? "starting" : "see the output";
}
