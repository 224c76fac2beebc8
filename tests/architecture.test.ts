import { globSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cruise, type ICruiseResult, type IForbiddenRuleType } from "dependency-cruiser";
import { describe, expect, onTestFinished, test, vi } from "vitest";

vi.setConfig({ testTimeout: 60_000 }); // a busy machine is not a failure

const ROOT = join(import.meta.dirname, "..");
const SOURCES = ["packages/*/src/**/*.{ts,tsx}", "apps/*/src/**/*.{ts,tsx}"];

/** A test may know more than what it tests. */
const TEST = String.raw`\.(test|fixture)\.tsx?$|/src/testing/`;

/** A concept of the domain imports only from rungs above its own. */
const LADDER = [
  ["kernel"],
  ["money"],
  ["party", "staff"],
  ["tax", "tender", "ledger"],
  ["catalog"],
  ["pricing", "stock"],
  ["cart"],
  ["sale"],
  ["till"],
  ["posting", "receipt"],
] as const;

/** Folders of the server that every slice stands on, and those that put slices together. */
const FOUNDATIONS = "http|db|sync|feed|inbox|testing";
const COMPOSITIONS = "http|sync|feed|seed|testing";

type Rule = IForbiddenRuleType & {
  readonly name: string;
  /** A file that breaks the rule, and what it imports to do so. */
  readonly planted: { readonly file: string; readonly imports: string };
};

function rule(name: string, from: string, to: string, planted: Rule["planted"], more: { pathNot?: string } = {}): Rule {
  return { name, severity: "error", from: { path: from, pathNot: TEST }, to: { path: to, ...more }, planted };
}

const RULES: readonly Rule[] = [
  rule(
    "the domain depends on nothing",
    "^packages/domain/src/",
    ".",
    {
      file: "packages/domain/src/money/planted.ts",
      imports: "node:fs",
    },
    { pathNot: "^packages/domain/src/" },
  ),
  rule("protocol stands on the domain", "^packages/protocol/", "^(packages/(sync|ui)|apps)/", {
    file: "packages/protocol/src/planted.ts",
    imports: "@holdfast/sync/planted-target",
  }),
  rule("sync stands on protocol and domain", "^packages/sync/", "^(packages/ui|apps)/", {
    file: "packages/sync/src/planted.ts",
    imports: "@holdfast/ui/planted-target",
  }),
  rule("ui stands on the domain", "^packages/ui/", "^(packages/(sync|protocol)|apps)/", {
    file: "packages/ui/src/planted.ts",
    imports: "@holdfast/protocol/planted-target",
  }),
  rule(
    "no app imports an app",
    "^apps/([^/]+)/",
    "^apps/",
    {
      file: "apps/terminal/src/planted.ts",
      imports: "../../backoffice/src/planted-target.ts",
    },
    { pathNot: "^apps/$1/" },
  ),
  rule("the back office is online only", "^apps/backoffice/", "^packages/sync/", {
    file: "apps/backoffice/src/planted.ts",
    imports: "@holdfast/sync/planted-target",
  }),
  rule("the server has no screens", "^apps/(server|hub)/", "^packages/ui/", {
    file: "apps/server/src/planted.ts",
    imports: "@holdfast/ui/planted-target",
  }),
  rule(
    "a slice of the server imports no other slice",
    `^apps/server/src/(?!(?:${COMPOSITIONS})/)([^/]+)/`,
    "^apps/server/src/[^/]+/",
    {
      file: "apps/server/src/sale/planted.ts",
      imports: "../stock/planted-target.ts",
    },
    { pathNot: `^apps/server/src/($1|${FOUNDATIONS})/` },
  ),
  rule("the database layer knows no slice", "^apps/server/src/db/", "^apps/server/src/(?!db/)[^/]+/", {
    file: "apps/server/src/db/planted.ts",
    imports: "../stock/planted-target.ts",
  }),
  rule(
    "a screen imports no other screen",
    "^apps/[^/]+/src/screens/([^/]+)/",
    "^apps/[^/]+/src/screens/",
    {
      file: "apps/terminal/src/screens/sell/planted.tsx",
      imports: "../pay/planted-target.tsx",
    },
    { pathNot: "^apps/[^/]+/src/screens/$1/" },
  ),
  rule("only posting imports the ledger", "^packages/domain/src/(?!posting/|ledger/)", "^packages/domain/src/ledger/", {
    file: "packages/domain/src/receipt/planted.ts",
    imports: "../ledger/planted-target.ts",
  }),
  rule("production code imports no test world", ".", "^(packages|apps)/[^/]+/src/testing/|\\.test\\.tsx?$", {
    file: "apps/server/src/stock/planted.ts",
    imports: "../testing/planted-target.ts",
  }),
  ...LADDER.slice(0, -1).map((rung, index) => ladderRule(rung, LADDER.slice(index + 1).flat())),
  ladderRule(["posting"], ["receipt"]),
  {
    name: "every import resolves",
    severity: "error",
    from: {},
    to: { couldNotResolve: true },
    planted: { file: "packages/sync/src/planted-lost.ts", imports: "./nowhere.ts" },
  },
  {
    name: "no import goes in a circle",
    severity: "error",
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    planted: { file: "packages/sync/src/planted-circle.ts", imports: "./planted-circle-target.ts" },
  },
];

/** Concepts on one rung do not know each other either. */
function ladderRule(rung: readonly string[], below: readonly string[]): Rule {
  const [concept] = rung;
  const others = [...rung.slice(1), ...below].join("|");
  return {
    ...rule(
      `${rung.join(", ")}: imports come from higher rungs of the ladder`,
      `^packages/domain/src/(${rung.join("|")})/`,
      `^packages/domain/src/(${[...rung, ...below].join("|")})/`,
      {
        file: `packages/domain/src/${concept}/planted-ladder.ts`,
        imports: `../${others.split("|")[0]}/planted-target.ts`,
      },
      { pathNot: "^packages/domain/src/$1/" },
    ),
  };
}

async function cruiseTree(root: string): Promise<ICruiseResult> {
  const files = globSync(SOURCES, { cwd: root });
  const { output } = await cruise(files, {
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: RULES.map(({ planted: _, ...forbidden }) => forbidden) },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
      extensions: [".ts", ".tsx", ".js", ".json"],
    },
  });
  if (typeof output === "string") throw new Error(output);
  return output;
}

function violationsIn(result: ICruiseResult): string[] {
  return result.summary.violations.map(({ rule: { name }, from, to }) => `${name}: ${from} → ${to}`);
}

describe("import directions", () => {
  test("every source file is looked at and none breaks a rule", async () => {
    const result = await cruiseTree(ROOT);
    const sources = globSync(SOURCES, { cwd: ROOT });
    const cruised = new Set(result.modules.map(({ source }) => source));
    expect(sources.length).toBeGreaterThan(40);
    expect(sources.filter((file) => !cruised.has(file))).toEqual([]);
    expect(violationsIn(result)).toEqual([]);
  });

  test("a breach of each rule is found", async () => {
    const tree = await copyOfTree();
    for (const { planted } of RULES) await plant(tree, planted);
    await plant(tree, { file: "packages/sync/src/planted-circle-target.ts", imports: "./planted-circle.ts" });
    const found = violationsIn(await cruiseTree(tree));
    const isFound = ({ name, planted }: Rule) =>
      found.some((line) => line.startsWith(`${name}: ${stem(planted.file)}`));
    const missed = RULES.filter((rule) => !isFound(rule));
    expect(missed.map(({ name }) => name)).toEqual([]);
  });
});

/** A circle is reported at whichever of its files comes first. */
function stem(file: string): string {
  return file.replace(/\.tsx?$/, "");
}

async function copyOfTree(): Promise<string> {
  const tree = await mkdtemp(join(tmpdir(), "holdfast-architecture-"));
  onTestFinished(() => rm(tree, { recursive: true, force: true }));
  for (const file of globSync([...SOURCES, "{packages,apps}/*/package.json"], { cwd: ROOT })) {
    await cp(join(ROOT, file), join(tree, file));
  }
  await mkdir(join(tree, "node_modules", "@holdfast"), { recursive: true });
  for (const name of ["domain", "protocol", "sync", "ui"]) {
    await symlink(join(tree, "packages", name), join(tree, "node_modules", "@holdfast", name));
  }
  return tree;
}

async function plant(tree: string, { file, imports }: Rule["planted"]): Promise<void> {
  await write(tree, file, `import "${imports}";\n`);
  if (!imports.includes("planted-target")) return;
  const inPackage = imports.replace(/^@holdfast\/([^/]+)\/(.*)$/, "packages/$1/src/$2.ts");
  await write(tree, inPackage === imports ? join(dirname(file), imports) : inPackage, "export {};\n");
}

async function write(tree: string, file: string, text: string): Promise<void> {
  await mkdir(dirname(join(tree, file)), { recursive: true });
  await writeFile(join(tree, file), text);
}

describe("what packages export", () => {
  test("is named by concept, with no way round it", async () => {
    const manifests = globSync("packages/*/package.json", { cwd: ROOT });
    expect(manifests.length).toBeGreaterThanOrEqual(4);
    for (const manifest of manifests) {
      const { exports } = JSON.parse(await readFile(join(ROOT, manifest), "utf8")) as {
        exports: Record<string, string>;
      };
      expect(Object.keys(exports).filter((entry) => /internal|private|\.\/src/.test(entry))).toEqual([]);
    }
  });
});
