import type { Cart, PricingRules } from "../cart/cart.ts";
import type { LineFacts } from "../cart/line.ts";
import { priceCart } from "../cart/price-cart.ts";
import type { Quantity, UnitPrice } from "../catalog/variant.ts";
import { assert, present } from "../kernel/assert.ts";
import { type Uuid, uuid } from "../kernel/id.ts";
import type { Day, Instant } from "../kernel/instant.ts";
import type { Result } from "../kernel/result.ts";
import { type Amount, amount } from "../money/amount.ts";
import { currencyCode, exponentOf } from "../money/currency.ts";
import { parseDecimal } from "../money/decimal.ts";
import type { BranchId, TerminalId } from "../party/merchant.ts";
import { completeSale, type SaleCircumstances } from "../sale/complete-sale.ts";
import { receiptNumber } from "../sale/receipt-number.ts";
import type { Sale } from "../sale/sale.ts";
import type { StaffId } from "../staff/staff.ts";
import type { Tax, TaxId } from "../tax/tax.ts";
import { NO_CASH_ROUNDING } from "../tender/cash-rounding.ts";
import { remainderOf } from "../tender/settle.ts";
import type { Tender } from "../tender/tender.ts";

/*
 * Ready-made things for tests of any package: only what a test cares about has to be said. Nothing here is random.
 */

/** A UUID that is the same in every run. */
export function testId<Id extends Uuid = Uuid>(number: number): Id {
  return uuid(`00000000-0000-7000-8000-${String(number).padStart(12, "0")}`) as Id;
}

/** 2026-11-23 06:10 in a zone two hours ahead of UTC. */
export const TEST_NOW = "2026-11-23T06:10:00.000+02:00" as Instant;
export const TEST_DAY = "2026-11-23" as Day;
export const TEST_BRANCH = testId<BranchId>(901);
export const TEST_TERMINAL = testId<TerminalId>(902);
export const TEST_CASHIER = { staff: testId<StaffId>(903), name: "Ada" };

/** @param text such as `0.575` */
export function price(text: string, per = 1): UnitPrice {
  return { ...present(parseDecimal(text), `not a price: ${text}`), per };
}

export function quantity(text: string, unit = "each"): Quantity {
  return { ...present(parseDecimal(text), `not a quantity: ${text}`), unit };
}

/** A percentage, in the price unless said otherwise: `percentTax("vat", "20")`. */
export function percentTax(tax: string, percent: string, other: Partial<Omit<Tax, "kind">> = {}): Tax {
  const { units, scale } = present(parseDecimal(percent), `not a percentage: ${percent}`);
  return { ...taxNamed(tax), ...other, kind: "percent", ratePpm: units * 10 ** (4 - scale) };
}

/** A fee per piece, on top of the price unless said otherwise. */
export function fixedTax(tax: string, perUnit: string, other: Partial<Omit<Tax, "kind">> = {}): Tax {
  const decimal = present(parseDecimal(perUnit), `not a fee: ${perUnit}`);
  return { ...taxNamed(tax), included: false, ...other, kind: "fixed", perUnit: decimal };
}

function taxNamed(tax: string): Omit<Tax, "kind"> {
  return {
    tax: tax as TaxId,
    name: tax,
    category: "S",
    jurisdiction: "DE",
    included: true,
    compound: false,
    onPrevious: false,
  };
}

export function testRules(other: Partial<PricingRules> = {}): PricingRules {
  const currency = other.currency ?? currencyCode("EUR");
  return {
    currency,
    exponent: exponentOf(currency),
    pricesIncludeTax: true,
    taxRounding: "document",
    rounding: "half-away",
    cashRounding: NO_CASH_ROUNDING,
    ...other,
  };
}

/** One piece for 12.00, taxed with `vat`. */
export function testLine(other: Partial<LineFacts> = {}): LineFacts {
  const line = other.line ?? 1;
  const sold = other.quantity ?? quantity("1");
  return {
    line,
    kind: sold.units < 0 ? "return" : "sale",
    variant: testId(100 + line),
    name: `Goods ${line}`,
    sku: `SKU-${line}`,
    category: "goods",
    quantity: sold,
    stockQuantity: sold,
    unitPrice: price("12.00"),
    discounts: [],
    taxes: ["vat" as TaxId],
    ...other,
  };
}

/** @param taxes every tax that a line may name; 20 % VAT in the price if not said */
export function testCart(
  other: Partial<Omit<Cart, "taxes">> = {},
  taxes: readonly Tax[] = [percentTax("vat", "20")],
): Cart {
  const lines = other.lines ?? [testLine()];
  return {
    sale: testId(1),
    startedAt: TEST_NOW,
    rules: testRules(),
    lines,
    nextLine: lines.reduce((next, line) => Math.max(next, line.line + 1), 1),
    orderDiscounts: [],
    taxes: Object.fromEntries(taxes.map((tax) => [tax.tax, tax])) as Record<TaxId, Tax>,
    voids: [],
    tenders: [],
    customer: null,
    note: "",
    training: false,
    ...other,
  };
}

export function cash(minorUnits: number): Tender {
  return { kind: "cash", amount: amount(minorUnits) };
}

export function card(minorUnits: number, state: "approved" | "stored-offline" = "approved"): Tender {
  return {
    kind: "card",
    amount: amount(minorUnits),
    reader: "standalone",
    reference: "4711",
    state,
    attempt: testId(800),
  };
}

export function testCircumstances(other: Partial<SaleCircumstances> = {}): SaleCircumstances {
  return {
    number: receiptNumber("A", 1, testId(7)),
    branch: TEST_BRANCH,
    terminal: TEST_TERMINAL,
    shift: testId(904),
    cashier: TEST_CASHIER,
    businessDay: TEST_DAY,
    completedAt: TEST_NOW,
    priceList: null,
    approvals: [],
    ...other,
  };
}

/** The sale of a cart; without tenders it is paid in cash to the coin. */
export function testSale(cart: Cart = testCart(), other: Partial<SaleCircumstances> = {}): Sale {
  const priced = priceCart(cart);
  const tenders = cart.tenders.length > 0 ? cart.tenders : exactCash(priced.totals.total, cart);
  const completed = completeSale({ ...cart, tenders }, priced, testCircumstances(other));
  assert(completed.ok, `a test's sale does not complete: ${JSON.stringify(completed)}`);
  return completed.value;
}

function exactCash(total: Amount, cart: Cart): Tender[] {
  const { cashDue } = remainderOf(total, [], cart.rules.cashRounding);
  return total === 0 ? [] : [{ kind: "cash", amount: cashDue }];
}

/** The value of a decision that a test expects to be accepted. */
export function accepted<Value>(decided: Result<Value, unknown>): Value {
  assert(decided.ok, `refused: ${JSON.stringify(decided)}`);
  return decided.value;
}

/** The refusal of a decision that a test expects to be refused. */
export function refused<Refusal>(decided: Result<unknown, Refusal>): Refusal {
  assert(!decided.ok, `accepted: ${JSON.stringify(decided)}`);
  return decided.refusal;
}
