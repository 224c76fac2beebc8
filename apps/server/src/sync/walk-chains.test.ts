import { expect, test } from "vitest";
import { entryMaker } from "../testing/entry-maker.ts";
import { type BatchLine, readLine } from "./batch-line.ts";
import { type Held, type JudgedLine, walkChains } from "./walk-chains.ts";

const TERMINAL = "0198f3a0-0000-7000-8000-000000000001";
const NOTHING: Held = { places: new Map(), streams: new Map() };

function judged(line: BatchLine): JudgedLine {
  return { line, verdict: "unknown-key", courier: null };
}

test("a server that lost a stream asks for its start before it says that it does not know its key", () => {
  const maker = entryMaker();
  const opened = maker.open(TERMINAL);
  const later = maker.next("no-such-event", {});
  const alone = walkChains([judged(readLine(later.raw, later.sig))], NOTHING);
  expect(alone.stops).toMatchObject([{ line: 0, code: "unknown_parent", tip: null }]);

  const whole = walkChains(
    [opened, later].map(({ raw, sig }) => judged(readLine(raw, sig))),
    NOTHING,
  );
  expect(whole.stops).toMatchObject([{ line: 0, code: "unknown_key" }]);
  expect(whole.fresh).toEqual([]);
});
