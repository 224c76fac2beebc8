import type { BranchId, TerminalId } from "@holdfast/domain/party/merchant";
import { testId } from "@holdfast/domain/testing/build";
import { expect, test } from "vitest";
import { isNews, type TerminalStanding, terminalCases } from "./terminal-cases.ts";

const NOW = Date.parse("2026-11-23T12:00:00.000Z");
const before = (minutes: number): Date => new Date(NOW - minutes * 60_000);

const TERMINAL = testId<TerminalId>(1);
const FINE: TerminalStanding = {
  ...{ terminal: TERMINAL, branch: testId<BranchId>(2), revoked: false },
  ...{ skewMs: 0, unsent: 0, oldestUnsentAt: null, lastSeenAt: before(0) },
};
const TAIL = { ...FINE, stream: testId(3), seq: 7, hash: "ab".repeat(32), missing: 3, noticedAt: before(5) };

function opened(standing: Partial<TerminalStanding>): string[] {
  return terminalCases({ standings: [{ ...FINE, ...standing }], tails: [] }, NOW).map(({ kind }) => kind);
}

test("a terminal with a right clock that has sent everything needs nobody", () => {
  expect(opened({})).toEqual([]);
  expect(opened({ unsent: null, skewMs: null, lastSeenAt: null })).toEqual([]);
});

test("a clock is wrong from two minutes on, either way; that of a revoked terminal is nobody's business", () => {
  expect([opened({ skewMs: 120_000 }), opened({ skewMs: 120_001 }), opened({ skewMs: -120_001 })]).toEqual([
    [],
    ["clock-skew"],
    ["clock-skew"],
  ]);
  expect(opened({ skewMs: 9e9, revoked: true })).toEqual([]);
});

test("what a terminal said it has still to send is missing after an hour, by the server's clock", () => {
  const said = (minutes: number, skewMs = 0) => opened({ unsent: 4, oldestUnsentAt: before(minutes), skewMs });
  expect([said(59), said(60)]).toEqual([[], ["missing-tail"]]);
  // A clock that is ahead dates its records too late.
  expect([said(0, 100_000), said(59, 100_000)]).toEqual([[], ["missing-tail"]]);
  expect(opened({ unsent: 4, lastSeenAt: before(61) })).toEqual(["missing-tail"]);
});

test("the end of a stream is missed after two minutes, each by a case of its own", () => {
  const tails = [TAIL, { ...TAIL, stream: testId(4) }, { ...TAIL, stream: testId(5), noticedAt: before(1) }];
  const drafts = terminalCases({ standings: [], tails }, NOW);
  expect(drafts.map(({ subject }) => subject)).toEqual([`${TERMINAL}:${testId(3)}`, `${TERMINAL}:${testId(4)}`]);
  expect(drafts[0]?.details).toMatchObject({ missing: 3, stream: testId(3) });
});

test("what a person closed comes back only when there is more of it, or other", () => {
  const [tail] = terminalCases({ standings: [], tails: [TAIL] }, NOW);
  const [skew] = terminalCases({ standings: [{ ...FINE, skewMs: 600_000 }], tails: [] }, NOW);
  if (tail === undefined || skew === undefined) throw new Error("both are opened");
  expect(isNews(tail, tail.details)).toBe(false);
  expect(isNews(tail, { ...tail.details, missing: 5 })).toBe(false);
  expect(isNews(tail, { ...tail.details, missing: 2 })).toBe(true);
  expect(isNews(tail, { ...tail.details, hash: "cd".repeat(32) })).toBe(true);
  expect(isNews(skew, { ...skew.details, skewMs: 500_000 })).toBe(false);
  expect(isNews(skew, { ...skew.details, skewMs: -600_000 })).toBe(true);
});
