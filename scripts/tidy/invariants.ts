import { tableRows } from "./table.ts";
import { type Checked, isTest, isTypeScript, type Tree } from "./tree.ts";

const MATRIX = "docs/invariants.md";

/**
 * An invariant that the matrix calls held is named by the code that holds it and by a test that would notice; and code
 * names no invariant that is not in the matrix. In SQL a name begins `inv_07_`.
 */
export function checkInvariants(tree: Tree): Checked {
  const rows = tableRows(tree.text(MATRIX)).filter((row) => /^INV-\d+$/.test(row.Invariant ?? ""));
  const files = tree.files.filter((file) => isTypeScript(file) && !file.startsWith("scripts/tidy/"));
  const named = files.map((file) => ({ file, invariants: invariantsIn(tree.text(file)) }));
  const known = new Set(rows.map((row) => row.Invariant));

  const unknown = named.flatMap(({ file, invariants }) =>
    [...invariants].filter((name) => !known.has(name)).map((name) => `${file}: ${name} is not in ${MATRIX}`),
  );
  const unheld = rows
    .filter(({ State }) => State === "held")
    .flatMap(({ Invariant: name = "" }) => {
      const places = named.filter(({ invariants }) => invariants.has(name));
      const [inCode, inTests] = [places.some(({ file }) => !isTest(file)), places.some(({ file }) => isTest(file))];
      return [
        ...(inCode ? [] : [`${MATRIX}: no code names ${name}`]),
        ...(inTests ? [] : [`${MATRIX}: no test names ${name}`]),
      ];
    });
  const states = rows
    .filter(({ State = "" }) => !["held", "open"].includes(State))
    .map(({ Invariant: name }) => `${MATRIX}: the state of ${name} is neither held nor open`);
  return { findings: [...unknown, ...unheld, ...states], looked: rows.length };
}

function invariantsIn(text: string): Set<string> {
  return new Set(
    [...text.matchAll(/\bINV-(\d{2})\b|\binv_(\d{2})_/g)].map(([, inCode, inSql]) => `INV-${inCode ?? inSql}`),
  );
}
