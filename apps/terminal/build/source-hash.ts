import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

const HASH_CHARS = 12;

/** A name for what this build is made of: the same sources and packages give the same name on any machine. */
export function sourceHash(app: string): string {
  const root = join(app, "../..");
  const packages = ["domain", "protocol", "sync", "ui"].map((name) => join(root, "packages", name, "src"));
  const files = [join(app, "src"), join(app, "build"), ...packages].flatMap(filesIn);
  const hash = createHash("sha256");
  for (const file of [
    ...files,
    join(app, "index.html"),
    join(app, "vite.config.ts"),
    join(root, "package-lock.json"),
  ]) {
    hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, HASH_CHARS);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}
