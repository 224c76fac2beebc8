import fc from "fast-check";
import { expect, test } from "vitest";
import { eventText, readEntry } from "./read-entry.ts";

const STREAM = "0198d6a0-0000-7000-8000-000000000001";

function entry(change: object = {}): string {
  return JSON.stringify({
    v: 1,
    stream: STREAM,
    seq: 0,
    prev: "",
    event: "0198d6a0-0000-7000-8000-000000000002",
    type: "sale-completed",
    tv: 1,
    at: "2026-11-23T06:10:01.120+02:00",
    seen: { m: "o.1" },
    body: { anything: [1, null, "ü"] },
    ...change,
  });
}

test("an envelope is read although its body is of a newer build", () => {
  const read = readEntry(entry({ type: "sale-teleported", tv: 99 }));
  expect(read).toMatchObject({ entry: { type: "sale-teleported", tv: 99, body: { anything: [1, null, "ü"] } } });
});

test.each([
  ["nothing", ""],
  ["half an entry", entry().slice(0, 60)],
  ["a login page", "<html>Welcome to our Wi-Fi</html>"],
])("%s is not an entry, and nobody knows of which stream", (_, raw) => {
  expect(readEntry(raw)).toEqual({ unreadable: { stream: null, message: "the entry is not JSON" } });
});

test.each([
  ["another version of the envelope", { v: 2 }],
  ["a place below the first", { seq: -1 }],
  ["a place that is no number", { seq: Number.NaN }],
  ["a hash that is none", { prev: "abc" }],
  ["a time without a zone", { at: "2026-11-23T06:10:01.120" }],
  ["a field that nobody knows", { total: 1 }],
])("%s is said with the stream it concerns", (_, change) => {
  const read = readEntry(entry(change));
  expect(read).toMatchObject({ unreadable: { stream: STREAM } });
});

test("nothing that comes over the wire makes reading fail", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (raw) => {
      const read = readEntry(raw);
      expect("entry" in read || "unreadable" in read).toBe(true);
    }),
  );
});

test("an event is the same wherever it is written, and another with any other content", () => {
  const body = { sale: "1" };
  const text = eventText({ type: "a", tv: 1, body });
  expect(eventText({ type: "a", tv: 1, body: { sale: "1" } })).toBe(text);
  expect(eventText({ type: "b", tv: 1, body })).not.toBe(text);
  expect(eventText({ type: "a", tv: 2, body })).not.toBe(text);
  expect(eventText({ type: "a", tv: 1, body: { sale: "2" } })).not.toBe(text);
});
