import { expect, test } from "vitest";
import { type RunOptions, run } from "./run.ts";

const OPTIONS: Omit<RunOptions, "seed"> = {
  hours: 6,
  terminals: 3,
  faults: ["outage", "lossy", "killTab", "killServer"],
};

test.each([1, 2, 3, 4, 5, 6])("three counters and a server that die while their lines fail, seed %i", async (seed) => {
  const { broken, sales, lastLines } = await run({ ...OPTIONS, seed });
  expect({ broken, lastLines: broken === null ? [] : lastLines }).toEqual({ broken: null, lastLines: [] });
  expect(sales).toBeGreaterThan(0);
});

test("the same seed is the same run, and another one is another", async () => {
  const hash = async (seed: number): Promise<string> => (await run({ ...OPTIONS, seed, hours: 1 })).hash;
  expect(await hash(7)).toBe(await hash(7));
  expect(await hash(7)).not.toBe(await hash(8));
});

test("a run without a sale shows nothing, and fails", async () => {
  const { broken } = await run({ ...OPTIONS, seed: 1, hours: 0 });
  expect(broken?.rule).toBe("sells");
});

test("with the product's own signatures it runs as well", async () => {
  const { broken, sales } = await run({ ...OPTIONS, seed: 1, hours: 1, crypto: "real" });
  expect(broken).toBeNull();
  expect(sales).toBeGreaterThan(0);
});
