import { describe, expect, test } from "vitest";
import { amount } from "../money/amount.ts";
import type { CustomerId } from "../party/merchant.ts";
import type { TaxReplacement } from "../tax/definition.ts";
import type { TaxId } from "../tax/tax.ts";
import {
  accepted,
  card,
  cash,
  percentTax,
  price,
  quantity,
  refused,
  testCart,
  testId,
  testLine,
  testRules,
} from "../testing/build.ts";
import type { Cart } from "./cart.ts";
import { addLine } from "./edit-cart.ts";
import {
  addLineDiscount,
  addOrderDiscount,
  overridePrice,
  removeLineDiscount,
  removeOrderDiscount,
  removeOverride,
} from "./edit-price.ts";
import { exemptFromTax, liftTaxExemption, setCustomer } from "./edit-tax.ts";
import { addTender, remainderOfCart, removeTender } from "./edit-tenders.ts";
import {
  cartAmountMax,
  codeCharsMax,
  lineDiscountsMax,
  orderDiscountsMax,
  tendersMax,
  textCharsMax,
} from "./limits.ts";
import type { LineDiscount, OrderDiscount } from "./line.ts";
import { priceCart } from "./price-cart.ts";

const bread: Cart = testCart();
const totalOf = (cart: Cart): number => priceCart(cart).totals.total;

describe("overriding a price", () => {
  const reason = "shelf label";

  test("sets another price, and keeps the listed one on record", () => {
    const cart = accepted(overridePrice(bread, 1, { price: price("9.00"), reason }));
    expect(totalOf(cart)).toBe(900);
    expect(cart.lines[0]?.override).toEqual({ listed: price("12.00"), reason });
  });

  test("twice still names the listed one, and taking it off restores it", () => {
    const once = accepted(overridePrice(bread, 1, { price: price("9.00"), reason }));
    const twice = accepted(overridePrice(once, 1, { price: price("8.00"), reason: "again" }));
    expect(twice.lines[0]?.override?.listed).toEqual(price("12.00"));
    const restored = accepted(removeOverride(twice, 1));
    expect(restored.lines).toEqual(bread.lines);
    expect(accepted(removeOverride(bread, 1))).toBe(bread);
    expect(refused(removeOverride(bread, 9))).toEqual({ kind: "no-such-line" });
  });

  test("may be to nothing, never below", () => {
    expect(totalOf(accepted(overridePrice(bread, 1, { price: price("0"), reason })))).toBe(0);
    expect(refused(overridePrice(bread, 1, { price: price("-1"), reason }))).toEqual({ kind: "price-negative" });
    expect(refused(overridePrice(bread, 1, { price: { units: Number.NaN, scale: 0, per: 1 }, reason }))).toEqual({
      kind: "price-invalid",
    });
  });

  test("needs a reason that can be kept, and a line", () => {
    expect(refused(overridePrice(bread, 1, { price: price("1"), reason: " " }))).toEqual({ kind: "reason-missing" });
    expect(refused(overridePrice(bread, 1, { price: price("1"), reason: "x".repeat(textCharsMax + 1) }))).toMatchObject(
      { kind: "text-too-long" },
    );
    expect(refused(overridePrice(bread, 2, { price: price("1"), reason }))).toEqual({ kind: "no-such-line" });
  });

  test("is refused where something else says what it costs", () => {
    for (const other of [
      { labelAmount: amount(500) },
      { giftCard: "G1" },
      { exempted: { unitPrice: price("1"), taxes: [] } },
    ]) {
      const cart = testCart({ lines: [testLine(other)] });
      expect(refused(overridePrice(cart, 1, { price: price("1"), reason }))).toEqual({ kind: "price-fixed" });
    }
  });

  test("keeps the sum of the cart exact", () => {
    const large = { unitPrice: { units: 9_000_000_000, scale: 0, per: 1 } };
    const lines = Array.from({ length: 11 }, (_, index) => testLine({ line: index + 1, ...large }));
    const cart = testCart({ lines });
    const more = { units: 10_000_000_000, scale: 0, per: 1 };
    const twice = accepted(overridePrice(cart, 1, { price: more, reason }));
    expect(refused(overridePrice(twice, 2, { price: more, reason }))).toEqual({
      kind: "amount-too-large",
      max: cartAmountMax,
    });
  });
});

describe("discounts of a line", () => {
  const percent = (percentPpm: number): LineDiscount => ({ kind: "percent", percentPpm, reason: "loyal" });
  const off = (minor: number): LineDiscount => ({ kind: "amount", amount: minor as never, reason: "scratched" });

  test("apply one after another, each on what is left", () => {
    const cart = accepted(addLineDiscount(accepted(addLineDiscount(bread, 1, percent(500_000))), 1, off(100)));
    expect(totalOf(cart)).toBe(500);
    expect(totalOf(accepted(removeLineDiscount(cart, 1, 0)))).toBe(1100);
  });

  test("given by hand come before promotions, so that taking one off never changes the other", () => {
    const promotion: LineDiscount = { kind: "promotion", promotion: testId(5), amount: amount(100), reason: "spring" };
    const promoted = testCart({ lines: [testLine({ discounts: [promotion] })] });
    expect(accepted(addLineDiscount(promoted, 1, off(50))).lines[0]?.discounts).toEqual([off(50), promotion]);
  });

  test.each([
    [percent(0), "percent-out-of-range"],
    [percent(-1), "percent-out-of-range"],
    [percent(1_000_001), "percent-out-of-range"],
    [percent(0.5), "percent-out-of-range"],
    [percent(Number.NaN), "percent-out-of-range"],
    [off(0), "amount-out-of-range"],
    [off(-1), "amount-out-of-range"],
    [off(1201), "amount-out-of-range"],
    [off(Number.NaN), "amount-out-of-range"],
    [{ ...off(1), reason: "x".repeat(textCharsMax + 1) }, "text-too-long"],
  ])("%j is refused: %s", (discount, kind) => {
    expect(refused(addLineDiscount(bread, 1, discount))).toMatchObject({ kind });
  });

  test("of all of it leave nothing", () => {
    expect(totalOf(accepted(addLineDiscount(bread, 1, percent(1_000_000))))).toBe(0);
    expect(totalOf(accepted(addLineDiscount(bread, 1, off(1200))))).toBe(0);
  });

  test("are refused for no line, for stored value, and beyond the last", () => {
    expect(refused(addLineDiscount(bread, 9, off(1)))).toEqual({ kind: "no-such-line" });
    const giftCard = testCart({ lines: [testLine({ giftCard: "G1" })] });
    expect(refused(addLineDiscount(giftCard, 1, off(1)))).toEqual({ kind: "price-fixed" });
    const many = testCart({ lines: [testLine({ discounts: Array.from({ length: lineDiscountsMax }, () => off(1)) })] });
    expect(refused(addLineDiscount(many, 1, off(1)))).toEqual({ kind: "too-many-discounts", max: lineDiscountsMax });
  });

  test("are taken off where they are", () => {
    expect(refused(removeLineDiscount(bread, 9, 0))).toEqual({ kind: "no-such-line" });
    expect(refused(removeLineDiscount(bread, 1, 0))).toEqual({ kind: "no-such-discount" });
  });
});

describe("discounts of the whole cart", () => {
  const off = (minor: number): OrderDiscount => ({ kind: "amount", amount: amount(minor), reason: "birthday" });
  const mixed = testCart({
    lines: [
      testLine(),
      testLine({ line: 2, giftCard: "G1", taxes: [] }),
      testLine({ line: 3, quantity: quantity("-1"), stockQuantity: quantity("-1"), kind: "return", returnReason: "x" }),
    ],
  });

  test("take no part of stored value and of goods that come back", () => {
    const { lines } = priceCart(accepted(addOrderDiscount(mixed, off(1200))));
    expect(lines.map((line) => line.orderDiscount)).toEqual([1200, 0, 0]);
    expect(refused(addOrderDiscount(mixed, off(1201)))).toEqual({ kind: "amount-out-of-range", max: 1200 });
  });

  test("are none where nothing can be reduced", () => {
    const lines = mixed.lines.slice(1);
    const cart = { ...mixed, lines, orderDiscounts: [{ kind: "percent" as const, percentPpm: 500_000, reason: "x" }] };
    expect(priceCart(cart).lines.map((line) => line.orderDiscount)).toEqual([0, 0]);
  });

  test("that come to nothing change nothing", () => {
    const cents = testCart({
      lines: [testLine({ unitPrice: price("0.01") })],
      orderDiscounts: [{ kind: "percent", percentPpm: 1, reason: "x" }],
    });
    expect(totalOf(cents)).toBe(1);
  });

  test("end at the last one, and are taken off by their place", () => {
    const full = { ...bread, orderDiscounts: Array.from({ length: orderDiscountsMax }, () => off(1)) };
    expect(refused(addOrderDiscount(full, off(1)))).toEqual({ kind: "too-many-discounts", max: orderDiscountsMax });
    expect(accepted(removeOrderDiscount(full, 0)).orderDiscounts).toHaveLength(orderDiscountsMax - 1);
    expect(refused(removeOrderDiscount(bread, 0))).toEqual({ kind: "no-such-discount" });
  });
});

describe("the customer", () => {
  const embassy = { customer: testId<CustomerId>(70), name: "Embassy" };
  const free = percentTax("free", "0", { category: "E" });
  const replacement = { vat: ["free"] } as unknown as TaxReplacement;
  const exemption = { reason: "diplomat", replacement, taxes: [free] };
  const named = accepted(setCustomer(bread, embassy));

  test("is named and unnamed", () => {
    expect(named.customer).toEqual(embassy);
    expect(accepted(setCustomer(named, null)).customer).toBeNull();
    expect(refused(setCustomer(bread, { ...embassy, name: "x".repeat(300) }))).toMatchObject({ kind: "text-too-long" });
  });

  test("who is exempt pays the net price, for goods rung up later too", () => {
    const exempt = accepted(exemptFromTax(named, exemption));
    expect(priceCart(exempt).totals).toMatchObject({ total: 1000, tax: 0, exTax: 1000 });
    const { line: _none, ...more } = testLine({ variant: testId(5), unitPrice: price("6.00") });
    expect(totalOf(accepted(addLine(exempt, more)))).toBe(1500);
    expect(exempt.customer?.taxExemption).toEqual({ reason: "diplomat" });
  });

  test("the same goods join their exempt line", () => {
    const exempt = accepted(exemptFromTax(named, exemption));
    const { line: _none, ...same } = testLine();
    expect(accepted(addLine(exempt, same)).lines).toMatchObject([{ quantity: { units: 2 }, taxes: ["free"] }]);
  });

  test("of a label's amount, and of goods that know no tax or came back", () => {
    const lines = [
      testLine({ labelAmount: amount(999) }),
      testLine({ line: 2, taxes: [] }),
      testLine({
        line: 3,
        kind: "return",
        quantity: quantity("-1"),
        returned: { ...zero(), incTax: amount(-1200), exTax: amount(-1000), extended: amount(-1200) },
      }),
    ];
    const cart = accepted(exemptFromTax({ ...named, lines }, exemption));
    expect(cart.lines.map((line) => line.labelAmount)).toEqual([833, undefined, undefined]);
    expect(cart.lines[1]).toBe(lines[1]);
    expect(cart.lines[2]).toBe(lines[2]);
    expect(liftTaxExemption(cart).lines).toEqual(lines);
  });

  test("whose prices do not contain tax keeps them", () => {
    const onTop = percentTax("vat", "20", { included: false });
    const cart = testCart({ rules: testRules({ pricesIncludeTax: false }), customer: embassy }, [onTop]);
    expect(priceCart(cart).totals.total).toBe(1440);
    expect(priceCart(accepted(exemptFromTax(cart, exemption))).totals.total).toBe(1200);
  });

  test("loses the exemption with the name", () => {
    const approval = {
      approver: testId(9),
      approverName: "Ada",
      action: "tax-exemption",
      amount: null,
      at: bread.startedAt,
    } as never;
    const exempt = accepted(exemptFromTax(named, { ...exemption, approval }));
    expect(exempt.customer?.taxExemption).toEqual({ reason: "diplomat", approval });
    const other = accepted(setCustomer(exempt, { ...embassy, name: "Bob" }));
    expect([other.customer, other.lines, other.taxReplacement]).toEqual([
      { ...embassy, name: "Bob" },
      bread.lines,
      undefined,
    ]);
    expect(liftTaxExemption({ ...exempt, customer: null })).toMatchObject({ customer: null, lines: bread.lines });
    expect(liftTaxExemption(bread)).toBe(bread);
  });

  test.each([
    ["nobody", bread, exemption, { kind: "customer-needed" }],
    [
      "somebody who is exempt already",
      accepted(exemptFromTax(named, exemption)),
      exemption,
      { kind: "already-exempt" },
    ],
    ["no reason", named, { ...exemption, reason: "" }, { kind: "reason-missing" }],
    ["no text", named, { ...exemption, reason: "\ud800" }, { kind: "text-invalid" }],
    ["taxes nobody knows", named, { ...exemption, taxes: [] }, { kind: "unknown-tax", tax: "free" as TaxId }],
  ])("is not made exempt for %s", (_what, cart, asked, refusal) => {
    expect(refused(exemptFromTax(cart, asked))).toEqual(refusal);
  });

  function zero() {
    const none = amount(0);
    return { extended: none, discount: none, orderDiscount: none, exTax: none, incTax: none, lineTaxes: [] };
  }
});

describe("tenders", () => {
  const five = testRules({ cashRounding: { increment: 5, method: "half-up", changeMethod: "half-down" } });
  const back = testCart({ lines: [testLine({ kind: "return", quantity: quantity("-1"), returnReason: "x" })] });

  test("take part of what is due, cash more than that", () => {
    const split = accepted(addTender(accepted(addTender(bread, card(700))), cash(1000)));
    expect(remainderOfCart(split)).toEqual({ due: -500, cashDue: -500 });
  });

  test("that are promises buy goods, and no promises", () => {
    const sold = testCart({
      lines: [testLine(), testLine({ line: 2, giftCard: "G1", taxes: [], stockQuantity: null })],
    });
    const withCard = (minor: number) => addTender(sold, { kind: "gift-card", amount: amount(minor), card: "G2" });
    expect(refused(withCard(1201))).toEqual({ kind: "buys-stored-value", due: 1200 });
    const paid = accepted(withCard(1000));
    const onAccount = { kind: "on-account" as const, amount: amount(201), customer: testId(5) };
    expect(refused(addTender(paid, onAccount))).toEqual({ kind: "buys-stored-value", due: 200 });
    expect(accepted(addTender(paid, cash(1400))).tenders).toHaveLength(2);
  });

  test("give a refund to the coin", () => {
    expect(accepted(addTender(back, cash(-1200))).tenders).toHaveLength(1);
    expect(accepted(addTender(back, card(-200))).tenders).toHaveLength(1);
  });

  test("settle a rest that rounds to nothing by no cash", () => {
    const cents = testCart({ lines: [testLine({ unitPrice: price("0.02") })], rules: five });
    expect(accepted(addTender(cents, cash(0))).tenders).toEqual([cash(0)]);
    expect(refused(addTender({ ...cents, rules: bread.rules }, cash(0)))).toEqual({ kind: "amount-invalid" });
    expect(refused(addTender(cents, card(0)))).toEqual({ kind: "amount-invalid" });
  });

  const giftCard = (code: string) => ({ kind: "gift-card" as const, amount: amount(100), card: code });

  test.each<[string, Cart, Parameters<typeof addTender>[1], object]>([
    ["a card for more than is due", bread, card(1201), { kind: "over-tendered", due: 1200 }],
    ["a refund of too much", back, cash(-1201), { kind: "over-tendered", due: -1200 }],
    ["a refund of too much to a card", back, card(-1201), { kind: "over-tendered", due: -1200 }],
    ["money out on a sale", bread, cash(-1), { kind: "wrong-direction" }],
    ["money in on a refund", back, cash(1), { kind: "wrong-direction" }],
    ["anything when all is paid", testCart({ tenders: [cash(1200)] }), card(1), { kind: "nothing-due" }],
    ["no number", bread, { ...cash(0), amount: Number.NaN as never }, { kind: "amount-invalid" }],
    ["more than any shop takes", bread, cash(cartAmountMax + 1), { kind: "amount-invalid" }],
    [
      "a slip's text too long",
      bread,
      { ...card(1), reference: "x".repeat(textCharsMax + 1) } as never,
      { kind: "text-too-long", max: textCharsMax },
    ],
    [
      "a gift card's code too long",
      bread,
      giftCard("x".repeat(codeCharsMax + 1)),
      { kind: "text-too-long", max: codeCharsMax },
    ],
    [
      "a credit's code that is no text",
      bread,
      { kind: "store-credit", amount: amount(1), credit: "\ud800" },
      { kind: "text-invalid" },
    ],
  ])("refuse %s", (_what, cart, tender, refusal) => {
    expect(refused(addTender(cart, tender))).toEqual(refusal);
  });

  test("end at the last one", () => {
    const many = testCart({ tenders: Array.from({ length: tendersMax }, () => cash(1)) });
    expect(refused(addTender(many, cash(1)))).toEqual({ kind: "too-many-tenders", max: tendersMax });
  });

  test("of every other kind are taken", () => {
    for (const tender of [
      giftCard("G1"),
      { kind: "store-credit" as const, amount: amount(1), credit: "C1" },
      { kind: "on-account" as const, amount: amount(1), customer: testId(70) },
    ]) {
      expect(accepted(addTender(bread, tender)).tenders).toEqual([tender]);
    }
  });

  test("are taken back, but not what a reader has charged", () => {
    const paid = testCart({ tenders: [cash(100), card(200), { ...card(300), reader: "integrated" } as never] });
    expect(accepted(removeTender(paid, 0)).tenders).toHaveLength(2);
    expect(accepted(removeTender(paid, 1)).tenders).toHaveLength(2);
    expect(refused(removeTender(paid, 2))).toEqual({ kind: "card-was-charged" });
    expect(refused(removeTender(paid, 3))).toEqual({ kind: "no-such-tender" });
  });
});
