import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkBans } from "./tidy/bans.ts";
import { checkBudgets, figuresOf, RATCHET, tightened } from "./tidy/budgets.ts";
import { checkDependencies } from "./tidy/dependencies.ts";
import { checkFaults } from "./tidy/faults.ts";
import { checkInvariants } from "./tidy/invariants.ts";
import { checkLinks } from "./tidy/links.ts";
import { type Checked, readTree, type Tree } from "./tidy/tree.ts";
import { checkTyped } from "./tidy/typed.ts";
import { checkWords } from "./tidy/words.ts";

type Check = { readonly name: string; readonly run: (tree: Tree) => Checked; readonly looksAtLeast: number };

const CHECKS: readonly Check[] = [
  { name: "glossary words", run: checkWords, looksAtLeast: 40 },
  { name: "budgets", run: checkBudgets, looksAtLeast: 50 },
  { name: "invariants", run: checkInvariants, looksAtLeast: 15 },
  { name: "faults", run: checkFaults, looksAtLeast: 130 },
  { name: "links", run: checkLinks, looksAtLeast: 20 },
  { name: "bans", run: checkBans, looksAtLeast: 100 },
  { name: "dependencies", run: checkDependencies, looksAtLeast: 20 },
  { name: "typed", run: checkTyped, looksAtLeast: 50 },
];

const HELP = `npm run tidy [-- OPTION]

Checks what no other tool does: glossary words, budgets, invariants, faults, links, bans, dependencies, typed files.

  --figures   show the figures that the budgets are about
  --tighten   write the best figures so far to ${RATCHET}`;

const args = process.argv.slice(2);
const tree = readTree(join(import.meta.dirname, ".."));

if (args.includes("--help")) console.log(HELP);
else if (args.includes("--figures")) console.table(figuresOf(tree));
else if (args.includes("--tighten")) {
  writeFileSync(join(tree.root, RATCHET), `${JSON.stringify(tightened(tree), null, 2)}\n`);
} else {
  const problems = CHECKS.flatMap((check) => problemsOf(check));
  if (problems.length > 0) console.log(problems.join("\n"));
  else console.table(figuresOf(tree));
  process.exitCode = problems.length > 0 ? 1 : 0;
}

function problemsOf({ name, run, looksAtLeast }: Check): string[] {
  const { findings, looked } = run(tree);
  if (looked >= looksAtLeast) return findings.map((finding) => `${name}: ${finding}`);
  return [`${name}: looked at ${looked} things only, fewer than ${looksAtLeast}: the check itself is broken`];
}
