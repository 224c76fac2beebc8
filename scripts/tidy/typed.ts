import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { type Checked, isTypeScript, type Tree } from "./tree.ts";

/** Every TypeScript file belongs to a project that the types step checks. */
export function checkTyped(tree: Tree): Checked {
  const projects = tree.files.filter(
    (file) => /(^|\/)tsconfig[^/]*\.json$/.test(file) && file !== "tsconfig.base.json",
  );
  const covered = new Set(projects.flatMap((project) => filesOf(tree.root, project)));
  const sources = tree.files.filter(isTypeScript);
  const findings = sources.filter((file) => !covered.has(file)).map((file) => `${file}: no tsconfig.json includes it`);
  return { findings, looked: sources.length };
}

function filesOf(root: string, project: string): string[] {
  const path = join(root, project);
  const { config } = ts.readConfigFile(path, ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config, ts.sys, dirname(path)).fileNames.map((file) => relative(root, file));
}
