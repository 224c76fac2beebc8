import { uuid } from "@holdfast/domain/kernel/id";
import type { CaseDetail } from "@holdfast/protocol/office/cases";
import { expect, test } from "vitest";
import { casePlaces } from "./case-places.ts";

const [id, sale, other, third] = [1, 2, 3, 4].map((number) => uuid(`0198b000-0000-7000-8000-00000000000${number}`)) as [
  ReturnType<typeof uuid>,
  string,
  string,
  string,
];

function places(kind: string, details: Record<string, unknown> = {}): readonly object[] {
  const found = { case: id, kind, subject: sale, about: null, branch: null, details };
  const times = { openedAt: "2026-03-01T10:00:00.000Z", closedAt: null, resolution: null };
  return casePlaces({ case: { ...found, ...times }, oversold: null, record: null } satisfies CaseDetail);
}

test("a case about a sale leads to it, whether it is the subject or only named", () => {
  expect(places("rights-breach")).toEqual([{ to: "sale", sale }]);
  expect(places("declined-card", { sale: other })).toEqual([{ to: "sale", sale: other }]);
  expect(places("credit-limit", {})).toEqual([]);
});

test("goods that came back too often lead to the sale and to those that took them back, three at most", () => {
  const returnedBy = [other, third, id];
  expect(places("double-return", { returnedBy })).toEqual([
    { to: "sale", sale },
    { to: "sale", sale: other },
    { to: "sale", sale: third },
  ]);
});

test("what was set aside can be booked from its case", () => {
  expect(places("quarantined", { code: "revoked" })).toEqual([{ to: "book", event: sale }]);
});

test("details that are not what they should be lead nowhere, and break nothing", () => {
  expect(places("oversold", { variant: "'; DROP TABLE" })).toEqual([]);
  expect(places("late-posting", { entries: "none" })).toEqual([{ to: "ledger" }]);
  expect(places("a-kind-of-tomorrow", { sale: other })).toEqual([]);
});
