// What both starters share. It runs on whatever Node is there, before anything is installed: plain JavaScript, no packages.
import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync, statfsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const NODE_OLDEST = [20, 19];

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const pinnedNode = join(root, "node_modules", ".bin", "node");

const CAUSES = [
  [/ENOSPC|no space left on device/i, "The disk is full: free some space and try again."],
  [/EACCES|EPERM|EROFS/, `A folder or file below ${root} cannot be written by this user.`],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT/,
    "The npm registry cannot be reached. The network is needed this once; afterwards everything works without.",
  ],
];
const OUTPUT_LINES_SHOWN = 25;
const PARENT_POLL_MS = 1000;
const INSTALLED_MB = 700;
const children = new Set();

/** Says what failed and why, and ends. */
export function giveUp(what, output = "") {
  const cause = CAUSES.find(([pattern]) => pattern.test(output));
  const tail = output.trimEnd().split("\n").slice(-OUTPUT_LINES_SHOWN).join("\n");
  console.error([tail, "", what, cause ? cause[1] : ""].join("\n").trim());
  for (const child of children) child.kill();
  process.exit(1);
}

/** Makes sure that the packages of the lock file are there. */
export async function ensureInstalled() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < NODE_OLDEST[0] || (major === NODE_OLDEST[0] && minor < NODE_OLDEST[1])) {
    giveUp(`Holdfast needs Node ${NODE_OLDEST.join(".")} or newer to start; this is ${process.versions.node}.`);
  }
  try {
    accessSync(root, constants.W_OK);
  } catch (error) {
    giveUp("Holdfast keeps packages and data in its own folder.", String(error));
  }
  if (isInstalled()) return;
  if (!existsSync(pinnedNode) && freeMegabytes() < INSTALLED_MB) {
    giveUp(
      `The packages need ${INSTALLED_MB} MB and there are ${freeMegabytes()} MB free: free some space and try again.`,
    );
  }
  console.log("Installing packages (half a minute; only when they changed)");
  await install();
  if (!existsSync(pinnedNode)) {
    giveUp(
      "npm ran no install scripts (`ignore-scripts`), so Node and PostgreSQL are missing. Allow them and try again.",
    );
  }
}

/** npm does not always notice a full disk, and has made room again when it gives up. */
function freeMegabytes() {
  const { bavail, bsize } = statfsSync(root);
  return Math.floor((bavail * bsize) / 2 ** 20);
}

/** Every package of the lock file is installed in its version; what is optional depends on the machine. */
function isInstalled() {
  const installed = packagesOf(join(root, "node_modules", ".package-lock.json"));
  if (!installed || !existsSync(pinnedNode)) return false;
  return Object.entries(packagesOf(join(root, "package-lock.json"))).every(
    ([path, wanted]) => path === "" || (installed[path] ? installed[path].version === wanted.version : wanted.optional),
  );
}

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/**
 * `npm ci` refuses a lock file that lacks optional packages for other platforms, as one written through some registries
 * does. `npm install` takes it; `--no-save` keeps it as it is.
 */
async function install() {
  const flags = ["--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const clean = await run("npm", ["ci", ...flags]);
  if (clean.code === 0) return;
  if (!/EUSAGE|in sync/.test(clean.output)) giveUp("The packages could not be installed.", clean.output);
  const tolerant = await run("npm", ["install", "--no-save", ...flags]);
  if (tolerant.code !== 0) giveUp("The packages could not be installed.", tolerant.output);
}

const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

/** Ctrl-C at a terminal reaches the children by itself; every other stop is passed on, and they decide when they are done. */
for (const [signal, number] of Object.entries(SIGNAL_NUMBERS)) {
  process.on(signal, () => {
    process.exitCode = 128 + number;
    if (signal === "SIGINT" && process.stdin.isTTY) return;
    for (const child of children) child.kill(signal === "SIGHUP" ? "SIGTERM" : signal);
  });
}

/** Runs a program to its end, keeping what it says. */
export async function run(program, args, options = {}) {
  const child = start(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const code = await ended(child).catch((error) => {
    output += error;
    return 1;
  });
  if (process.exitCode) process.exit();
  return { code, output };
}

/** Runs a script of ours on the pinned Node, in our place. */
export async function runPinned(script, args) {
  const stopWithUs = join(root, "scripts", "stop-with-parent.mjs");
  const child = start(pinnedNode, ["--import", stopWithUs, join(root, script), ...args], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  if (process.env.npm_lifecycle_event) stopWithNpm(child);
  const code = await ended(child).catch((error) => giveUp(`${script} could not be started.`, String(error)));
  process.exit(code);
}

/** npm, killed too hard to pass it on, leaves us with another parent. */
function stopWithNpm(child) {
  const npm = process.ppid;
  setInterval(() => process.ppid !== npm && child.kill("SIGTERM"), PARENT_POLL_MS).unref();
}

function start(program, args, options) {
  const child = spawn(program, args, { cwd: root, ...options });
  children.add(child);
  return child;
}

function ended(child) {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      children.delete(child);
      resolve(signal ? 128 + (SIGNAL_NUMBERS[signal] ?? 9) : code);
    });
  });
}
