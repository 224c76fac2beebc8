import type { Cart } from "@holdfast/domain/cart/cart";
import { priceCart } from "@holdfast/domain/cart/price-cart";
import { amount } from "@holdfast/domain/money/amount";
import type { CustomerId } from "@holdfast/domain/party/merchant";
import { checkRights } from "@holdfast/domain/sale/check-rights";
import type { Approval } from "@holdfast/domain/staff/approval";
import type { TaxId } from "@holdfast/domain/tax/tax";
import { price, TEST_CASHIER, TEST_NOW, testCart, testId, testLine, testSale } from "@holdfast/domain/testing/build";
import { beforeEach, describe, expect, test } from "vitest";
import type { Permit, WantedAct } from "../staff/approvals.ts";
import { newTestId, testClock, testShop } from "../testing/test-log.ts";
import { Desk } from "./desk.ts";
import { cartOf } from "./desk-state.ts";
import { DraftKeeper } from "./draft-keeper.ts";
import { GuardedActs } from "./guarded-acts.ts";
import type { News } from "./news.ts";
import { SuspendedCarts } from "./suspended-carts.ts";

const asked: WantedAct[] = [];
const news: News[] = [];
const traces: string[] = [];
let permit: (act: WantedAct) => Promise<Permit>;
let desk: Desk;
let acts: GuardedActs;
let suspended: SuspendedCarts;

const approvalOf = ({ action, amount: money, sale, line }: WantedAct): Approval => ({
  approver: testId(950),
  approverName: "Ines",
  action,
  amount: money,
  at: TEST_NOW,
  ...(sale === null ? {} : { sale }),
  ...(line === undefined ? {} : { line }),
});

function openWith(cart: Cart): void {
  const keeper = new DraftKeeper({ change: async () => true, stream: () => testId(1), onLost: () => undefined });
  const tell = (each: News): void => void news.push(each);
  desk = new Desk(
    {
      shop: () => testShop(),
      clock: testClock(),
      newId: newTestId,
      keeper,
      onHand: () => null,
      promote: (each) => each,
      takeCoupon: () => ({ ok: false, refusal: { kind: "unknown-coupon" } }),
      tell,
      onReceipt: () => undefined,
      isTraining: () => false,
    },
    { kind: "selling", cart, selected: cart.lines[0]?.line ?? null },
  );
  acts = new GuardedActs({
    desk,
    permit: async (act) => {
      asked.push(act);
      return await permit(act);
    },
    by: () => TEST_CASHIER.staff,
    now: () => TEST_NOW,
    traces: {
      lineVoided: (_, line) => traces.push(`line ${line} voided`),
      cartCancelled: async (_, reason) => void traces.push(`cancelled: ${reason}`),
    },
    tell,
  });
  suspended = new SuspendedCarts(
    {
      desk,
      keeper,
      now: () => TEST_NOW,
      traces: {
        cartSuspended: (_, label) => traces.push(`suspended ${label}`),
        cartResumed: () => traces.push("resumed"),
      },
      tell,
    },
    [],
  );
}

function cartNow(): Cart {
  const cart = cartOf(desk.state.get());
  if (cart === null) throw new Error("the desk is empty");
  return cart;
}

beforeEach(() => {
  for (const list of [asked, news, traces]) list.length = 0;
  permit = async () => ({ ok: true });
  openWith(testCart({ lines: [testLine({ line: 1 }), testLine({ line: 2, unitPrice: price("8.00") })] }));
});

describe("a discount", () => {
  test("is asked for by what it comes to, and by its share of the price", async () => {
    expect(await acts.discountLine(1, { kind: "amount", amount: amount(300) }, "damaged")).toBe(true);
    expect(asked).toEqual([{ action: "discount", sale: testId(1), line: 1, amount: 300, size: 250_000 }]);
    expect(priceCart(cartNow()).totals.total).toBe(1_700);
  });

  test("that a manager approved is covered when the sale is checked", async () => {
    permit = async (act) => ({ ok: true, approval: approvalOf(act) });
    await acts.discountLine(1, { kind: "percent", percentPpm: 400_000 }, "damaged");
    await acts.discountOrder({ kind: "percent", percentPpm: 500_000 }, "goodwill");
    await acts.overridePrice(2, price("4.00"), "shelf");
    const sale = testSale(cartNow());
    expect(checkRights(sale, { ...TEST_CASHIER, role: "cashier" })).toEqual([]);
  });

  test("that nobody approves changes nothing", async () => {
    permit = async () => ({ ok: false, why: "withdrawn" });
    const before = cartNow();
    expect(await acts.discountOrder({ kind: "percent", percentPpm: 500_000 }, "goodwill")).toBe(false);
    expect(cartNow()).toBe(before);
  });

  test("of more than there is, is refused before anybody is asked", async () => {
    expect(await acts.discountLine(1, { kind: "amount", amount: amount(1_201) }, "damaged")).toBe(false);
    expect(asked).toEqual([]);
    expect(news).toMatchObject([{ kind: "refused", refusal: { kind: "amount-out-of-range" } }]);
  });
});

describe("tax that is taken off", () => {
  const embassy = { customer: testId<CustomerId>(60), name: "Embassy" };
  const withCustomer = () => openWith({ ...cartNow(), customer: embassy });

  test("is a manager's to allow, and the approval stays with the customer", async () => {
    withCustomer();
    permit = async (act) => ({ ok: true, approval: approvalOf(act) });
    expect(await acts.exemptFromTax("Diplomatic mission", { ["vat" as TaxId]: [] })).toBe(true);
    expect(asked).toEqual([{ action: "tax-exemption", sale: testId(1), amount: null }]);
    const sale = testSale(cartNow());
    expect(sale.totals).toMatchObject({ tax: 0, total: sale.totals.exTax });
    expect(sale.customer).toMatchObject({ taxExemption: { reason: "Diplomatic mission" } });
    expect(checkRights(sale, { ...TEST_CASHIER, role: "cashier" })).toEqual([]);
  });

  test("needs a customer and a reason before anybody is asked, and stays where nobody allows it", async () => {
    expect(await acts.exemptFromTax("Diplomatic mission", {})).toBe(false);
    withCustomer();
    expect(await acts.exemptFromTax(" ", {})).toBe(false);
    expect(asked).toEqual([]);
    permit = async () => ({ ok: false, why: "withdrawn" });
    expect(await acts.exemptFromTax("Diplomatic mission", { ["vat" as TaxId]: [] })).toBe(false);
    expect(cartNow().customer).toEqual(embassy);
    expect(news.map((each) => (each.kind === "refused" ? each.refusal.kind : ""))).toEqual([
      "customer-needed",
      "reason-missing",
    ]);
  });
});

test("a line that is taken back leaves its trace, and the next one is selected", async () => {
  expect(await acts.voidLine(1)).toBe(true);
  expect(traces).toEqual(["line 1 voided"]);
  expect(cartNow().voids).toMatchObject([{ line: 1, amount: 1_200, by: TEST_CASHIER.staff }]);
  expect(desk.state.get()).toMatchObject({ selected: 2 });
});

test("what is withheld from a person is said to be so", async () => {
  permit = async () => ({ ok: false, why: "forbidden" });
  expect(await acts.voidLine(1)).toBe(false);
  expect(news).toMatchObject([{ kind: "refused", refusal: { kind: "not-allowed" } }]);
});

describe("a cart that goes", () => {
  test("leaves its trace before it is gone", async () => {
    expect(await acts.cancel("mistake")).toBe(true);
    expect(traces).toEqual(["cancelled: mistake"]);
    expect(desk.state.get()).toMatchObject({ cart: null });
  });

  test("stays while money was taken for it", async () => {
    openWith(testCart({ tenders: [{ kind: "cash", amount: amount(500) }] }));
    expect(await acts.cancel("mistake")).toBe(false);
    expect(suspended.suspend()).toBe(false);
    expect(traces).toEqual([]);
    expect(cartNow().tenders).toHaveLength(1);
  });
});

describe("a cart that is set aside", () => {
  test("comes back as it was", () => {
    const before = cartNow();
    expect(suspended.suspend()).toBe(true);
    expect(desk.state.get()).toMatchObject({ cart: null });
    suspended.resume(before.sale);
    expect(cartNow()).toEqual(before);
    expect(suspended.list.get()).toEqual([]);
    expect(traces).toEqual(["suspended Goods 1", "resumed"]);
  });

  test("changes places with the one on the desk", () => {
    const first = cartNow();
    suspended.suspend();
    const second = testCart({ sale: testId(2) });
    desk.takeUp(second);
    suspended.resume(first.sale);
    expect(cartNow().sale).toBe(first.sale);
    expect(suspended.list.get().map(({ cart }) => cart.sale)).toEqual([second.sale]);
  });
});
