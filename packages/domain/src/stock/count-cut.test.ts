import { describe, expect, test } from "vitest";
import { testId } from "../testing/build.ts";
import { CLOCK_ERROR_MS, type StockMark, sideOfCount } from "./count-cut.ts";

const NOON = 1_795_000_000_000;
const mark = (other: Partial<StockMark>): StockMark => ({
  stream: testId(1),
  seq: 5,
  rev: null,
  seen: 0,
  atMs: NOON,
  ...other,
});
const COUNT = mark({ stream: testId(2), seq: 3, rev: 100, seen: 90 });

describe("a movement against a count", () => {
  test.each<[string, Partial<StockMark>, "before" | "after", boolean]>([
    [
      "of the same stream, by its place, whatever the clock",
      { stream: testId(2), seq: 2, atMs: NOON + 1e9 },
      "before",
      false,
    ],
    ["of the same stream, later", { stream: testId(2), seq: 4, atMs: NOON - 1e9 }, "after", false],
    ["that the counter's terminal had seen", { rev: 90, atMs: NOON + 1e9 }, "before", false],
    ["whose terminal had seen the count", { seen: 100, atMs: NOON - 1e9 }, "after", false],
    ["that neither knew of, an hour earlier", { rev: 91, seen: 99, atMs: NOON - 3_600_000 }, "before", false],
    ["that neither knew of, an hour later", { rev: 91, atMs: NOON + 3_600_000 }, "after", false],
    ["closer than clocks can tell", { rev: 91, atMs: NOON - CLOCK_ERROR_MS + 1 }, "before", true],
    ["at the bound of what clocks can tell", { rev: 91, atMs: NOON - CLOCK_ERROR_MS }, "before", false],
    ["at the very same moment", { rev: 91 }, "after", true],
    ["that is not published yet", { rev: null, atMs: NOON - 3_600_000 }, "before", false],
  ])("%s", (_what, movement, side, isDoubtful) => {
    expect(sideOfCount(mark(movement), COUNT)).toEqual({ side, isDoubtful });
  });
});
