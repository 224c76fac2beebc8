import ts from "typescript";
import { type Checked, isTest, isTypeScript, type Tree } from "./tree.ts";

export const RATCHET = "scripts/tidy/ratchet.json";

const FUNCTION_LINES_MAX = 70;
const PARAMETERS_MAX = 3;

/** Where we want to be. A figure that is not there yet may only get better: the ratchet holds the best so far. */
const BUDGETS = {
  fileLinesMedian: { goal: 80, better: "less" },
  fileLinesP90: { goal: 300, better: "less" },
  fileLinesMax: { goal: 500, better: "less" },
  functionsTooLong: { goal: 0, better: "less" },
  functionsWithTooManyParameters: { goal: 0, better: "less" },
  domainTestsToSource: { goal: 1.5, better: "more" },
  syncTestsToSource: { goal: 1.5, better: "more" },
} as const;

type Figure = keyof typeof BUDGETS;
export type Figures = Readonly<Record<Figure, number>>;
type Measured = {
  readonly figures: Figures;
  readonly culprits: Readonly<Partial<Record<Figure, readonly string[]>>>;
  readonly looked: number;
};

/** Every figure is within its goal, or no worse than the ratchet. */
export function checkBudgets(tree: Tree): Checked {
  const { figures, culprits, looked } = measure(tree);
  const ratchet = JSON.parse(tree.text(RATCHET)) as Partial<Figures>;
  const findings = figureNames().flatMap((name) => {
    const limit = allowed(name, ratchet);
    if (isWithin(name, figures[name], limit)) return [];
    return [`${name} is ${figures[name]}, beyond ${limit}`, ...(culprits[name] ?? []).map((culprit) => `  ${culprit}`)];
  });
  return { findings, looked };
}

/** The ratchet after a good day: figures that are short of their goals, at their present values if those are better. */
export function tightened(tree: Tree): Partial<Figures> {
  const { figures } = measure(tree);
  const ratchet = JSON.parse(tree.text(RATCHET)) as Partial<Figures>;
  const short = figureNames().filter((name) => !isWithin(name, figures[name], BUDGETS[name].goal));
  return Object.fromEntries(short.map((name) => [name, best(name, figures[name], ratchet[name])]));
}

export function figuresOf(tree: Tree): Figures {
  return measure(tree).figures;
}

function figureNames(): Figure[] {
  return Object.keys(BUDGETS) as Figure[];
}

function allowed(name: Figure, ratchet: Partial<Figures>): number {
  const { goal, better } = BUDGETS[name];
  const held = ratchet[name] ?? goal;
  return better === "less" ? Math.max(goal, held) : Math.min(goal, held);
}

function isWithin(name: Figure, value: number, limit: number): boolean {
  return BUDGETS[name].better === "less" ? value <= limit : value >= limit;
}

function best(name: Figure, value: number, held: number | undefined): number {
  if (held === undefined) return value;
  return BUDGETS[name].better === "less" ? Math.min(value, held) : Math.max(value, held);
}

function measure(tree: Tree): Measured {
  const code = tree.files.filter((file) => isTypeScript(file) && /^(packages|apps|scripts|tests|bench)\//.test(file));
  const sources = code.filter((file) => !isTest(file));
  const lines = sources.map((file) => linesOf(tree, file)).sort((a, b) => a - b);
  const longest = code.filter((file) => linesOf(tree, file) > BUDGETS.fileLinesMax.goal);
  const functions = sources.flatMap((file) => functionsIn(file, tree.text(file)));
  const tooLong = functions.filter((one) => one.lines > FUNCTION_LINES_MAX);
  const tooMany = functions.filter((one) => one.parameters > PARAMETERS_MAX);
  return {
    looked: sources.length,
    figures: {
      fileLinesMedian: quantile(lines, 0.5),
      fileLinesP90: quantile(lines, 0.9),
      fileLinesMax: Math.max(0, ...code.map((file) => linesOf(tree, file))),
      functionsTooLong: tooLong.length,
      functionsWithTooManyParameters: tooMany.length,
      domainTestsToSource: testsToSource(tree, "packages/domain/src/"),
      syncTestsToSource: testsToSource(tree, "packages/sync/src/"),
    },
    culprits: {
      fileLinesMax: longest,
      functionsTooLong: tooLong.map(({ place, lines }) => `${place} has ${lines} lines`),
      functionsWithTooManyParameters: tooMany.map(({ place, parameters }) => `${place} has ${parameters} parameters`),
    },
  };
}

function linesOf(tree: Tree, file: string): number {
  return tree.text(file).trimEnd().split("\n").length;
}

function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

function testsToSource(tree: Tree, folder: string): number {
  const [tests, sources] = [true, false].map((wanted) =>
    tree.files
      .filter((file) => file.startsWith(folder) && isTypeScript(file) && isTest(file) === wanted)
      .reduce((sum, file) => sum + linesOf(tree, file), 0),
  ) as [number, number];
  return sources === 0 ? 0 : Math.floor((100 * tests) / sources) / 100;
}

type FunctionSize = { readonly place: string; readonly lines: number; readonly parameters: number };

function functionsIn(file: string, text: string): FunctionSize[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: FunctionSize[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body !== undefined) {
      const [first, last] = [node.getStart(source), node.getEnd()].map(
        (at) => source.getLineAndCharacterOfPosition(at).line,
      );
      const lines = (last ?? 0) - (first ?? 0) + 1;
      found.push({ place: `${file}:${(first ?? 0) + 1}`, lines, parameters: node.parameters.length });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
