import type { VariantId } from "@holdfast/domain/catalog/variant";
import { decimal } from "@holdfast/domain/money/decimal";
import { checkRights } from "@holdfast/domain/sale/check-rights";
import type { Approval } from "@holdfast/domain/staff/approval";
import {
  accepted,
  cash,
  percentTax,
  price,
  refused,
  TEST_CASHIER,
  TEST_NOW,
  testId,
  testRules,
  testSale,
} from "@holdfast/domain/testing/build";
import type { VariantDocument } from "@holdfast/protocol/documents";
import { beforeEach, describe, expect, test } from "vitest";
import { Desk } from "../cart/desk.ts";
import { cartOf } from "../cart/desk-state.ts";
import { DraftKeeper } from "../cart/draft-keeper.ts";
import type { Shop } from "../shell/shop.ts";
import type { WantedAct } from "../staff/approvals.ts";
import { newTestId, testClock } from "../testing/test-log.ts";
import { type BlindAct, type BlindGoods, type BlindReturnsPorts, blindValue, takeBlind } from "./blind-returns.ts";

const soap: VariantDocument = {
  ...{ variant: testId<VariantId>(1), product: testId(2), name: "Soap", sku: "S-1", category: null, barcodes: [] },
  ...{ unit: { unit: "each", scale: 0 }, taxes: ["vat"] as never, stocked: true },
};
const vat = percentTax("vat", "20");
const taxes = [{ ...vat, rates: [{ from: "2020-01-01", to: null, rate: { kind: "percent", ratePpm: 200_000 } }] }];
const shop = {
  rules: testRules(),
  ...{ list: { includesTax: true }, taxes, priceOf: () => price("12.00"), isRecalled: () => true },
} as unknown as Shop;
let desk: Desk;
let asked: WantedAct[];
let isAllowed: boolean;
let ports: BlindReturnsPorts;

beforeEach(() => {
  const keeper = new DraftKeeper({ change: async () => true, stream: () => testId(1), onLost: () => undefined });
  const clock = testClock();
  desk = new Desk(
    {
      ...{ shop: () => shop, clock, newId: newTestId, keeper, onHand: () => null, promote: (cart) => cart },
      takeCoupon: () => ({ ok: false, refusal: { kind: "unknown-coupon" } }),
      ...{ tell: () => undefined, onReceipt: () => undefined, isTraining: () => false },
    },
    { kind: "selling", cart: null, selected: null },
  );
  [asked, isAllowed] = [[], true];
  ports = {
    ...{ shop: () => shop, clock, desk, isOwn: (number) => number === "A-000001-BEEF" },
    terminalOf: (series) => (series === "B2" ? ({} as never) : undefined),
    permit: async (act) => {
      asked.push(act);
      const { action, amount, sale } = act;
      const approval = { approver: testId(950), approverName: "Ines", action, amount, at: TEST_NOW } as Approval;
      return isAllowed
        ? { ok: true, approval: sale === null ? approval : { ...approval, sale } }
        : { ok: false, why: "withdrawn" };
    },
  };
});

const goods = (pieces: number): BlindGoods => ({
  hit: { variant: soap, pack: 1 },
  ...{ details: {}, count: decimal(pieces, 0), restock: true },
});
const act: BlindAct = { goods: [goods(2)], reason: "Damaged", number: "", day: "" };

describe("goods without a receipt", () => {
  test("go into the cart at today's price, approved for what all of them come to", async () => {
    expect(blindValue(ports, act.goods)).toBe(-2_400);
    accepted(await takeBlind(ports, act));
    accepted(await takeBlind(ports, { ...act, goods: [goods(1)], reason: "Wrong size" }));
    expect(asked.map(({ amount }) => amount)).toEqual([-2_400, -3_600]);
    const cart = cartOf(desk.state.get());
    if (cart === null) throw new Error("they are in a cart");
    const sale = testSale({ ...cart, tenders: [cash(-3_600)] });
    expect(checkRights(sale, { ...TEST_CASHIER, role: "cashier" })).toEqual([]);
  });

  test("stay on the counter where a manager does not approve, or nobody says why", async () => {
    expect(refused(await takeBlind(ports, { ...act, goods: [] }))).toEqual({ kind: "nothing-chosen" });
    expect(refused(await takeBlind(ports, { ...act, reason: "" }))).toEqual({ kind: "reason-missing" });
    isAllowed = false;
    expect(refused(await takeBlind(ports, act))).toEqual({ kind: "not-allowed" });
    expect(cartOf(desk.state.get())).toBeNull();
  });

  test("whose receipt was typed keep its number and day, once it can be one of this shop", async () => {
    const typed = (number: string, day = "2026-11-20") => takeBlind(ports, { ...act, number, day });
    expect(refused(await typed("12"))).toEqual({ kind: "not-a-number" });
    expect(refused(await typed("ZZ-000001-BEEF"))).toEqual({ kind: "unknown-series", series: "ZZ" });
    expect(refused(await typed("A-000001-BEEF"))).toEqual({ kind: "receipt-is-here" });
    expect(refused(await typed("B2-000001-BEEF", ""))).toEqual({ kind: "day-missing" });
    expect(refused(await typed("B2-000001-BEEF", "2027-01-01"))).toEqual({ kind: "day-to-come" });
    accepted(await typed("b2-000001-beef"));
    expect(cartOf(desk.state.get())?.lines).toMatchObject([
      { typedReceipt: { number: "B2-000001-BEEF", day: "2026-11-20" } },
    ]);
  });
});
