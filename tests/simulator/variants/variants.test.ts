import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPool, type Pool } from "../run/pool.ts";
import { describeBroken } from "../run/report.ts";
import { VARIANTS } from "./variants.ts";

const SEEDS_MAX = 40;
const DAY = { hours: 6, terminals: 3 };

let pool: Pool;

beforeAll(() => {
  pool = openPool();
});

afterAll(() => pool.close());

test("there are enough wrong ways", () => {
  expect(Object.keys(VARIANTS).length).toBeGreaterThanOrEqual(24);
});

/** A simulator that does not see what is wrong shows nothing with what is right. */
describe.concurrent("the simulator sees whoever", () => {
  test.each(Object.entries(VARIANTS).map(([name, { does }]) => [does, name]))("%s", async (_, variant) => {
    for (let seed = 1; seed <= SEEDS_MAX; seed += 1) {
      const [result] = await pool.runAll([{ ...DAY, seed, variant }]);
      if (result?.broken !== null) return;
    }
    expect.fail(`${variant} was not found in ${SEEDS_MAX} seeds`);
  });
});

/** In the same trouble, the product is clean: what is found above is the variant's doing. */
test("the product holds in the trouble of each of them", async () => {
  const jobs = Object.values(VARIANTS).map(({ faults }, index) => ({ ...DAY, seed: index + 1, faults }));
  const broken = (await pool.runAll(jobs)).filter((result) => result.broken !== null);
  expect(broken.map(describeBroken)).toEqual([]);
});
