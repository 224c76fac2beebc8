import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isFaultName } from "./nemesis/profiles.ts";
import REGRESSIONS from "./regressions.json" with { type: "json" };
import { openPool, type Pool } from "./run/pool.ts";
import { describeBroken, reachedInAll } from "./run/report.ts";
import type { RunResult } from "./run/run.ts";

const SEEDS = 300;
const DAY = { hours: 6, terminals: 3 };
const TWICE = 20;
const AWAITED = 20;
const PATIENCE_MS = 900_000;

let pool: Pool;

beforeAll(() => {
  pool = openPool();
});

afterAll(() => pool.close());

function brokenIn(results: readonly RunResult[]): string[] {
  return results.filter(({ broken }) => broken !== null).map(describeBroken);
}

describe(`${SEEDS} days of three counters`, () => {
  let results: RunResult[];

  beforeAll(async () => {
    const seeds = Array.from({ length: SEEDS }, (_, index) => index + 1);
    results = await pool.runAll(seeds.map((seed) => ({ ...DAY, seed })));
  }, PATIENCE_MS);

  test("hold every rule", () => {
    expect(brokenIn(results)).toEqual([]);
    expect(results.every(({ sales }) => sales > 0)).toBe(true);
  });

  /** A set of runs that never got into trouble shows nothing. */
  test.each([
    "a sale was finished during an upload",
    "the reply to an upload was lost",
    "a request came twice",
    "a reply was cut",
    "a portal answered",
    "a proxy answered with an old reply",
    "everyone came back at once",
    "server killed between statements",
    "server killed before commit",
    "server killed after commit",
    "server killed before reply",
    "commit unknown on the server",
    "a transaction lost a race",
    "an event was isolated as poison",
    "a backup was restored",
    "a backup was restored in silence",
    "power lost with unsynced transactions",
    "disk full",
    "commit unknown on the terminal",
    "a sale could not be stored",
    "the mirror failed",
    "a database was damaged",
    "the mirror had what the log had lost",
    "a signature rotted",
    "a device was cloned",
    "a device went back to an image",
    "a tab lost the writer",
    "goods came back",
    "the shelf was counted",
    "a terminal was revoked",
    "a record of a revoked terminal was booked",
  ])("among them, %s", (state) => {
    expect(reachedInAll(results).get(state) ?? 0).toBeGreaterThan(0);
  });
});

test("seeds that once broke a rule hold it", async () => {
  const jobs = REGRESSIONS.runs.map(({ seed, faults }) => ({ ...DAY, seed, faults: faults.filter(isFaultName) }));
  expect(brokenIn(await pool.runAll(jobs))).toEqual([]);
});

test(`a run is a function of its seed: ${TWICE} seeds twice`, async () => {
  const jobs = Array.from({ length: TWICE }, (_, index) => ({ seed: 1_000 + index, hours: 2, terminals: 3 }));
  const hashes = async (): Promise<string[]> => (await pool.runAll(jobs)).map(({ hash }) => hash);
  const first = await hashes();
  expect(await hashes()).toEqual(first);
  expect(new Set(first).size).toBe(TWICE);
});

test("a day without a sale shows nothing, and fails", async () => {
  const [result] = await pool.runAll([{ seed: 1, hours: 0, terminals: 3 }]);
  expect(result?.broken?.rule).toBe("sells");
});

test("with hashes and signatures that are awaited, as in a browser, it holds every rule as well", async () => {
  const jobs = Array.from({ length: AWAITED }, (_, index) => ({ ...DAY, seed: index + 1, crypto: "awaited" as const }));
  expect(brokenIn(await pool.runAll(jobs))).toEqual([]);
});

test("with the product's own signatures it runs as well", async () => {
  const jobs = [1, 2, 3].map((seed) => ({ seed, hours: 1, terminals: 3, crypto: "real" as const }));
  expect(brokenIn(await pool.runAll(jobs))).toEqual([]);
});
