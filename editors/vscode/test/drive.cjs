// Starts the server with the extension's own command, as its client does, and prints what it is
// told of one post as JSON.   node test/drive.cjs FOLDER FILE

const { spawn } = require("node:child_process");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");
const rpc = require("vscode-jsonrpc/node");
const { serverCommand } = require("../out/command.js");

async function main([folder, name]) {
  const { command, args } = serverCommand("", [], folder);
  const server = spawn(command, args, { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
  const connection = rpc.createMessageConnection(
    new rpc.StreamMessageReader(server.stdout),
    new rpc.StreamMessageWriter(server.stdin),
  );
  const told = new Promise((resolve) =>
    connection.onNotification("textDocument/publishDiagnostics", resolve),
  );
  connection.onRequest("client/registerCapability", () => null);
  connection.listen();
  const folders = [{ uri: pathToFileURL(folder).href, name: "site" }];
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: folders[0].uri,
    workspaceFolders: folders,
    capabilities: { general: { positionEncodings: ["utf-16"] } },
  });
  await connection.sendNotification("initialized", {});
  const file = join(folder, name);
  const text = readFileSync(file, "utf8");
  const textDocument = { uri: pathToFileURL(file).href, languageId: "markdown", version: 1, text };
  await connection.sendNotification("textDocument/didOpen", { textDocument });
  console.log(JSON.stringify(await told));
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  connection.dispose();
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
