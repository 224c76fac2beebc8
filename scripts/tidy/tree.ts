import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A source tree as a stranger would get it: what is ignored by git is left out. Paths are relative, with slashes. */
export type Tree = {
  readonly files: readonly string[];
  text(file: string): string;
  readonly root: string;
};

/** What a check found wrong, and how much it looked at: a check that looked at nothing has not passed. */
export type Checked = { readonly findings: readonly string[]; readonly looked: number };

export function readTree(root: string): Tree {
  const ignored = readFileSync(join(root, ".gitignore"), "utf8").split("\n").filter(Boolean);
  const folders = new Set([".git", ...ignored.filter((line) => line.endsWith("/")).map((line) => line.slice(0, -1))]);
  const endings = ignored.filter((line) => line.startsWith("*")).map((line) => line.slice(1));
  const texts = new Map<string, string>();
  return {
    root,
    files: filesBelow(root, "", { folders, endings }),
    text(file) {
      const text = texts.get(file) ?? readFileSync(join(root, file), "utf8");
      texts.set(file, text);
      return text;
    },
  };
}

type Ignored = { readonly folders: ReadonlySet<string>; readonly endings: readonly string[] };

function filesBelow(root: string, folder: string, ignored: Ignored): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ignored.folders.has(entry.name) ? [] : filesBelow(root, path, ignored);
    return entry.isFile() && !ignored.endings.some((ending) => path.endsWith(ending)) ? [path] : [];
  });
}

export function isTest(file: string): boolean {
  return /\.(test|e2e|fixture)\.tsx?$/.test(file) || file.startsWith("tests/") || file.includes("/src/testing/");
}

export function isTypeScript(file: string): boolean {
  return /\.tsx?$/.test(file) && !file.endsWith(".d.ts");
}
