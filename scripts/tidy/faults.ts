import type { Checked, Tree } from "./tree.ts";

const FAULTS = "docs/faults.md";

const ROW = /^\| ([A-Z]\d\d) \|[^|]*\|(.*)\|$/;
const NAMED = /`([^`]+\.(?:test|e2e)\.ts)`: “([^”]+)”/g;

/** "Open" by itself says that somebody knows of it, and not what keeps it from happening. */
const OPEN = /(^|[;·] ?)open:/;

/** Every test that the page of faults names exists, and no fault is left open or without a test or a reason. */
export function checkFaults(tree: Tree): Checked {
  const rows = tree
    .text(FAULTS)
    .split("\n")
    .flatMap((line) => {
      const [, fault, held] = ROW.exec(line) ?? [];
      return fault === undefined || held === undefined ? [] : [{ fault, held }];
    });
  const there = new Set(tree.files);
  const findings = rows.flatMap(({ fault, held }) => {
    if (held.trim() === "") return [`${FAULTS}: ${fault} names neither a test nor a reason`];
    if (OPEN.test(held.trim())) return [`${FAULTS}: ${fault} is left open: say what bounds it, and name the test`];
    return [...held.matchAll(NAMED)].flatMap(([, file = "", title = ""]) =>
      there.has(file) && tree.text(file).includes(title)
        ? []
        : [`${FAULTS}: ${fault} names a test that is not there: ${file}: ${title}`],
    );
  });
  return { findings, looked: rows.length };
}
