// How the server is started. Without VS Code's API, so that a test can start it in the same way.

import { existsSync } from "node:fs";
import { join } from "node:path";

export interface Command {
  command: string;
  args: string[];
}

/** The command that serves an open folder; `path` and `further` are the user's settings. */
export function serverCommand(path: string, further: string[], folder?: string): Command {
  return { command: path || inEnvironment(folder) || "newslint", args: ["server", ...further] };
}

/** The newslint of the folder's own virtual environment. */
function inEnvironment(folder?: string): string | undefined {
  if (folder === undefined) return undefined;
  const inside = process.platform === "win32" ? ["Scripts", "newslint.exe"] : ["bin", "newslint"];
  return [".venv", "venv"].map((name) => join(folder, name, ...inside)).find(existsSync);
}
