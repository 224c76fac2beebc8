import type { ServerReceipt } from "@holdfast/protocol/log";
import { expect, test } from "vitest";
import type { StreamState } from "./ports.ts";
import { nextId } from "./testing/test-terminal.ts";
import { confirmedTo, endOf, further, type TrackedStream, unsent } from "./tracked-stream.ts";

const stream = nextId();

function state(tip: number, confirmed: number | null, condemnedFrom: number | null = null): StreamState {
  const at = "2026-11-27T10:00:00.000Z";
  const receipt: ServerReceipt | null =
    confirmed === null ? null : { stream, seq: confirmed, hash: "", origin: "o1", at, kid: "k", sig: "s" };
  return { stream, tip: { seq: tip, hash: "" }, receipt, condemnedFrom };
}

function doubted(tip: number, confirmed: number, sentSeq: number): TrackedStream {
  return { ...unsent(state(tip, confirmed)), sentSeq, isDoubted: true };
}

test("a stream is confirmed as far as its receipt goes, and not at all without one", () => {
  expect(confirmedTo(unsent(state(9, null)))).toBe(-1);
  expect(confirmedTo(unsent(state(9, 6)))).toBe(6);
});

test("of a stream that the server lost, as far as it was sent since, and never further than it was confirmed", () => {
  expect(confirmedTo(doubted(9, 6, -1))).toBe(-1);
  expect(confirmedTo(doubted(9, 6, 4))).toBe(4);
  expect(confirmedTo(doubted(9, 6, 8))).toBe(6);
});

test("what was given up as it stands is no longer to be sent", () => {
  expect(endOf(state(9, null))).toBe(9);
  expect(endOf(state(9, null, 4))).toBe(3);
  expect(endOf(state(2, null, 4))).toBe(2);
});

test("of memory and disk whichever knows more counts, for each thing by itself", () => {
  const known = { ...unsent(state(5, 4)), sentSeq: 5 };
  expect(further(known, state(8, 2))).toEqual({ ...known, tip: { seq: 8, hash: "" } });
  expect(further(known, state(3, 5, 7))).toEqual({ ...unsent(state(5, 5, 7)), sentSeq: 5 });
  expect(further(doubted(5, 4, 1), state(5, 5))).toMatchObject({ isDoubted: true, sentSeq: 1 });
});
