import { expect, test } from "vitest";
import { runOnPostgres } from "./run-on-postgres.ts";

const SEEDS = [1, 3];

test("what simulated counters sent, a real database makes the same of: each paper once, books that balance", async () => {
  const taken = await runOnPostgres(SEEDS.map((seed) => ({ seed, hours: 1, terminals: 3 })));
  expect(taken.flatMap(({ broken }) => broken)).toEqual([]);
  expect(taken.every(({ sales, uploads }) => sales > 0 && uploads > 0)).toBe(true);
});
