import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { globSync } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";

vi.setConfig({ testTimeout: 60_000 }); // a busy machine is not a failure

const ROOT = join(import.meta.dirname, "..");
const LOCK = JSON.stringify({
  packages: { "": {}, "node_modules/a": { version: "1.0.0" }, "node_modules/b": { version: "2.0.0", optional: true } },
});
const INSTALLED = JSON.stringify({ packages: { "node_modules/a": { version: "1.0.0" } } });

/** Stands in for npm: notes how it was called, does what each call is told to, and touches the lock unless forbidden to. */
const NPM = `#!/bin/sh
echo "$*" >> "$CLONE/npm-calls"
if [ "$1" = ci ] && [ -n "$CI_SAYS" ]; then echo "$CI_SAYS" >&2; exit 1; fi
case "$*" in ci*|*--no-save*) ;; *) echo changed > "$CLONE/package-lock.json" ;; esac
if [ "$1" = install ] && [ -n "$INSTALL_SAYS" ]; then echo "$INSTALL_SAYS" >&2; exit 1; fi
mkdir -p "$CLONE/node_modules/.bin"
cp "$CLONE/installed.json" "$CLONE/node_modules/.package-lock.json"
[ -n "$NO_SCRIPTS" ] || ln -sf "$NODE" "$CLONE/node_modules/.bin/node"
`;

const SERVER = `
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {
  require("node:fs").writeFileSync(process.env.CLONE + "/stopped", signal);
  process.exit(0);
});
console.log("up", process.argv.slice(2).join(" "));
process.exitCode = process.argv.includes("--fail") ? 3 : 0;
if (process.argv.includes("--stay")) setInterval(() => undefined, 60_000);
`;

async function clone(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "holdfast-starter-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const script of globSync("scripts/*.mjs", { cwd: ROOT })) await cp(join(ROOT, script), join(folder, script));
  const files = {
    "package-lock.json": LOCK,
    "installed.json": INSTALLED,
    "package.json": '{ "type": "commonjs" }',
    "bin/npm": NPM,
    "apps/server/src/main.ts": SERVER,
  };
  for (const [file, text] of Object.entries(files)) await put(folder, file, text);
  await chmod(join(folder, "bin/npm"), 0o755);
  return folder;
}

async function put(folder: string, file: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), text);
}

async function installedClone(): Promise<string> {
  const folder = await clone();
  await mkdir(join(folder, "node_modules", ".bin"), { recursive: true });
  await writeFile(join(folder, "node_modules", ".package-lock.json"), INSTALLED);
  await symlink(process.execPath, join(folder, "node_modules", ".bin", "node"));
  return folder;
}

type Start = {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeArgs?: readonly string[];
};

function start(folder: string, { args = [], env = {}, nodeArgs = [] }: Start = {}): ChildProcess {
  const child = spawn(process.execPath, [...nodeArgs, join(folder, "scripts", "start.mjs"), ...args], {
    env: { PATH: `${join(folder, "bin")}:${process.env.PATH}`, CLONE: folder, NODE: process.execPath, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return child;
}

async function outcome(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      said += chunk;
    });
  }
  const [code] = await once(child, "close");
  return { code, said };
}

async function npmCalls(folder: string): Promise<string[]> {
  const calls = await readFile(join(folder, "npm-calls"), "utf8").catch(() => "");
  return calls
    .split("\n")
    .filter(Boolean)
    .map((call) => call.split(" ").slice(0, 2).join(" ").replace(" --include=dev", ""));
}

async function untilWritten(file: string): Promise<string> {
  for (;;) {
    const text = await readFile(file, "utf8").catch(() => "");
    if (text !== "") return text;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe("a first start", () => {
  test("installs with npm ci, then runs the server with the options given", async () => {
    const folder = await clone();
    const { code, said } = await outcome(start(folder, { args: ["--port", "5000"] }));
    expect(said).toContain("up --port 5000");
    expect(code).toBe(0);
    expect(await npmCalls(folder)).toEqual(["ci"]);
  });

  test("uses npm install where npm ci refuses the lock, and leaves the lock as it is", async () => {
    const folder = await clone();
    const { said } = await outcome(start(folder, { env: { CI_SAYS: "npm error code EUSAGE" } }));
    expect(said).toContain("up");
    expect(await npmCalls(folder)).toEqual(["ci", "install --no-save"]);
    expect(await readFile(join(folder, "package-lock.json"), "utf8")).toBe(LOCK);
  });

  test.each([
    ["no network", "npm error code ENOTFOUND", "The npm registry cannot be reached"],
    ["a full disk", "npm error code ENOSPC", "The disk is full"],
    ["a folder that is not ours", "npm error code EACCES", "cannot be written by this user"],
    ["anything else", "npm error code E404", "The packages could not be installed"],
  ])("says so when it meets %s", async (_, npmSays, message) => {
    for (const env of [{ CI_SAYS: npmSays }, { CI_SAYS: "EUSAGE", INSTALL_SAYS: npmSays }]) {
      const { code, said } = await outcome(start(await clone(), { env }));
      expect(said).toContain(message);
      expect(said).toContain(npmSays);
      expect(code).toBe(1);
    }
  });

  test("says so when npm may not run install scripts", async () => {
    const { code, said } = await outcome(start(await clone(), { env: { NO_SCRIPTS: "1" } }));
    expect(said).toContain("npm ran no install scripts");
    expect(code).toBe(1);
  });

  test("says which Node it needs", async () => {
    const old = "Object.defineProperty(process.versions,'node',{value:'20.18.3'})";
    const folder = await clone();
    const { code, said } = await outcome(start(folder, { nodeArgs: ["--import", `data:text/javascript,${old}`] }));
    expect(said).toContain("Holdfast needs Node 20.19 or newer to start; this is 20.18.3.");
    expect(code).toBe(1);
    expect(await npmCalls(folder)).toEqual([]);
  });
});

describe("a later start", () => {
  test("installs nothing", async () => {
    const folder = await installedClone();
    expect((await outcome(start(folder))).said).toContain("up");
    expect(await npmCalls(folder)).toEqual([]);
  });

  test("installs again when the lock names another version", async () => {
    const folder = await installedClone();
    await writeFile(join(folder, "package-lock.json"), LOCK.replace("1.0.0", "1.0.1"));
    await outcome(start(folder));
    expect(await npmCalls(folder)).toEqual(["ci"]);
  });

  test("ends as the server ends", async () => {
    expect((await outcome(start(await installedClone(), { args: ["--fail"] }))).code).toBe(3);
  });
});

describe("the web apps", () => {
  const VITE = `
    const fs = require("node:fs");
    if (fs.existsSync("broken")) { console.error("a type is missing"); process.exit(1); }
    fs.mkdirSync("dist", { recursive: true });
    fs.writeFileSync("dist/index.html", "");
    fs.appendFileSync("../../builds", require("node:path").basename(process.cwd()) + " ");`;

  async function withTerminal(): Promise<string> {
    const folder = await installedClone();
    const files = {
      "tsconfig.base.json": "{}",
      "apps/terminal/vite.config.ts": "",
      "apps/terminal/src/main.tsx": "",
      "packages/ui/src/button.tsx": "",
      "node_modules/vite/bin/vite.js": VITE,
    };
    await Promise.all(Object.entries(files).map(([file, text]) => put(folder, file, text)));
    return folder;
  }

  async function buildsAfter(folder: string, file?: string): Promise<string> {
    if (file !== undefined) await put(folder, file, "changed");
    expect((await outcome(start(folder))).code).toBe(0);
    return await readFile(join(folder, "builds"), "utf8");
  }

  test("are built when they or a package changed, and else not", async () => {
    const folder = await withTerminal();
    expect(await buildsAfter(folder)).toBe("terminal ");
    expect(await buildsAfter(folder)).toBe("terminal ");
    expect(await buildsAfter(folder, "packages/ui/src/button.test.tsx")).toBe("terminal ");
    expect(await buildsAfter(folder, "packages/ui/src/button.tsx")).toBe("terminal terminal ");
    expect(await buildsAfter(folder, "apps/terminal/src/main.tsx")).toBe("terminal terminal terminal ");
    expect(await buildsAfter(folder, "apps/server/src/other.ts")).toBe("terminal terminal terminal ");
  });

  test("that cannot be built stop the start, with the reason", async () => {
    const folder = await withTerminal();
    await put(folder, "apps/terminal/broken", "");
    const { code, said } = await outcome(start(folder));
    expect(said).toMatch(/a type is missing\s+The terminal could not be built/);
    expect(said).not.toContain("up");
    expect(code).toBe(1);
  });
});

describe("a stop", () => {
  async function running(): Promise<{ folder: string; starter: ChildProcess }> {
    const folder = await installedClone();
    const starter = start(folder, { args: ["--stay"] });
    if (starter.stdout !== null) await once(starter.stdout, "data");
    return { folder, starter };
  }

  test.each(["SIGINT", "SIGTERM"] as const)("by %s is passed on to the server, which is waited for", async (signal) => {
    const { folder, starter } = await running();
    starter.kill(signal);
    const [code] = await once(starter, "close");
    expect(await readFile(join(folder, "stopped"), "utf8")).toBe(signal);
    expect(code).toBe(0);
  });

  test("of npm by SIGKILL stops the server as well", async () => {
    const folder = await installedClone();
    const npm = spawn("sh", ["-c", `"${process.execPath}" scripts/start.mjs --stay; :`], {
      cwd: folder,
      env: { PATH: process.env.PATH, CLONE: folder, npm_lifecycle_event: "start" },
      stdio: ["ignore", "pipe", "ignore"],
    });
    await once(npm.stdout, "data");
    npm.kill("SIGKILL");
    expect(await untilWritten(join(folder, "stopped"))).toBe("SIGTERM");
  });

  test("by SIGKILL stops the server as well", async () => {
    const { folder, starter } = await running();
    starter.kill("SIGKILL");
    expect(await untilWritten(join(folder, "stopped"))).toBe("SIGTERM");
  });
});

test("npm leaves the lock file as it is", async () => {
  const folder = await mkdtemp(join(tmpdir(), "holdfast-lock-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const file of globSync(["package.json", "package-lock.json", "{apps,packages}/*/package.json"], { cwd: ROOT })) {
    await cp(join(ROOT, file), join(folder, file));
  }
  const npm = spawn("npm", ["install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--offline"], {
    cwd: folder,
    stdio: "ignore",
  });
  await once(npm, "close");
  expect(await readFile(join(folder, "package-lock.json"), "utf8")).toBe(
    await readFile(join(ROOT, "package-lock.json"), "utf8"),
  );
});
