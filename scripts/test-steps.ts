import { globSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { needChromium } from "./chromium.ts";
import { runTool } from "./run-tool.ts";
import { type Counts, judge, type Report, readPlaywrightReport, readVitestReport } from "./test-counts.ts";

type StepResult = Counts & { readonly output: string };
export type Step = { readonly name: string; run(place: Place): Promise<StepResult> };
/** `logs` is where each step leaves what it said. */
type Place = { readonly root: string; readonly logs: string };

const BIN = "node_modules";

export const STEPS: readonly Step[] = [
  check("format", [`${BIN}/@biomejs/biome/bin/biome`, "ci", "--colors=off"]),
  { name: "types", run: checkTypes },
  check("dead-code", [`${BIN}/knip/bin/knip.js`, "--no-progress"]),
  check("tidy", ["scripts/tidy.ts"]),
  vitest("unit", ({ root }) =>
    testFiles(root).filter((file) => !/\.(prop|db)\.test\.ts$|^tests\/simulator\//.test(file)),
  ),
  vitest("property", ({ root }) => testFiles(root).filter((file) => file.endsWith(".prop.test.ts"))),
  vitest("database", ({ root }) => testFiles(root).filter((file) => file.endsWith(".db.test.ts"))),
  vitest("simulator", ({ root }) => testFiles(root).filter((file) => file.startsWith("tests/simulator/"))),
  { name: "browser", run: runBrowserJourneys },
];

function testFiles(root: string): string[] {
  const places = ["packages/*/src/**", "apps/*/src/**", "tests/**", "scripts/**", "bench/**"];
  return globSync(
    places.map((place) => `${place}/*.test.{ts,tsx}`),
    { cwd: root },
  );
}

/** A tool that says yes or no: one test. */
function check(name: string, args: readonly string[]): Step {
  return { name, run: async ({ root }) => asOneTest(await runTool(root, args)) };
}

function asOneTest({ code, output }: { code: number; output: string }): StepResult {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, output };
}

async function checkTypes({ root }: Place): Promise<StepResult> {
  const projects = globSync(["{apps,packages}/*/tsconfig*.json", "{scripts,bench,tests,tests/*}/tsconfig.json"], {
    cwd: root,
  });
  return asOneTest(await runTool(root, [`${BIN}/typescript/bin/tsc`, "-b", ...projects.sort()]));
}

function vitest(project: string, filesOf: (place: Place) => string[]): Step {
  return {
    name: project,
    run: async (place) => {
      const reportFile = join(place.logs, `${project}.json`);
      const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
      const args = [`${BIN}/vitest/vitest.mjs`, "run", "--project", project, "--passWithNoTests", ...reporters];
      return await runTests(place, { args, reportFile, files: filesOf(place), read: readVitestReport });
    },
  };
}

async function runBrowserJourneys(place: Place): Promise<StepResult> {
  const files = globSync("tests/e2e/**/*.e2e.ts", { cwd: place.root });
  const notRun = (output: string) => ({ passed: 0, failed: Math.max(files.length, 1), skipped: 0, output });
  const chromium = needChromium();
  if ("missing" in chromium) return notRun(chromium.missing);
  const build = await runTool(place.root, ["scripts/build.mjs"]);
  if (build.code !== 0) return notRun(build.output);
  const reportFile = join(place.logs, "browser.json");
  return await runTests(place, {
    args: [`${BIN}/@playwright/test/cli.js`, "test", "--pass-with-no-tests", "--reporter=list,json"],
    env: { CHROMIUM: chromium.path, PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile },
    reportFile,
    files,
    read: readPlaywrightReport,
  });
}

type TestRun = {
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly reportFile: string;
  readonly files: readonly string[];
  readonly read: (text: string, root: string) => Report;
};

const NOTHING_REPORTED: Report = { passed: 0, failed: 0, skipped: 0, files: [] };

async function runTests({ root }: Place, { args, env, reportFile, files, read }: TestRun): Promise<StepResult> {
  await rm(reportFile, { force: true });
  const { code, output } = await runTool(root, args, env);
  const text = await readFile(reportFile, "utf8").catch(() => undefined);
  const { left, ...counts } = judge(text === undefined ? NOTHING_REPORTED : read(text, root), code, files);
  const notes = left.map((file) => `${file} was not run`);
  return { ...counts, output: [output, ...notes].join("\n") };
}
