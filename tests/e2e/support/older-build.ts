import { createHash } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";

const APPS = join(import.meta.dirname, "../../../apps");
const WORKER = "sw.js";
const TEXTS = new Set([".js", ".css", ".html", ".webmanifest"]);
/** As long as real ones, so that nothing can take them for something else. */
const OLDER = { build: "0".repeat(12), outcome: "0".repeat(8) };

/** The apps as a release before this one had them: another build, whose page and files have other names and other hashes. */
export type OlderBuild = { readonly folder: string; readonly build: string; readonly remove: () => Promise<void> };

export async function makeOlderBuild(): Promise<OlderBuild> {
  const folder = await mkdtemp(join(tmpdir(), "holdfast-older-"));
  for (const app of ["terminal", "backoffice"])
    await cp(join(APPS, app, "dist"), join(folder, app, "dist"), { recursive: true });
  await makeOlder(join(folder, "terminal", "dist"));
  return { folder, build: OLDER.build, remove: () => rm(folder, { recursive: true }) };
}

/** Every file that a page loads is called otherwise, names its build, and is in the worker's list under its own hash. */
async function makeOlder(dist: string): Promise<void> {
  const worker = await readFile(join(dist, WORKER), "utf8");
  const [, build = "", outcome = ""] = /\b([0-9a-f]{12})-([0-9a-f]{8})\b/.exec(worker) ?? [];
  const names = await readdir(join(dist, "assets"));
  const renamed = new Map([
    [`${build}-${outcome}`, `${OLDER.build}-${OLDER.outcome}`],
    [build, OLDER.build],
    ...names.map((name): [string, string] => [name, `older-${name}`]),
  ]);
  const hashes = new Map<string, string>();
  for (const file of await filesIn(dist)) {
    const before = await readFile(file);
    const after = TEXTS.has(extname(file)) ? Buffer.from(replaced(before.toString(), renamed)) : before;
    hashes.set(sha256(before), sha256(after));
    await writeFile(file, after);
  }
  for (const name of names) await rename(join(dist, "assets", name), join(dist, "assets", `older-${name}`));
  await writeFile(join(dist, WORKER), replaced(worker, new Map([...renamed, ...hashes])));
}

async function filesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((each) => each.isFile() && each.name !== WORKER)
    .map(({ parentPath, name }) => join(parentPath, name));
}

function replaced(text: string, pairs: ReadonlyMap<string, string>): string {
  const pattern = [...pairs.keys()].map((key) => key.replaceAll(".", "\\.")).join("|");
  return text.replaceAll(new RegExp(pattern, "g"), (key) => pairs.get(key) ?? key);
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
