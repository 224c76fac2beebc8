import { describe, expect, test } from "vitest";
import { closingLine, judge, readPlaywrightReport, readVitestReport } from "./test-counts.ts";

const ROOT = "/clone";

function vitestReport(more: Record<string, unknown> = {}): string {
  const file = { name: `${ROOT}/a/b.test.ts`, status: "passed", assertionResults: [{}] };
  return JSON.stringify({
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 1,
    numTodoTests: 0,
    testResults: [file],
    ...more,
  });
}

describe("vitest's report", () => {
  test("is counted, with the files that it ran", () => {
    expect(readVitestReport(vitestReport(), ROOT)).toEqual({
      passed: 3,
      failed: 0,
      skipped: 1,
      files: ["a/b.test.ts"],
    });
  });

  test("of a file that could not even be read is a failure", () => {
    const broken = { name: `${ROOT}/a/b.test.ts`, status: "failed", assertionResults: [] };
    expect(readVitestReport(vitestReport({ numPassedTests: 0, testResults: [broken] }), ROOT).failed).toBe(1);
  });
});

describe("playwright's report", () => {
  const report = (stats: object, errors: unknown[] = []) =>
    JSON.stringify({ config: { rootDir: `${ROOT}/tests/e2e` }, suites: [{ file: "sell.e2e.ts" }], stats, errors });

  test("is counted, with the files that it ran", () => {
    const stats = { expected: 2, unexpected: 1, flaky: 0, skipped: 1 };
    expect(readPlaywrightReport(report(stats), ROOT)).toEqual({
      passed: 2,
      failed: 1,
      skipped: 1,
      files: ["tests/e2e/sell.e2e.ts"],
    });
  });

  test("of a journey that passed only when repeated, or of an error outside all journeys, is a failure", () => {
    const stats = { expected: 0, unexpected: 0, flaky: 1, skipped: 0 };
    expect(readPlaywrightReport(report(stats, [{ message: "no server" }]), ROOT).failed).toBe(2);
  });
});

describe("a step", () => {
  const good = { passed: 3, failed: 0, skipped: 0, files: ["a.test.ts"] };

  test("passes when all its files ran and nothing failed", () => {
    expect(judge(good, 0, ["a.test.ts"])).toMatchObject({ passed: 3, failed: 0 });
  });

  test("fails when its runner failed without a failed test", () => {
    expect(judge(good, 1, ["a.test.ts"]).failed).toBe(1);
  });

  test("fails for each test file that was not run, and so when nothing ran at all", () => {
    expect(judge(good, 0, ["a.test.ts", "b.test.ts"])).toMatchObject({ failed: 1, left: ["b.test.ts"] });
    expect(judge({ passed: 0, failed: 0, skipped: 0, files: [] }, 0, ["a.test.ts"]).failed).toBe(1);
  });
});

test("the closing line is the plain one that machines read", () => {
  expect(closingLine({ passed: 3, failed: 0, skipped: 0 })).toBe("3 passed, 0 failed");
  expect(closingLine({ passed: 3, failed: 1, skipped: 2 })).toBe("3 passed, 1 failed, 2 skipped");
});
