import { describe, expect, test } from "vitest";
import { amount } from "../money/amount.ts";
import type { CustomerId } from "../party/merchant.ts";
import type { Approval } from "../staff/approval.ts";
import type { StaffRights } from "../staff/rights.ts";
import type { StaffId } from "../staff/staff.ts";
import {
  cash,
  price,
  quantity,
  TEST_CASHIER,
  TEST_NOW,
  testCart,
  testId,
  testLine,
  testSale,
} from "../testing/build.ts";
import { checkRights } from "./check-rights.ts";
import type { Sale } from "./sale.ts";

const cashier: StaffRights = { ...TEST_CASHIER, role: "cashier" };
const manager: StaffRights = { ...TEST_CASHIER, role: "manager" };

function approval(action: string, other: Partial<Approval> = {}): Approval {
  const approver = { approver: testId<StaffId>(950), approverName: "Grace" };
  return { ...approver, action, amount: amount(100_000), at: TEST_NOW, sale: testId(1), ...other };
}

function breaches(sale: Sale, person = cashier): unknown[] {
  return checkRights(sale, person).map(({ action, line, why }) => [action, line, why]);
}

function sold(other: Parameters<typeof testLine>[0]): Sale {
  return testSale(testCart({ lines: [testLine(other)] }));
}

test("an ordinary sale needs nobody", () => {
  expect(breaches(testSale())).toEqual([]);
});

describe("discounts", () => {
  const percent = (percentPpm: number, given?: Approval) =>
    sold({ discounts: [{ kind: "percent", percentPpm, reason: "loyal", ...(given && { approval: given }) }] });
  const off = (minor: number) => sold({ discounts: [{ kind: "amount", amount: amount(minor), reason: "scratched" }] });

  test("up to the cap they are free, past it somebody approves", () => {
    expect(breaches(percent(100_000))).toEqual([]);
    expect(breaches(percent(100_001))).toEqual([["discount", 1, "not-approved"]]);
    expect(breaches(percent(500_000), manager)).toEqual([]);
  });

  test("an amount is held to the part it takes of the line", () => {
    expect(breaches(off(120))).toEqual([]);
    expect(breaches(off(121))).toEqual([["discount", 1, "not-approved"]]);
    const free = sold({ unitPrice: price("0"), discounts: [{ kind: "amount", amount: amount(1), reason: "x" }] });
    expect(breaches(free)).toEqual([["discount", 1, "not-approved"]]);
  });

  test("an approval fits one line and no more money than it says", () => {
    expect(breaches(percent(500_000, approval("discount", { line: 1 })))).toEqual([]);
    expect(breaches(percent(500_000, approval("discount", { line: 2 })))).toEqual([
      ["discount", 1, "approval-does-not-fit"],
    ]);
    const small = approval("discount", { line: 1, amount: amount(599) });
    expect(breaches(percent(500_000, small))).toEqual([["discount", 1, "approval-does-not-fit"]]);
  });

  test("one approval is one act", () => {
    const given = approval("discount", { line: 1 });
    const twice = { kind: "percent" as const, percentPpm: 500_000, reason: "x", approval: given };
    expect(breaches(sold({ discounts: [twice, twice] }))).toEqual([["discount", 1, "approval-used-twice"]]);
  });

  test("what a promotion takes off is nobody's act", () => {
    const promotion = { kind: "promotion" as const, promotion: testId(5), amount: amount(900), reason: "2 for 1" };
    expect(breaches(sold({ discounts: [promotion] }))).toEqual([]);
  });

  test("of the whole sale they are one act without a line", () => {
    const of = (...orderDiscounts: Sale["orderDiscounts"]) => breaches(testSale(testCart({ orderDiscounts })));
    const half = { kind: "percent" as const, percentPpm: 500_000, reason: "staff" };
    expect(of(half)).toEqual([["discount", null, "not-approved"]]);
    expect(of({ ...half, approval: approval("discount") })).toEqual([]);
    expect(of({ ...half, approval: approval("discount", { amount: amount(1) }) })).toHaveLength(1);
    // Of two nobody can tell what each came to.
    const small = { ...half, approval: approval("discount", { amount: amount(1), at: TEST_NOW }) };
    expect(of({ ...half, percentPpm: 1 }, small)).toEqual([]);
    expect(of({ kind: "amount", amount: amount(120), reason: "x" })).toEqual([]);
    expect(of({ kind: "amount", amount: amount(121), reason: "x" })).toEqual([["discount", null, "not-approved"]]);
  });
});

test("a price that a person set counts by how far it is below the listed one", () => {
  const override = { listed: price("12.00"), reason: "as agreed" };
  expect(breaches(sold({ unitPrice: price("9.00"), override }))).toEqual([["price-override", 1, "not-approved"]]);
  expect(breaches(sold({ unitPrice: price("15.00"), override }), { ...cashier, role: "supervisor" })).toEqual([]);
});

test("goods that the catalogue does not know, and gift cards, which are none", () => {
  expect(breaches(sold({ variant: null }))).toEqual([["open-item", 1, "not-approved"]]);
  expect(breaches(sold({ variant: null, giftCard: "GC-1", taxes: [] }))).toEqual([]);
});

test("a line void is free for a cashier, and forbidden where it was withheld", () => {
  const gone = {
    line: 2,
    name: "Milk",
    quantity: quantity("1"),
    amount: amount(120),
    at: TEST_NOW,
    by: TEST_CASHIER.staff,
  };
  const sale = testSale(testCart({ voids: [gone] }));
  expect(breaches(sale)).toEqual([]);
  expect(breaches(sale, { ...cashier, withheld: ["line-void"] })).toEqual([["line-void", 2, "forbidden"]]);
});

describe("goods that come back", () => {
  const back = (known: "own" | "verified" | "typed" | null, approvals: Approval[] = []) => {
    const original = known === null ? {} : { original: { sale: testId(9), line: 1, known } };
    const lines = [1, 2].map((line) =>
      testLine({ line, quantity: quantity("-5"), returnReason: "broken", ...original }),
    );
    return testSale(testCart({ lines }), { approvals });
  };

  test("are one act, however many lines they are", () => {
    expect(breaches(back("own"))).toEqual([["return", null, "not-approved"]]);
    expect(breaches(back("verified"), { ...cashier, role: "supervisor" })).toEqual([]);
  });

  test("are a blind return where nobody knows their sale, or only by a typed number", () => {
    expect(breaches(back(null))).toEqual([["blind-return", null, "not-approved"]]);
    expect(breaches(back("typed"))).toEqual([["blind-return", null, "not-approved"]]);
  });

  test("an approval is found among the sale's: the one that fits, else the first, which then does not", () => {
    const fits = approval("return", { amount: amount(12_000) });
    const tooSmall = approval("return", { amount: amount(1) });
    expect(breaches(back("own", [tooSmall, fits]))).toEqual([]);
    expect(breaches(back("own", [tooSmall]))).toEqual([["return", null, "approval-does-not-fit"]]);
    expect(breaches(back("own", [approval("discount")]))).toEqual([["return", null, "not-approved"]]);
  });
});

test("selling on account and selling without tax", () => {
  const customer = { customer: testId<CustomerId>(60), name: "Ada's Ltd" };
  const owed = { kind: "on-account" as const, amount: amount(1_200), customer: customer.customer };
  expect(breaches(testSale(testCart({ tenders: [owed], customer })))).toEqual([
    ["sale-on-account", null, "not-approved"],
  ]);
  const exempt = (given?: Approval) =>
    testSale(
      testCart({ customer: { ...customer, taxExemption: { reason: "export", ...(given && { approval: given }) } } }),
    );
  expect(breaches(exempt())).toEqual([["tax-exemption", null, "not-approved"]]);
  expect(breaches(exempt(approval("tax-exemption", { amount: null })))).toEqual([]);
});

test("undoing a whole sale is one act, whatever is on its lines", () => {
  const sale = sold({ discounts: [{ kind: "percent", percentPpm: 900_000, reason: "x" }] });
  const undone = { ...sale, postVoidOf: testId(77) };
  expect(checkRights(undone, cashier)).toEqual([{ action: "post-void", line: null, size: 120, why: "not-approved" }]);
  expect(breaches(undone, { ...cashier, role: "supervisor" })).toEqual([]);
});

test("rights of the shop's own go before those it began with", () => {
  const rights = { cashier: {}, supervisor: {}, manager: {}, owner: {} };
  const sale = testSale(testCart({ tenders: [cash(1_200)], voids: [] }));
  expect(checkRights(sale, cashier, rights)).toEqual([]);
  const reduced = sold({ discounts: [{ kind: "percent", percentPpm: 1, reason: "x" }] });
  expect(checkRights(reduced, cashier, rights)).toHaveLength(1);
});
