import type { Quantity } from "../catalog/variant.ts";
import type { Uuid } from "../kernel/id.ts";
import type { Instant } from "../kernel/instant.ts";
import { accept, type Result, refuse } from "../kernel/result.ts";
import { addDecimals, powerOfTen } from "../money/decimal.ts";
import { roundRatio } from "../money/rounding.ts";
import type { StaffId } from "../staff/staff.ts";
import type { Tax, TaxId } from "../tax/tax.ts";
import type { Cart, PricingRules } from "./cart.ts";
import {
  cartFault,
  type LineRefusal,
  lineFault,
  type NewLine,
  type PriceRefusal,
  priceFault,
  type QuantityRefusal,
  quantityFault,
  type TextRefusal,
  textFault,
} from "./check-line.ts";
import { exemptLine } from "./edit-tax.ts";
import { lineVoidsMax, saleLinesMax, textCharsMax } from "./limits.ts";
import type { Approval, LineFacts } from "./line.ts";
import { lineLeft } from "./price-cart.ts";

/*
 * Everything a cashier does to the lines of a cart. Each act makes the next cart or says why not; none changes anything.
 */

export function newCart(start: {
  readonly sale: Uuid;
  readonly startedAt: Instant;
  readonly rules: PricingRules;
  readonly taxes: Readonly<Record<TaxId, Tax>>;
  readonly training: boolean;
}): Cart {
  return {
    ...start,
    lines: [],
    nextLine: 1,
    orderDiscounts: [],
    voids: [],
    tenders: [],
    customer: null,
    note: "",
  };
}

export type AddLineRefusal =
  | LineRefusal
  | { readonly kind: "too-many-lines"; readonly max: number }
  /** Goods without their sale come back for a reason that somebody wrote down. */
  | { readonly kind: "reason-missing" };

/**
 * Rings something up. The same goods at the same price join the line they are on already; whatever makes a line one of its
 * own (a serial number, a lot, a label's amount, a discount, an override, a note) keeps it apart.
 */
export function addLine(cart: Cart, line: NewLine): Result<Cart, AddLineRefusal> {
  const fault = lineFault(line, cart);
  if (fault !== null) return refuse(fault);
  if (line.kind === "return" && line.original === undefined && (line.returnReason ?? "").trim() === "") {
    return refuse({ kind: "reason-missing" });
  }
  const twin = cart.lines.findLast((each) => isTwin(each, line));
  return twin === undefined ? appendLine(cart, line) : joinLine(cart, twin, line);
}

function appendLine(cart: Cart, line: NewLine): Result<Cart, AddLineRefusal> {
  if (cart.lines.length >= saleLinesMax) return refuse({ kind: "too-many-lines", max: saleLinesMax });
  const numbered = exemptLine({ ...line, line: cart.nextLine }, cart);
  return checked({ ...cart, lines: [...cart.lines, numbered], nextLine: cart.nextLine + 1 });
}

function joinLine(cart: Cart, twin: LineFacts, line: NewLine): Result<Cart, AddLineRefusal> {
  const quantity = { ...addDecimals(twin.quantity, line.quantity), unit: twin.quantity.unit };
  const fault = quantityFault(quantity, twin.kind) ?? priceFault({ ...twin, quantity }, cart.rules);
  if (fault !== null) return refuse(fault);
  const stockQuantity =
    twin.stockQuantity === null || line.stockQuantity === null
      ? null
      : { ...addDecimals(twin.stockQuantity, line.stockQuantity), unit: twin.stockQuantity.unit };
  return checked(withLine(cart, { ...twin, quantity, stockQuantity }));
}

/** What sets a line apart from others of the same goods. */
const APART = [
  "labelAmount",
  "override",
  "note",
  "serials",
  "lot",
  "expiry",
  "kit",
  "giftCard",
  "original",
  "typedReceipt",
  "returnReason",
  "restock",
  "returned",
] as const;

function isTwin(line: LineFacts, next: NewLine): boolean {
  if (line.variant === null || line.variant !== next.variant || line.kind !== next.kind) return false;
  if (APART.some((field) => line[field] !== undefined || next[field] !== undefined)) return false;
  if (next.discounts.length > 0 || line.discounts.some((discount) => discount.kind !== "promotion")) return false;
  const listed = line.exempted ?? line;
  const [a, b] = [listed.unitPrice, next.unitPrice];
  const samePrice = a.units === b.units && a.scale === b.scale && a.per === b.per;
  const sameStock = line.stockQuantity?.unit === next.stockQuantity?.unit;
  const sameTaxes = listed.taxes.join() === next.taxes.join();
  return samePrice && sameTaxes && sameStock && line.quantity.unit === next.quantity.unit;
}

export type SetQuantityRefusal =
  | QuantityRefusal
  | PriceRefusal
  | { readonly kind: "no-such-line" }
  /** A label, a serial number, a card or the original sale says how many there are. */
  | { readonly kind: "quantity-fixed" };

/** The stock's quantity follows in proportion: a pack of twelve stays one of twelve. */
export function setQuantity(cart: Cart, number: number, quantity: Quantity): Result<Cart, SetQuantityRefusal> {
  const line = lineOf(cart, number);
  if (line === null) return refuse({ kind: "no-such-line" });
  if (isQuantityFixed(line)) return refuse({ kind: "quantity-fixed" });
  const fault = quantityFault(quantity, line.kind) ?? priceFault({ ...line, quantity }, cart.rules);
  if (fault !== null) return refuse(fault);
  const stockQuantity = line.stockQuantity === null ? null : inProportion(line.stockQuantity, line.quantity, quantity);
  return checked(withLine(cart, { ...line, quantity, stockQuantity }));
}

function isQuantityFixed(line: LineFacts): boolean {
  const { labelAmount, serials, giftCard, returned } = line;
  return labelAmount !== undefined || serials !== undefined || giftCard !== undefined || returned !== undefined;
}

function inProportion(stock: Quantity, from: Quantity, to: Quantity): Quantity {
  const numerator = BigInt(stock.units) * BigInt(to.units) * powerOfTen(from.scale);
  const denominator = BigInt(from.units) * powerOfTen(to.scale);
  return { ...stock, units: Number(roundRatio(numerator, denominator, "half-away")) };
}

export type VoidLineRefusal =
  | { readonly kind: "no-such-line" }
  | { readonly kind: "too-many-voids"; readonly max: number };

/** Takes a line back. What was on it stays on record, with who took it off. */
export function voidLine(
  cart: Cart,
  number: number,
  act: { readonly by: StaffId; readonly at: Instant; readonly approval?: Approval },
): Result<Cart, VoidLineRefusal> {
  const line = lineOf(cart, number);
  if (line === null) return refuse({ kind: "no-such-line" });
  if (cart.voids.length >= lineVoidsMax) return refuse({ kind: "too-many-voids", max: lineVoidsMax });
  const { name, quantity } = line;
  const trace = { line: number, name, quantity, amount: lineLeft(line, cart), ...act };
  return accept({
    ...cart,
    lines: cart.lines.filter((each) => each.line !== number),
    voids: [...cart.voids, trace],
  });
}

export function setNote(cart: Cart, note: string): Result<Cart, TextRefusal> {
  const fault = textFault(note, textCharsMax);
  return fault === null ? accept({ ...cart, note }) : refuse(fault);
}

export function setLineNote(
  cart: Cart,
  number: number,
  note: string,
): Result<Cart, TextRefusal | { readonly kind: "no-such-line" }> {
  const line = lineOf(cart, number);
  if (line === null) return refuse({ kind: "no-such-line" });
  const fault = textFault(note, textCharsMax);
  if (fault !== null) return refuse(fault);
  const { note: _before, ...rest } = line;
  return accept(withLine(cart, note === "" ? rest : { ...rest, note }));
}

export function lineOf(cart: Cart, number: number): LineFacts | null {
  return cart.lines.find((line) => line.line === number) ?? null;
}

export function withLine(cart: Cart, line: LineFacts): Cart {
  return { ...cart, lines: cart.lines.map((each) => (each.line === line.line ? line : each)) };
}

function checked(cart: Cart): Result<Cart, PriceRefusal> {
  const fault = cartFault(cart);
  return fault === null ? accept(cart) : refuse(fault);
}
