import { expect, test } from "vitest";
import { readRescueFile } from "./rescue-file.ts";

const line = (text: string): string => JSON.stringify({ raw: JSON.stringify({ text }), sig: "A".repeat(86) });
const LIMITS = { entries: 3, bytes: 1_000_000 };

test("a file is sent in parts, in its own order, none larger than an upload may be", () => {
  const lines = ["a", "b", "c", "d", "e", "f", "g"].map(line);
  const { parts, records, unreadable } = readRescueFile(`${lines.join("\n")}\n`, LIMITS);
  expect(parts.map((part) => part.split("\n").length)).toEqual([3, 3, 1]);
  expect(parts.join("\n")).toBe(lines.join("\n"));
  expect({ records, unreadable }).toEqual({ records: 7, unreadable: 0 });
});

test("a part ends where it would grow beyond its bytes, counted as they travel", () => {
  const lines = ["ä".repeat(50), "ö".repeat(50), "ü"].map(line);
  const bytes = new TextEncoder().encode(`${lines[0]}\n`).length;
  const { parts } = readRescueFile(lines.join("\n"), { entries: 100, bytes: bytes + 10 });
  expect(parts).toHaveLength(3);
  expect(readRescueFile(lines.join("\n"), { entries: 100, bytes: bytes * 3 }).parts).toHaveLength(1);
});

test("a record larger than a part travels alone", () => {
  const lines = ["a", "b".repeat(500), "c"].map(line);
  expect(readRescueFile(lines.join("\n"), { entries: 100, bytes: 300 }).parts).toHaveLength(3);
});

test("lines that are no record are counted and keep none of the others back", () => {
  const text = [line("a"), "torn{", '{"raw":"x"}', "", line("b")].join("\r\n");
  expect(readRescueFile(text, LIMITS)).toMatchObject({ records: 2, unreadable: 2 });
});

const key = { kty: "EC", crv: "P-256", x: "A".repeat(43), y: "A".repeat(43) };
const id = "0198b000-0000-7000-8000-000000000001";
const head = (kid: string): string => JSON.stringify({ v: 1, terminal: id, stream: id, kid, ephemeral: key });
const sealed = (seq: number): string => JSON.stringify({ seq, hash: "0".repeat(64), iv: "AA", box: "AA" });

test("every part with sealed records begins with the head that opens them, and names it once", () => {
  const text = [head("a"), sealed(0), sealed(1), sealed(2), sealed(3), head("b"), sealed(0), head("a"), sealed(4)];
  const { parts, records } = readRescueFile(text.join("\n"), LIMITS);
  expect(parts.map((part) => part.split("\n"))).toEqual([
    [head("a"), sealed(0), sealed(1), sealed(2)],
    [head("a"), sealed(3), head("b"), sealed(0), head("a"), sealed(4)],
  ]);
  expect(records).toBe(6);
});

test("a file of something else has no records", () => {
  expect(readRescueFile("date,amount\n2026-01-01,5", LIMITS)).toEqual({ parts: [], records: 0, unreadable: 2 });
  expect(readRescueFile("", LIMITS)).toEqual({ parts: [], records: 0, unreadable: 0 });
});
