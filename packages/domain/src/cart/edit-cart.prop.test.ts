import fc from "fast-check";
import { expect } from "vitest";
import type { Result } from "../kernel/result.ts";
import { amount, sumBy } from "../money/amount.ts";
import { checkSale, findFault } from "../sale/check-sale.ts";
import { completeSale } from "../sale/complete-sale.ts";
import type { TaxReplacement } from "../tax/definition.ts";
import type { TaxId } from "../tax/tax.ts";
import { anyCashRounding } from "../testing/arbitraries.ts";
import {
  card,
  cash,
  percentTax,
  price,
  TEST_CASHIER,
  TEST_NOW,
  testCircumstances,
  testId,
  testLine,
  testRules,
  testSale,
} from "../testing/build.ts";
import { property, sayHowToRepeat } from "../testing/property.ts";
import type { Cart } from "./cart.ts";
import { addLine, newCart, setQuantity, voidLine } from "./edit-cart.ts";
import {
  addLineDiscount,
  addOrderDiscount,
  overridePrice,
  removeLineDiscount,
  removeOrderDiscount,
} from "./edit-price.ts";
import { exemptFromTax, liftTaxExemption, setCustomer } from "./edit-tax.ts";
import { addTender, remainderOfCart, removeTender } from "./edit-tenders.ts";
import { priceCart } from "./price-cart.ts";

sayHowToRepeat();

type Act = (cart: Cart) => Result<Cart, unknown>;

const VAT = percentTax("vat", "20");
const FREE = percentTax("free", "0", { category: "E" });
const EXEMPTION = { reason: "diplomat", replacement: replacing(VAT.tax, FREE.tax), taxes: [FREE] };
const ODD_NUMBERS = [
  0,
  -0,
  -1,
  0.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1e9,
  2 ** 31,
  2 ** 53,
  1e308,
  4_006_381_333_931,
];

const anyNumber = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 50 }) }, fc.constantFrom(...ODD_NUMBERS));
const anyPlace = fc.integer({ min: 1, max: 6 });
const anyOff = fc.oneof(
  anyNumber.map((percent) => ({ kind: "percent" as const, percentPpm: percent * 10_000, reason: "loyal" })),
  anyNumber.map((value) => ({ kind: "amount" as const, amount: value as ReturnType<typeof amount>, reason: "worn" })),
);

/** Everything a cashier can press, sensibly or not. */
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ goods: fc.nat(3), units: anyNumber }).map(({ goods, units }): Act => {
    const pieces = { units, scale: 0, unit: "each" };
    const { line: _numbered, ...facts } = testLine({ variant: testId(goods), unitPrice: price(`${goods}.99`) });
    return (cart) => addLine(cart, { ...facts, kind: "sale", quantity: pieces, stockQuantity: pieces });
  }),
  fc.tuple(anyPlace, anyNumber).map(
    ([line, units]): Act =>
      (cart) =>
        setQuantity(cart, line, { units, scale: 0, unit: "each" }),
  ),
  anyPlace.map(
    (line): Act =>
      (cart) =>
        voidLine(cart, line, { by: TEST_CASHIER.staff, at: TEST_NOW }),
  ),
  fc.tuple(anyPlace, anyNumber).map(
    ([line, units]): Act =>
      (cart) =>
        overridePrice(cart, line, { price: { units, scale: 2, per: 1 }, reason: "label" }),
  ),
  fc.tuple(anyPlace, anyOff).map(
    ([line, off]): Act =>
      (cart) =>
        addLineDiscount(cart, line, off),
  ),
  anyOff.map(
    (off): Act =>
      (cart) =>
        addOrderDiscount(cart, off),
  ),
  fc.tuple(anyPlace, fc.nat(2)).map(
    ([line, index]): Act =>
      (cart) =>
        removeLineDiscount(cart, line, index),
  ),
  fc.nat(2).map(
    (index): Act =>
      (cart) =>
        removeOrderDiscount(cart, index),
  ),
  fc.constant<Act>((cart) => setCustomer(cart, { customer: testId(70), name: "Embassy" })),
  fc.constant<Act>((cart) => exemptFromTax(cart, EXEMPTION)),
  fc.constant<Act>((cart) => ({ ok: true, value: liftTaxExemption(cart) })),
  fc.tuple(fc.boolean(), anyNumber).map(([isCash, value]): Act => {
    const tender = isCash
      ? { ...cash(0), amount: value as ReturnType<typeof amount> }
      : { ...card(0), amount: value as ReturnType<typeof amount> };
    return (cart) => addTender(cart, tender);
  }),
  fc.nat(2).map(
    (index): Act =>
      (cart) =>
        removeTender(cart, index),
  ),
);

function replacing(tax: TaxId, by: TaxId): TaxReplacement {
  return { [tax]: [by] } as TaxReplacement;
}

function started(cashRounding: ReturnType<typeof testRules>["cashRounding"]): Cart {
  return newCart({
    sale: testId(1),
    startedAt: TEST_NOW,
    rules: testRules({ cashRounding }),
    taxes: { [VAT.tax]: VAT } as Readonly<Record<TaxId, typeof VAT>>,
    training: false,
  });
}

const anySession = fc.record({ acts: fc.array(anyAct, { maxLength: 25 }), rule: anyCashRounding });

function after({ acts, rule }: { readonly acts: readonly Act[]; readonly rule: Parameters<typeof started>[0] }): Cart {
  return acts.reduce((cart, act) => {
    const made = act(cart);
    return made.ok ? made.value : cart;
  }, started(rule));
}

property("no sequence of acts makes a cart that cannot be priced, or a line below zero", anySession, (session) => {
  const { lines, totals } = priceCart(after(session));
  for (const line of lines) {
    expect(line.amount).toBeGreaterThanOrEqual(0);
    expect(line.quantity.units).toBeGreaterThan(0);
  }
  expect(Number.isSafeInteger(totals.total)).toBe(true);
});

property("line numbers are never used twice, and every line taken back is on record", anySession, (session) => {
  const cart = after(session);
  const numbers = [...cart.lines, ...cart.voids].map((each) => each.line);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.length).toBe(cart.nextLine - 1);
});

property("acts never change the cart they are given", anySession, ({ acts, rule }) => {
  let cart = started(rule);
  for (const act of acts) {
    const before = JSON.stringify(cart);
    const made = act(cart);
    expect(JSON.stringify(cart)).toBe(before);
    if (made.ok) cart = made.value;
  }
});

property("a cart paid for what remains completes as a sale that the server makes again", anySession, (session) => {
  const unpaid = { ...after(session), tenders: [] };
  if (unpaid.lines.length === 0) return;
  const { due, cashDue } = remainderOfCart(unpaid);
  const paid = due === 0 ? { ok: true as const, value: unpaid } : addTender(unpaid, cash(cashDue));
  if (!paid.ok) throw new Error(JSON.stringify(paid.refusal));
  const sale = testSale(paid.value);
  expect(findFault(sale)).toBeNull();
  expect(checkSale(sale)).toEqual([]);
});

property("what the tenders accept, settlement accepts once all is paid", anySession, (session) => {
  const cart = after(session);
  const { due } = remainderOfCart(cart);
  const isPaid = due <= 0 && cart.lines.length > 0 && cart.tenders.length > 0;
  if (!isPaid) return;
  const made = completeSale(cart, priceCart(cart), testCircumstances());
  const isEditedAfterwards = !made.ok && made.refusal.kind === "over-tendered";
  expect(made.ok || isEditedAfterwards).toBe(true);
});

property("an exemption that is lifted leaves no trace on the lines", anySession, (session) => {
  const cart = liftTaxExemption(after(session));
  const named = setCustomer(cart, { customer: testId(70), name: "Embassy" });
  if (!named.ok) throw new Error("named");
  const exempt = exemptFromTax(named.value, EXEMPTION);
  if (!exempt.ok) throw new Error(JSON.stringify(exempt.refusal));
  expect(sumBy(priceCart(exempt.value).lines, (line) => amount(line.incTax - line.exTax))).toBe(0);
  expect(liftTaxExemption(exempt.value).lines).toEqual(cart.lines);
});
