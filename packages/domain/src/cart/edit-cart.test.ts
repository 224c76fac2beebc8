import { describe, expect, test } from "vitest";
import { amount } from "../money/amount.ts";
import { currencyCode } from "../money/currency.ts";
import type { StaffId } from "../staff/staff.ts";
import type { TaxId } from "../tax/tax.ts";
import {
  accepted,
  percentTax,
  price,
  quantity,
  refused,
  TEST_NOW,
  testCart,
  testId,
  testLine,
  testRules,
} from "../testing/build.ts";
import type { Cart } from "./cart.ts";
import type { NewLine } from "./check-line.ts";
import { addLine, newCart, setLineNote, setNote, setQuantity, voidLine } from "./edit-cart.ts";
import {
  cartAmountMax,
  codeCharsMax,
  lineAmountMax,
  lineTaxesMax,
  lineVoidsMax,
  nameCharsMax,
  quantityMax,
  saleLinesMax,
  serialsMax,
  textCharsMax,
} from "./limits.ts";
import type { LineFacts } from "./line.ts";
import { priceCart } from "./price-cart.ts";

const empty: Cart = testCart({ lines: [] });
const rung = (other: Partial<LineFacts> = {}): NewLine => {
  const { line: _none, ...facts } = testLine({ variant: testId(101), name: "Bread", sku: "B", ...other });
  return facts;
};
const add = (cart: Cart, other: Partial<LineFacts> = {}): Cart => accepted(addLine(cart, rung(other)));
const pieces = (text: string) => ({ quantity: quantity(text), stockQuantity: quantity(text) });

test("a new cart is empty, and has its id before its first line", () => {
  const { rules, taxes } = empty;
  const cart = newCart({ sale: testId(9), startedAt: TEST_NOW, rules, taxes, training: true });
  expect(cart).toMatchObject({
    sale: testId(9),
    lines: [],
    nextLine: 1,
    voids: [],
    tenders: [],
    customer: null,
    note: "",
    training: true,
  });
});

describe("ringing up", () => {
  test("gives each line the next number", () => {
    const cart = add(add(empty), { variant: testId(102) });
    expect(cart.lines.map((line) => line.line)).toEqual([1, 2]);
    expect(cart.nextLine).toBe(3);
  });

  test("adds the same goods at the same price to their line", () => {
    const cart = add(add(empty), pieces("2"));
    expect(cart.lines).toHaveLength(1);
    expect(cart.lines[0]).toMatchObject({ quantity: { units: 3 }, stockQuantity: { units: 3 } });
    expect(add(add(empty, { stockQuantity: null }), { stockQuantity: null }).lines[0]?.stockQuantity).toBeNull();
  });

  test("weights of the same goods add up exactly, whatever their digits", () => {
    const kilos = (text: string) => ({ quantity: quantity(text, "kg"), stockQuantity: quantity(text, "kg") });
    const cart = add(add(empty, kilos("0.5")), kilos("0.125"));
    expect(cart.lines[0]?.quantity).toEqual({ units: 625, scale: 3, unit: "kg" });
  });

  test.each<[string, Partial<LineFacts>]>([
    ["of another price", { unitPrice: price("11.00") }],
    ["of a price for another count", { unitPrice: price("12.00", 12) }],
    ["in another unit", { quantity: quantity("1", "box") }],
    ["of which no stock moves", { stockQuantity: null }],
    ["of other taxes", { taxes: [] }],
    ["with a serial number", { serials: ["S1"] }],
    ["of a lot", { lot: "L1" }],
    ["with a label's own amount", { labelAmount: amount(500) }],
    ["with a note", { note: "gift wrap" }],
    ["with a discount", { discounts: [{ kind: "percent", percentPpm: 1, reason: "x" }] }],
    ["that the catalogue does not know", { variant: null }],
    ["that come back", { ...pieces("-1"), kind: "return", returnReason: "broken" }],
  ])("keeps goods %s on a line of their own", (_what, other) => {
    expect(add(add(empty), other).lines).toHaveLength(2);
    if (other.kind !== "return" && other.variant !== null)
      expect(add(add(empty, other), other).lines.length).toBeGreaterThan(0);
  });

  test("keeps goods that were discounted by hand apart, and promotions not", () => {
    const byHand = {
      ...add(empty),
      lines: [{ ...add(empty).lines[0], discounts: [{ kind: "amount", amount: amount(1), reason: "x" }] } as LineFacts],
    };
    expect(add(byHand).lines).toHaveLength(2);
    const promoted = {
      ...add(empty),
      lines: [
        {
          ...add(empty).lines[0],
          discounts: [{ kind: "promotion", promotion: testId(5), amount: amount(1), reason: "x" }],
        } as LineFacts,
      ],
    };
    expect(add(promoted).lines).toHaveLength(1);
  });

  test.each([
    [Number.NaN, 0, "quantity-invalid"],
    [0.5, 0, "quantity-invalid"],
    [1, 10, "quantity-invalid"],
    [1, -1, "quantity-invalid"],
    [1, 0.5, "quantity-invalid"],
    [Number.POSITIVE_INFINITY, 0, "quantity-invalid"],
    [0, 0, "quantity-zero"],
    [-0, 0, "quantity-zero"],
    [-1, 0, "quantity-sign"],
    [quantityMax + 1, 0, "quantity-too-large"],
    [1e9, 0, "quantity-too-large"],
    [4_006_381_333_931, 0, "quantity-too-large"],
  ])("refuses a quantity of %d at scale %d: %s", (units, scale, kind) => {
    expect(refused(addLine(empty, rung({ kind: "sale", quantity: { units, scale, unit: "each" } })))).toMatchObject({
      kind,
    });
  });

  test("takes the largest quantity", () => {
    expect(add(empty, { quantity: { units: quantityMax, scale: 0, unit: "each" } }).lines).toHaveLength(1);
    expect(refused(addLine(add(empty, pieces(String(quantityMax))), rung()))).toEqual({
      kind: "quantity-too-large",
      max: quantityMax,
    });
  });

  test.each<[string, Partial<LineFacts>, string]>([
    ["a price below nothing", { unitPrice: { units: -1, scale: 2, per: 1 } }, "price-negative"],
    ["a price that is no number", { unitPrice: { units: Number.NaN, scale: 2, per: 1 } }, "price-invalid"],
    ["a price for no piece", { unitPrice: { units: 1, scale: 2, per: 0 } }, "price-invalid"],
    ["a price of too many digits", { unitPrice: { units: 1, scale: 10, per: 1 } }, "price-invalid"],
    ["a price with half a digit", { unitPrice: { units: 1, scale: 0.5, per: 1 } }, "price-invalid"],
    ["a price of minus one digit", { unitPrice: { units: 1, scale: -1, per: 1 } }, "price-invalid"],
    ["a label's amount that is no number", { labelAmount: Number.NaN as never }, "price-invalid"],
    ["a label's amount below nothing", { labelAmount: amount(-1) }, "price-negative"],
    ["an amount beyond all shops", { unitPrice: { units: lineAmountMax, scale: 0, per: 1 } }, "amount-too-large"],
    ["a label's amount beyond all shops", { labelAmount: amount(lineAmountMax + 1) }, "amount-too-large"],
    ["a tax the cart does not know", { taxes: ["gst" as TaxId] }, "unknown-tax"],
    ["too many taxes", { taxes: Array.from({ length: lineTaxesMax + 1 }, () => "vat" as TaxId) }, "too-many-taxes"],
    ["too many serial numbers", { serials: Array.from({ length: serialsMax + 1 }, String) }, "too-many-serials"],
    ["a name too long", { name: "x".repeat(nameCharsMax + 1) }, "text-too-long"],
    ["a note too long", { note: "x".repeat(textCharsMax + 1) }, "text-too-long"],
    ["a barcode too long", { barcode: "x".repeat(codeCharsMax + 1) }, "text-too-long"],
    ["half a surrogate pair", { name: "\ud800" }, "text-invalid"],
    ["a NUL", { note: "a\u0000b" }, "text-invalid"],
    ["a serial number with a NUL", { serials: ["ok", "a\u0000b"] }, "text-invalid"],
    ["goods back without a word why", { ...pieces("-1"), kind: "return" }, "reason-missing"],
    ["goods back with blanks for a reason", { ...pieces("-1"), kind: "return", returnReason: "  " }, "reason-missing"],
    [
      "goods back whose reason is too long",
      { ...pieces("-1"), kind: "return", returnReason: "x".repeat(textCharsMax + 1) },
      "text-too-long",
    ],
  ])("refuses %s", (_what, other, kind) => {
    expect(refused(addLine(empty, rung(other)))).toMatchObject({ kind });
  });

  test("takes a price of nothing, and goods back for a reason", () => {
    expect(priceCart(add(empty, { unitPrice: price("0") })).totals.total).toBe(0);
    const back = add(empty, { ...pieces("-1"), kind: "return", returnReason: "no receipt" });
    expect(priceCart(back).totals.total).toBe(-1200);
    const label = { ...pieces("-1"), kind: "return" as const, returnReason: "sour", labelAmount: amount(-350) };
    expect(priceCart(add(empty, label)).totals.total).toBe(-350);
  });

  test("stops at the last line, though goods that are there already still join theirs", () => {
    const lines = Array.from({ length: saleLinesMax }, (_, index) =>
      testLine({ line: index + 1, unitPrice: price("0.01") }),
    );
    const full = testCart({ lines });
    expect(refused(addLine(full, rung({ variant: testId(5) })))).toEqual({ kind: "too-many-lines", max: saleLinesMax });
    expect(accepted(addLine(full, rung({ unitPrice: price("0.01") }))).lines).toHaveLength(saleLinesMax);
  });

  test("keeps the sum of all lines exact", () => {
    const most = { unitPrice: { units: lineAmountMax / 100, scale: 0, per: 1 } };
    let cart = empty;
    for (let index = 0; index < cartAmountMax / lineAmountMax; index += 1)
      cart = add(cart, { ...most, variant: testId(200 + index) });
    expect(Number.isSafeInteger(priceCart(cart).totals.total)).toBe(true);
    expect(refused(addLine(cart, rung()))).toEqual({ kind: "amount-too-large", max: cartAmountMax });
    expect(refused(setQuantity(add(empty, most), 1, quantity("2")))).toMatchObject({ kind: "amount-too-large" });
  });

  test("a full cart at the highest rates stays within the safe integers", () => {
    const taxes = [percentTax("vat", "400", { included: false })];
    const lines = Array.from({ length: 10 }, (_, index) =>
      testLine({ line: index + 1, unitPrice: { units: lineAmountMax / 100, scale: 0, per: 1 } }),
    );
    const { totals } = priceCart(testCart({ lines, rules: testRules({ pricesIncludeTax: false }) }, taxes));
    expect(totals.total).toBe(5 * cartAmountMax);
  });
});

describe("changing the quantity", () => {
  const three = accepted(setQuantity(add(empty), 1, quantity("3")));

  test("changes the stock's in proportion", () => {
    expect(three.lines[0]).toMatchObject({ quantity: { units: 3 }, stockQuantity: { units: 3 } });
    const pack = add(empty, { quantity: quantity("1", "box"), stockQuantity: quantity("12") });
    expect(accepted(setQuantity(pack, 1, quantity("5", "box"))).lines[0]?.stockQuantity).toEqual(quantity("60"));
    const free = add(empty, { stockQuantity: null });
    expect(accepted(setQuantity(free, 1, quantity("5"))).lines[0]?.stockQuantity).toBeNull();
  });

  test.each<[string, Partial<LineFacts>]>([
    ["a label", { labelAmount: amount(500) }],
    ["serial numbers", { serials: ["S1"] }],
    ["a gift card", { giftCard: "G1" }],
    [
      "the original sale",
      {
        ...pieces("-1"),
        kind: "return",
        original: { sale: testId(3), line: 1, known: "own" },
        returned: returnedNothing(),
      },
    ],
  ])("is refused where %s says how many there are", (_what, other) => {
    const cart = testCart({ lines: [testLine(other)] });
    expect(refused(setQuantity(cart, 1, quantity("2")))).toEqual({ kind: "quantity-fixed" });
  });

  test("is refused for no line and for no quantity", () => {
    expect(refused(setQuantity(three, 9, quantity("2")))).toEqual({ kind: "no-such-line" });
    expect(refused(setQuantity(three, 1, quantity("0")))).toEqual({ kind: "quantity-zero" });
    expect(refused(setQuantity(three, 1, quantity("-1")))).toEqual({ kind: "quantity-sign" });
    expect(refused(setQuantity(three, 1, { units: Number.NaN, scale: 0, unit: "each" }))).toEqual({
      kind: "quantity-invalid",
    });
  });
});

function returnedNothing() {
  const none = amount(0);
  return { extended: none, discount: none, orderDiscount: none, exTax: none, incTax: none, lineTaxes: [] };
}

describe("taking a line back", () => {
  const by = testId<StaffId>(7);

  test("leaves its trace, and never frees its number", () => {
    const cart = accepted(voidLine(add(add(empty), { variant: testId(102) }), 2, { by, at: TEST_NOW }));
    expect(cart.lines.map((line) => line.line)).toEqual([1]);
    expect(cart.voids).toEqual([{ line: 2, name: "Bread", quantity: quantity("1"), amount: 1200, by, at: TEST_NOW }]);
    expect(add(cart, { variant: testId(102) }).lines.map((line) => line.line)).toEqual([1, 3]);
  });

  test("records what the line came to after its own discounts, and who allowed it", () => {
    const approval = { approver: by, approverName: "Ada", action: "line-void", amount: null, at: TEST_NOW };
    const half = add(empty, { discounts: [{ kind: "percent", percentPpm: 500_000, reason: "x" }] });
    expect(accepted(voidLine(half, 1, { by, at: TEST_NOW, approval })).voids[0]).toMatchObject({
      amount: 600,
      approval,
    });
  });

  test("is refused for no line, and at the last trace", () => {
    expect(refused(voidLine(empty, 1, { by, at: TEST_NOW }))).toEqual({ kind: "no-such-line" });
    const trace = { line: 1, name: "x", quantity: quantity("1"), amount: amount(1), by, at: TEST_NOW };
    const cart = { ...add(empty), voids: Array.from({ length: lineVoidsMax }, () => trace) };
    expect(refused(voidLine(cart, 1, { by, at: TEST_NOW }))).toEqual({ kind: "too-many-voids", max: lineVoidsMax });
  });
});

describe("notes", () => {
  test("of the cart and of a line are set and taken off", () => {
    expect(accepted(setNote(empty, "for Bob")).note).toBe("for Bob");
    const noted = accepted(setLineNote(add(empty), 1, "no onions"));
    expect(noted.lines[0]?.note).toBe("no onions");
    expect(accepted(setLineNote(noted, 1, "")).lines[0]).not.toHaveProperty("note");
  });

  test("are refused where they are too long, no text, or of no line", () => {
    expect(refused(setNote(empty, "x".repeat(textCharsMax + 1)))).toEqual({ kind: "text-too-long", max: textCharsMax });
    expect(refused(setNote(empty, "\udfff"))).toEqual({ kind: "text-invalid" });
    expect(refused(setLineNote(add(empty), 1, "\udfff"))).toEqual({ kind: "text-invalid" });
    expect(refused(setLineNote(empty, 1, "x"))).toEqual({ kind: "no-such-line" });
  });
});

test("a cart in a currency without decimals has its limits in its own units", () => {
  const yen = testCart({ lines: [], rules: testRules({ currency: currencyCode("JPY") }) });
  expect(priceCart(add(yen, { unitPrice: price("1980") })).totals.total).toBe(1980);
});
