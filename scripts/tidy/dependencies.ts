import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { tableRows } from "./table.ts";
import type { Checked, Tree } from "./tree.ts";

const LIST = "docs/dependencies.md";

/** Every package that we ship with has its line: its licence, and why it is there. */
export function checkDependencies(tree: Tree): Checked {
  const manifests = tree.files.filter((file) => /^((apps|packages)\/[^/]+\/)?package\.json$/.test(file));
  const used = new Set(manifests.flatMap((file) => Object.keys(manifestOf(tree.text(file)).dependencies ?? {})));
  const shipped = [...used].filter((name) => !name.startsWith("@holdfast/")).sort();
  const rows = new Map(tableRows(tree.text(LIST)).map((row) => [row.Package?.replaceAll("`", "") ?? "", row]));

  const findings = shipped.flatMap((name) => {
    const row = rows.get(name);
    if (row === undefined || !row.Why) return [`${LIST}: ${name} has no line that says why`];
    const licence = licenceOf(tree.root, name);
    return licence === undefined || licence === row.Licence ? [] : [`${LIST}: the licence of ${name} is ${licence}`];
  });
  const gone = [...rows.keys()]
    .filter((name) => !used.has(name))
    .map((name) => `${LIST}: ${name} is not used any more`);
  return { findings: [...findings, ...gone], looked: shipped.length };
}

type Manifest = { readonly dependencies?: Readonly<Record<string, string>>; readonly license?: string };

function manifestOf(text: string): Manifest {
  return JSON.parse(text) as Manifest;
}

function licenceOf(root: string, name: string): string | undefined {
  const file = join(root, "node_modules", name, "package.json");
  return existsSync(file) ? manifestOf(readFileSync(file, "utf8")).license : undefined;
}
