// Builds the web apps whose sources changed since the last build.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled, giveUp, pinnedNode, root, run } from "./install.mjs";

const APPS = ["terminal", "backoffice"];
const NOT_SOURCES = new Set(["dist", "node_modules"]);

export async function buildApps() {
  await Promise.all(APPS.map(buildApp));
}

async function buildApp(app) {
  const folder = join(root, "apps", app);
  if (!existsSync(join(folder, "vite.config.ts"))) return;
  const stampFile = join(root, ".cache", "web", `${app}.sha256`);
  const stamp = sourceHash(folder);
  if (existsSync(join(folder, "dist", "index.html")) && textOf(stampFile) === stamp) return;
  console.log(`Building ${app}`);
  const { code, output } = await run(pinnedNode, [join(root, "node_modules/vite/bin/vite.js"), "build"], {
    cwd: folder,
  });
  if (code !== 0) giveUp(`The ${app} could not be built.`, output);
  mkdirSync(join(root, ".cache", "web"), { recursive: true });
  writeFileSync(stampFile, stamp);
}

function sourceHash(folder) {
  const hash = createHash("sha256");
  for (const place of ["package-lock.json", "tsconfig.base.json"]) hash.update(readFileSync(join(root, place)));
  for (const file of [...sourcesIn(folder), ...sourcesIn(join(root, "packages"))]) {
    hash.update(`\0${file}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

function sourcesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !NOT_SOURCES.has(name) && !/\.test\.tsx?$/.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? sourcesIn(path) : [path];
    });
}

function textOf(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv.includes("--help")) {
    console.log(
      "npm run build\n\nBuilds the web apps of the terminal and the back office, where their sources changed.",
    );
  } else {
    await ensureInstalled();
    await buildApps();
  }
}
