import type { Uuid } from "@holdfast/domain/kernel/id";
import { testId } from "@holdfast/domain/testing/build";
import type { StreamState } from "@holdfast/sync/ports";
import { expect, test } from "vitest";
import { compareMirror } from "./compare-mirror.ts";
import type { MirrorFile } from "./mirror-files.ts";

const [FIRST, SECOND] = [testId(1), testId(2)] as [Uuid, Uuid];

function hash(seq: number): string {
  return seq.toString(16).padStart(64, "0");
}

function file(stream: Uuid, count: number): MirrorFile {
  const rows = Array.from({ length: count }, (_, seq) => ({
    ...{ seq, hash: hash(seq), iv: "", box: "" },
    ...{ counters: { T1: seq }, line: `row ${seq}` },
  }));
  return { stream, header: `header of ${stream}`, rows, changedAtMs: 0 };
}

function state(stream: Uuid, seq: number, confirmed: number | null): StreamState {
  const receipt = { stream, seq: confirmed ?? 0, hash: hash(confirmed ?? 0), origin: "o", at: "", kid: "", sig: "" };
  return { stream, tip: { seq, hash: hash(seq) }, receipt: confirmed === null ? null : receipt, condemnedFrom: null };
}

function log(held: number, ...streams: StreamState[]) {
  const hashes = new Set(Array.from({ length: held }, (_, seq) => hash(seq)));
  return { streams, hashes: async () => hashes };
}

test("where both copies have the same, nothing is stray", async () => {
  expect((await compareMirror([file(FIRST, 3)], log(3, state(FIRST, 2, null)))).strays).toEqual([]);
});

test("what a torn end took from the log is found in the second copy", async () => {
  const { strays } = await compareMirror([file(FIRST, 5)], log(3, state(FIRST, 2, 1)));
  expect(strays).toEqual([
    {
      stream: FIRST,
      header: `header of ${FIRST}`,
      rows: [
        { seq: 3, hash: hash(3), line: "row 3" },
        { seq: 4, hash: hash(4), line: "row 4" },
      ],
    },
  ]);
});

test("of a log that is gone everything is stray, and what it knew is remembered", async () => {
  const { strays, remembered } = await compareMirror([file(FIRST, 3), file(SECOND, 5)], log(0));
  expect(strays.map(({ stream, rows }) => [stream, rows.length])).toEqual([
    [FIRST, 3],
    [SECOND, 5],
  ]);
  expect(remembered).toEqual({ counters: { T1: 4 }, last: { stream: SECOND, seq: 4, hash: hash(4) } });
});

test("the second copy of what the server has confirmed is no longer needed", async () => {
  const { strays, confirmed } = await compareMirror([file(FIRST, 3)], log(3, state(FIRST, 2, 2)));
  expect(strays).toEqual([]);
  expect(confirmed).toEqual([FIRST]);
});

test("a file in which nothing can be read tells nothing and stays", async () => {
  expect(await compareMirror([file(FIRST, 0)], log(0))).toEqual({
    strays: [],
    confirmed: [],
    remembered: { counters: {}, last: null },
  });
});
