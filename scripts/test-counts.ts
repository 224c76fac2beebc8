import { relative } from "node:path";

export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

/** What a test runner's own report says, with the files that it ran, relative to the root. */
export type Report = Counts & { readonly files: readonly string[] };

type VitestReport = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly unknown[];
  }[];
};

export function readVitestReport(text: string, root: string): Report {
  const report = JSON.parse(text) as VitestReport;
  const brokenFiles = report.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
    files: report.testResults.map(({ name }) => relative(root, name)),
  };
}

type PlaywrightReport = {
  readonly config: { readonly rootDir: string };
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
  readonly suites: readonly { readonly file: string }[];
  readonly errors: readonly unknown[];
};

/** A journey that passed only when repeated has failed. */
export function readPlaywrightReport(text: string, root: string): Report {
  const { config, stats, suites, errors } = JSON.parse(text) as PlaywrightReport;
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
    files: suites.map(({ file }) => relative(root, `${config.rootDir}/${file}`)),
  };
}

/** A runner that failed must show in the counts, and so must a test file that it left out. */
export function judge(
  report: Report,
  exitCode: number,
  expectedFiles: readonly string[],
): Counts & { readonly left: string[] } {
  const left = expectedFiles.filter((file) => !report.files.includes(file));
  const failed = report.failed + left.length;
  return { ...report, failed: failed === 0 && exitCode !== 0 ? 1 : failed, left };
}

export function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
