import type { ServerReceipt } from "@holdfast/protocol/log";
import { expect, test } from "vitest";
import { nextId } from "./testing/test-terminal.ts";
import { withReceipt } from "./with-receipt.ts";

const stream = nextId();

function receipt(seq: number, origin = "o1"): ServerReceipt {
  return { stream, seq, hash: `${seq}`, origin, at: "2026-11-27T10:00:00.000Z", kid: "k", sig: "s" };
}

test.each([
  ["the first of all is kept", null, receipt(3), receipt(3)],
  ["one that covers more takes its place", receipt(3), receipt(5), receipt(5)],
  ["one that covers less, however late it comes, takes nothing back", receipt(5), receipt(3), receipt(5)],
  ["one for the same from a server that was restored takes its place", receipt(3), receipt(3, "o2"), receipt(3, "o2")],
])("of two receipts %s", (_, held, came, kept) => {
  expect(withReceipt({ receipt: held }, came)).toEqual({ receipt: kept });
});

test("what else is known of the stream stays", () => {
  const state = { stream, condemnedFrom: 7, receipt: null };
  expect(withReceipt(state, receipt(2))).toEqual({ ...state, receipt: receipt(2) });
});
