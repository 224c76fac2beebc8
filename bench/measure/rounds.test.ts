import { expect, test } from "vitest";
import { inTurns, type Side } from "./rounds.ts";

const options = { rounds: 3, attemptsMax: 1, log: () => undefined };

test("sides take turns, so that whatever changes meanwhile changes for both", async () => {
  const order: string[] = [];
  const side = (name: string): Side => ({
    name,
    unit: "thing",
    run: async (round) => {
      order.push(`${name}${round}`);
      return { units: 10, seconds: 2 };
    },
  });
  const [first] = await inTurns([side("A"), side("B")], options);
  expect(order).toEqual(["A0", "B0", "A1", "B1", "A2", "B2"]);
  expect(first?.perSecond).toEqual({ median: 5, min: 5, max: 5 });
});

test("a side that never ends fails by its name and its round", async () => {
  const stuck: Side = { name: "the stuck one", unit: "thing", run: () => new Promise(() => undefined) };
  await expect(inTurns([stuck], { ...options, secondsMax: 0.05 })).rejects.toThrow(
    "round 1 of the stuck one: not done within 1 s",
  );
});

test("no more rounds are begun than there is time for", async () => {
  let runs = 0;
  const slow: Side = {
    name: "slow",
    unit: "thing",
    run: async () => {
      runs += 1;
      await new Promise((resolve) => setTimeout(resolve, 30));
      return { units: 1 };
    },
  };
  await expect(inTurns([slow], { ...options, rounds: 1_000, secondsMax: 0.1 })).rejects.toThrow("of slow: not done");
  expect(runs).toBeLessThan(10);
});
