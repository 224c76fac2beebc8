import { existsSync } from "node:fs";
import { buildApps } from "./build.mjs";
import { ensureInstalled, pinnedNode, runPinned } from "./install.mjs";

const SERVER = "apps/server/src/main.ts";
const args = process.argv.slice(2);

if (args.includes("--help")) {
  console.log(`npm start [-- OPTIONS]

Installs what is missing, builds the web apps if they changed, and starts the server with its database.
Ctrl-C stops everything. OPTIONS go to the server:
`);
  if (existsSync(pinnedNode)) await runPinned(SERVER, ["--help"]);
  else console.log("  (they are shown here once the packages are installed: npm install)");
} else {
  await ensureInstalled();
  await buildApps();
  await runPinned(SERVER, args);
}
