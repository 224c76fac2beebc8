import { batchBytesMax, batchEntriesMax } from "@holdfast/protocol/limits";
import { expect, test } from "vitest";
import { BatchSize } from "./batch-size.ts";

const WELL = { tookMs: 100, wentWell: true };

test("a line that takes everything gets as much as may be sent at once, and no more", () => {
  const size = new BatchSize();
  for (let exchange = 0; exchange < 10; exchange += 1) size.note(WELL);
  expect(size.limits).toEqual({ entriesMax: batchEntriesMax, bytesMax: batchBytesMax });
});

test("what was too much is sent in quarters, down to a single record", () => {
  const size = new BatchSize();
  size.shrink();
  expect(size.limits).toEqual({ entriesMax: batchEntriesMax >> 2, bytesMax: batchBytesMax >> 2 });
  for (let refusal = 0; refusal < 20; refusal += 1) size.shrink();
  expect(size.limits).toEqual({ entriesMax: 1, bytesMax: 1 });
});

test("a line that gave up after a long time gets less, one that failed at once does not", () => {
  const size = new BatchSize();
  size.note({ tookMs: 20, wentWell: false });
  expect(size.limits.entriesMax).toBe(batchEntriesMax);
  size.note({ tookMs: 20_000, wentWell: false });
  expect(size.limits.entriesMax).toBe(batchEntriesMax >> 2);
});

test("a line that is slow but gets through keeps what it has; a quick one gets more, step by step", () => {
  const size = new BatchSize();
  size.shrink();
  size.note({ tookMs: 6_000, wentWell: true });
  expect(size.limits.entriesMax).toBe(batchEntriesMax >> 2);
  size.note(WELL);
  expect(size.limits.entriesMax).toBe(batchEntriesMax >> 1);
  size.note(WELL);
  expect(size.limits.entriesMax).toBe(batchEntriesMax);
});
