import { expect, test } from "vitest";
import { parseMirror } from "./mirror-files.ts";

const ID = "0198f3a0-0000-7000-8000-000000000001";
const POINT = "A".repeat(43);

function header(kid: string): string {
  const ephemeral = { kty: "EC", crv: "P-256", x: POINT, y: POINT };
  return JSON.stringify({ v: 1, terminal: ID, stream: ID, kid, ephemeral });
}

function row(seq: number): string {
  return JSON.stringify({ seq, hash: String(seq).repeat(64).slice(0, 64), iv: "AA", box: "AAAA" });
}

test("a file that was opened again is sealed with another key from there on, and its rows say so", () => {
  const file = parseMirror([header("a"), row(1), header("b"), row(2), row(3), ""].join("\n"));
  expect(file.header).toBe(header("a"));
  expect(file.rows.map(({ seq, line }) => [seq, line])).toEqual([
    [1, row(1)],
    [2, `${header("b")}\n${row(2)}`],
    [3, `${header("b")}\n${row(3)}`],
  ]);
});

test("a row that a power cut left half written is left out", () => {
  expect(parseMirror([header("a"), row(1), row(2).slice(0, 40)].join("\n")).rows.map(({ seq }) => seq)).toEqual([1]);
});
