import type { Quantity, UnitPrice } from "../catalog/variant.ts";
import { DECIMAL_SCALE_MAX, powerOfTenNumber } from "../money/decimal.ts";
import type { TaxId } from "../tax/tax.ts";
import type { Cart, PricingRules } from "./cart.ts";
import {
  cartAmountMax,
  codeCharsMax,
  lineAmountMax,
  lineTaxesMax,
  nameCharsMax,
  quantityMax,
  serialsMax,
  textCharsMax,
} from "./limits.ts";
import type { LineFacts } from "./line.ts";
import { extendedOf } from "./price-cart.ts";

export type NewLine = Omit<LineFacts, "line">;

export type QuantityRefusal =
  | { readonly kind: "quantity-invalid" }
  | { readonly kind: "quantity-zero" }
  /** Sale lines go out, return lines come in: a minus sign makes no return. */
  | { readonly kind: "quantity-sign" }
  | { readonly kind: "quantity-too-large"; readonly max: number };

export type PriceRefusal =
  | { readonly kind: "price-invalid" }
  | { readonly kind: "price-negative" }
  | { readonly kind: "amount-too-large"; readonly max: number };

export type TextRefusal = { readonly kind: "text-too-long"; readonly max: number } | { readonly kind: "text-invalid" };

export type LineRefusal =
  | QuantityRefusal
  | PriceRefusal
  | TextRefusal
  | { readonly kind: "too-many-taxes"; readonly max: number }
  | { readonly kind: "too-many-serials"; readonly max: number }
  | { readonly kind: "unknown-tax"; readonly tax: TaxId };

/** What is wrong with a line that is to join a cart; null where nothing is. */
export function lineFault(line: NewLine, cart: Cart): LineRefusal | null {
  const unknown = line.taxes.find((tax) => cart.taxes[tax] === undefined);
  if (unknown !== undefined) return { kind: "unknown-tax", tax: unknown };
  if (line.taxes.length > lineTaxesMax) return { kind: "too-many-taxes", max: lineTaxesMax };
  if ((line.serials?.length ?? 0) > serialsMax) return { kind: "too-many-serials", max: serialsMax };
  return quantityFault(line.quantity, line.kind) ?? priceFault(line, cart.rules) ?? textsFault(line);
}

export function quantityFault({ units, scale }: Quantity, kind: LineFacts["kind"]): QuantityRefusal | null {
  const isNumber = Number.isSafeInteger(units) && Number.isInteger(scale) && scale >= 0 && scale <= DECIMAL_SCALE_MAX;
  if (!isNumber) return { kind: "quantity-invalid" };
  if (units === 0) return { kind: "quantity-zero" };
  if (units < 0 !== (kind === "return")) return { kind: "quantity-sign" };
  const whole = Math.abs(units) / powerOfTenNumber(scale);
  return whole > quantityMax ? { kind: "quantity-too-large", max: quantityMax } : null;
}

export function priceFault(
  line: Pick<LineFacts, "unitPrice" | "quantity" | "labelAmount">,
  { exponent }: PricingRules,
): PriceRefusal | null {
  const { unitPrice, quantity, labelAmount } = line;
  if (!isUnitPrice(unitPrice)) return { kind: "price-invalid" };
  if (unitPrice.units < 0) return { kind: "price-negative" };
  if (labelAmount !== undefined && !Number.isSafeInteger(labelAmount)) return { kind: "price-invalid" };
  if (labelAmount !== undefined && labelAmount < 0 !== quantity.units < 0) return { kind: "price-negative" };
  // An estimate in floating point decides a limit only; the exact product could leave the safe integers here.
  const estimate = labelAmount ?? estimatedAmount(unitPrice, quantity, exponent);
  return Math.abs(estimate) <= lineAmountMax ? null : { kind: "amount-too-large", max: lineAmountMax };
}

function isUnitPrice({ units, scale, per }: UnitPrice): boolean {
  const isScale = Number.isInteger(scale) && scale >= 0 && scale <= DECIMAL_SCALE_MAX;
  return Number.isSafeInteger(units) && isScale && Number.isSafeInteger(per) && per > 0;
}

function estimatedAmount(price: UnitPrice, quantity: Quantity, exponent: number): number {
  const each = (price.units / price.per / powerOfTenNumber(price.scale)) * powerOfTenNumber(exponent);
  return each * (quantity.units / powerOfTenNumber(quantity.scale));
}

/** What is wrong with the cart as a whole once lines have changed: its sums must stay exact. */
export function cartFault(cart: Cart): PriceRefusal | null {
  let sum = 0;
  for (const line of cart.lines) sum += Math.abs(extendedOf(line, cart.rules));
  return sum <= cartAmountMax ? null : { kind: "amount-too-large", max: cartAmountMax };
}

function textsFault({
  name,
  note,
  sku,
  barcode,
  serials = [],
  lot,
  giftCard,
  returnReason,
}: NewLine): TextRefusal | null {
  const codes = [sku, barcode, lot, giftCard, ...serials];
  for (const code of codes) {
    const fault = textFault(code ?? "", codeCharsMax);
    if (fault !== null) return fault;
  }
  return (
    textFault(name, nameCharsMax) ?? textFault(note ?? "", textCharsMax) ?? textFault(returnReason ?? "", textCharsMax)
  );
}

/** Text that every store can keep: a lone surrogate is no Unicode, and PostgreSQL has no NUL. */
export function textFault(text: string, max: number): TextRefusal | null {
  if (text.length > max) return { kind: "text-too-long", max };
  return text.isWellFormed() && !text.includes("\u0000") ? null : { kind: "text-invalid" };
}
