import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { checkBans } from "../scripts/tidy/bans.ts";
import { checkBudgets, figuresOf, tightened } from "../scripts/tidy/budgets.ts";
import { checkDependencies } from "../scripts/tidy/dependencies.ts";
import { checkFaults } from "../scripts/tidy/faults.ts";
import { checkInvariants } from "../scripts/tidy/invariants.ts";
import { checkLinks } from "../scripts/tidy/links.ts";
import { readTree, type Tree } from "../scripts/tidy/tree.ts";
import { checkTyped } from "../scripts/tidy/typed.ts";
import { checkWords } from "../scripts/tidy/words.ts";

async function treeOf(files: Readonly<Record<string, string>>): Promise<Tree> {
  const root = await mkdtemp(join(tmpdir(), "holdfast-tidy-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [file, text] of Object.entries({ ".gitignore": "dist/\n*.log\n", ...files })) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
  return readTree(root);
}

test("what git ignores is not looked at", async () => {
  const tree = await treeOf({ "a/dist/b.ts": "", "a/c.log": "", "a/d.ts": "" });
  expect(tree.files.toSorted()).toEqual([".gitignore", "a/d.ts"]);
});

const GLOSSARY =
  "| Term | Means | Don't say |\n|---|---|---|\n| **cart** | | `basket`, order |\n| **till** | | `cash box` |\n";

async function wordsIn(files: Record<string, string>, exceptions = "[]") {
  const tree = await treeOf({
    "docs/glossary.md": GLOSSARY,
    "scripts/tidy/word-exceptions.json": exceptions,
    ...files,
  });
  return checkWords(tree).findings;
}

test.each([
  ["a variable", "packages/domain/src/a.ts", "const oldBasket = 1;", "oldBasket"],
  ["a function, in the plural", "packages/protocol/src/a.ts", "function openBaskets() {}", "openBaskets"],
  ["a property of a type", "packages/domain/src/a.ts", "type A = { readonly cashBox: 1 };", "cashBox"],
  ["a file", "packages/domain/src/basket/a.ts", "", "basket/a"],
  ["a table", "apps/server/src/db/migrations/1.ts", "`CREATE TABLE basket (a uuid)`", "basket"],
  ["a column", "apps/server/src/db/migrations/1.ts", "`CREATE TABLE a (\n  cash_box text NOT NULL\n)`", "cash_box"],
])("a word that the glossary avoids is found in the name of %s", async (_, file, text, identifier) => {
  expect(await wordsIn({ [file]: text })).toEqual([expect.stringContaining(`${file}: ${identifier} says`)]);
});

test("names given by others, words judged by people, and other parts of the tree may say what they like", async () => {
  const free = { "packages/domain/src/a.ts": 'import { basket as cart } from "x"; cart.basket(); const order = 1;' };
  expect(await wordsIn({ ...free, "apps/terminal/src/a.ts": "const basket = 1;" })).toEqual([]);
});

test("an exception needs a reason and a need", async () => {
  const used = { file: "packages/domain/src/a.ts", identifier: "basket", reason: "a standard's word" };
  const files = { "packages/domain/src/a.ts": "const basket = 1;" };
  expect(await wordsIn(files, JSON.stringify([used]))).toEqual([]);
  expect(await wordsIn(files, JSON.stringify([{ ...used, reason: "" }]))).toHaveLength(1);
  expect(await wordsIn({}, JSON.stringify([used]))).toEqual([expect.stringContaining("needs no exception")]);
});

const lines = (count: number) => "x;\n".repeat(count);
const longFunction = (count: number) => `function f() {\n${lines(count - 2)}}\n`;

test.each([
  ["a file of more than 500 lines", { "packages/domain/src/a.ts": lines(501) }, "fileLinesMax is 501"],
  ["a median above 80 lines", { "apps/server/src/a.ts": lines(81) }, "fileLinesMedian is 81"],
  ["a function of 71 lines", { "apps/server/src/a.ts": longFunction(71) }, "functionsTooLong is 1"],
  [
    "a fourth parameter",
    { "apps/server/src/a.ts": "const f = (a, b, c, d) => a;" },
    "functionsWithTooManyParameters is 1",
  ],
  [
    "too little test of the domain",
    { "packages/domain/src/a.ts": lines(10), "packages/domain/src/a.test.ts": lines(14) },
    "domainTestsToSource is 1.4",
  ],
])("the budgets notice %s", async (_, files, finding) => {
  const tree = await treeOf({ "scripts/tidy/ratchet.json": "{}", "packages/sync/src/a.test.ts": "", ...files });
  expect(checkBudgets(tree).findings).toContainEqual(expect.stringContaining(finding));
});

test("a function of 70 lines is within its budget", async () => {
  const tree = await treeOf({ "scripts/tidy/ratchet.json": "{}", "apps/server/src/a.ts": longFunction(70) });
  expect(figuresOf(tree)).toMatchObject({ functionsTooLong: 0, fileLinesMax: 70 });
});

test("the ratchet allows what it holds, no more, and tightens to the best so far", async () => {
  const files = { "apps/server/src/a.ts": longFunction(71), "apps/server/src/b.ts": longFunction(72) };
  const withRatchet = (functionsTooLong: number) =>
    treeOf({
      ...files,
      "scripts/tidy/ratchet.json": JSON.stringify({ functionsTooLong, domainTestsToSource: 0, syncTestsToSource: 0 }),
    });
  expect(checkBudgets(await withRatchet(2)).findings).toEqual([]);
  expect(checkBudgets(await withRatchet(1)).findings).toContainEqual(
    expect.stringContaining("functionsTooLong is 2, beyond 1"),
  );
  expect(tightened(await withRatchet(3))).toMatchObject({ functionsTooLong: 2 });
  expect(tightened(await withRatchet(1))).toMatchObject({ functionsTooLong: 1 });
});

const matrix = (...rows: string[]) => `| Invariant | Claim | State |\n|---|---|---|\n${rows.join("\n")}\n`;

async function invariantsIn(rows: string, files: Record<string, string>) {
  return checkInvariants(await treeOf({ "docs/invariants.md": rows, ...files })).findings;
}

test("an invariant called held is named by code and by a test", async () => {
  const held = matrix("| INV-01 | claim | held |");
  const [code, test] = [{ "apps/server/src/a.ts": "`inv_01_once`" }, { "apps/server/src/a.test.ts": "// INV-01" }];
  expect(await invariantsIn(held, { ...code, ...test })).toEqual([]);
  expect(await invariantsIn(held, code)).toEqual(["docs/invariants.md: no test names INV-01"]);
  expect(await invariantsIn(held, test)).toEqual(["docs/invariants.md: no code names INV-01"]);
});

test("code names no invariant that is not in the matrix, and a state is held or open", async () => {
  const files = { "apps/server/src/a.ts": "// INV-02" };
  expect(await invariantsIn(matrix("| INV-01 | claim | open |"), files)).toEqual([
    "apps/server/src/a.ts: INV-02 is not in docs/invariants.md",
  ]);
  expect(await invariantsIn(matrix("| INV-02 | claim | almost |"), files)).toHaveLength(1);
});

test("a link that leads nowhere is found, and one to a heading that is not there", async () => {
  const tree = await treeOf({
    "docs/a.md":
      "[b](b.md) [c](c.md) [h](b.md#two-words) [no](b.md#three) [out](https://example.org) [up](../src/) `[code](x.md)`",
    "docs/b.md": "# Two words",
    "src/x.ts": "",
  });
  const { findings, looked } = checkLinks(tree);
  expect(findings).toEqual(["docs/a.md: the link to c.md leads nowhere", "docs/a.md: docs/b.md has no heading three"]);
  expect(looked).toBe(5);
});

const joined = (...parts: string[]) => parts.join("");

test.each([
  ["a skipped test", "packages/sync/src/a.test.ts", joined("test.", "skip('x')"), "left out or alone"],
  ["a test alone", "tests/e2e/a.e2e.ts", joined("test.", "only('x')"), "left out or alone"],
  ["a test to do", "packages/sync/src/a.prop.test.ts", joined("test.", "todo('x')"), "left out or alone"],
  ["a path below the temporary folder", "scripts/a.mjs", joined('"/t', 'mp/x"'), "path of one machine"],
  ["a home folder", "docs/a.md", joined("see /ho", "me/anna/x"), "path of one machine"],
  ["root's folder", "apps/server/src/a.ts", joined("'/ro", "ot'"), "path of one machine"],
  ["a registry", "package-lock.json", joined('"resolved": "', 'https://x/a.tgz"'), "registry's host"],
  ["a registry's name", "docs/a.md", joined("https://", "registry.npm", "js.org/a"), "registry's host"],
  ["a number of the tracker", "packages/sync/src/a.ts", joined("/", "/ see #12"), "issue tracker"],
  [
    "the deletion of a database",
    "apps/terminal/src/store/a.ts",
    joined("indexedDB.delete", "Database(name)"),
    "log of a terminal",
  ],
  [
    "the emptying of the log",
    "apps/terminal/src/store/a.ts",
    joined('tx.objectStore("entry")', ".clear()"),
    "log of a terminal",
  ],
  [
    "the emptying of the log through idb",
    "apps/terminal/src/store/a.ts",
    joined("database", '.clear("meta")'),
    "log of a terminal",
  ],
])("the bans find %s", async (_, file, text, what) => {
  const { findings } = checkBans(await treeOf({ [file]: text }));
  expect(findings).toEqual([expect.stringContaining(`${file}:1: `)]);
  expect(findings[0]).toContain(what);
});

test("the bans leave alone what is not meant", async () => {
  const files = {
    "packages/sync/src/a.test.ts": "test.runIf(isRoot)('x'); tests.map((test) => test.name);",
    "apps/terminal/src/store/a.ts": 'cache.clear("chunk"); timers.clear(); deleteDB(CACHE_NAME);',
    "docs/a.md": "`var/tmp`, a colour #123, https://example.org/home/page",
  };
  expect(checkBans(await treeOf(files)).findings).toEqual([]);
});

const list = (...rows: string[]) => `| Package | Licence | Why |\n|---|---|---|\n${rows.join("\n")}\n`;

test("every dependency has its line with its licence, and no line is left over", async () => {
  const findingsOf = async (rows: string) => {
    const files = {
      "package.json": "{}",
      "apps/server/package.json": '{ "dependencies": { "pg": "1", "@holdfast/domain": "1" } }',
      "node_modules/pg/package.json": '{ "license": "MIT" }',
      "docs/dependencies.md": rows,
    };
    return checkDependencies(await treeOf(files)).findings;
  };
  expect(await findingsOf(list("| `pg` | MIT | driver |"))).toEqual([]);
  expect(await findingsOf(list())).toEqual(["docs/dependencies.md: pg has no line that says why"]);
  expect(await findingsOf(list("| `pg` | MIT | |"))).toHaveLength(1);
  expect(await findingsOf(list("| `pg` | ISC | driver |"))).toEqual(["docs/dependencies.md: the licence of pg is MIT"]);
  expect(await findingsOf(list("| `pg` | MIT | driver |", "| `old` | MIT | x |"))).toHaveLength(1);
});

test("a TypeScript file that no project includes is found", async () => {
  const tree = await treeOf({ "a/tsconfig.json": '{ "include": ["src"] }', "a/src/b.ts": "", "a/c.ts": "" });
  expect(checkTyped(tree).findings).toEqual(["a/c.ts: no tsconfig.json includes it"]);
});

test("a fault whose test is not there, or that has neither test nor reason, is found", async () => {
  const rows = [
    "| A01 | Lost | `a/a.test.ts`: “a sale stays” |",
    "| A02 | Lost twice | `a/a.test.ts`: “a sale goes” · `a/b.test.ts`: “a sale stays” |",
    "| A03 | Stolen | cannot happen: nobody is there |",
    "| A04 | Forgotten |  |",
    "| A05 | Seen | one at a time; open: measured only |",
    "| A06 | Held | a pane stays open: nothing is lost |",
  ];
  const tree = await treeOf({ "docs/faults.md": rows.join("\n"), "a/a.test.ts": 'test("a sale stays", () => {});' });
  expect(checkFaults(tree)).toEqual({
    findings: [
      "docs/faults.md: A02 names a test that is not there: a/a.test.ts: a sale goes",
      "docs/faults.md: A02 names a test that is not there: a/b.test.ts: a sale stays",
      "docs/faults.md: A04 names neither a test nor a reason",
      "docs/faults.md: A05 is left open: say what bounds it, and name the test",
    ],
    looked: 6,
  });
});
