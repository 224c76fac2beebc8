import { present } from "../kernel/assert.ts";
import { accept, type Result, refuse } from "../kernel/result.ts";
import { amount } from "../money/amount.ts";
import { rescale } from "../money/decimal.ts";
import { replaceTaxes, type TaxReplacement } from "../tax/definition.ts";
import { repriced } from "../tax/reprice.ts";
import type { Tax, TaxId } from "../tax/tax.ts";
import type { Cart, CartCustomer } from "./cart.ts";
import { type TextRefusal, textFault } from "./check-line.ts";
import { nameCharsMax, textCharsMax } from "./limits.ts";
import type { Approval, LineFacts } from "./line.ts";

/** Names the customer, or nobody. An exemption belongs to a customer and goes with the one who had it. */
export function setCustomer(cart: Cart, customer: CartCustomer | null): Result<Cart, TextRefusal> {
  const fault = customer === null ? null : textFault(customer.name, nameCharsMax);
  if (fault !== null) return refuse(fault);
  return accept({ ...liftTaxExemption(cart), customer });
}

export type TaxExemptionRefusal =
  | TextRefusal
  | { readonly kind: "customer-needed" }
  | { readonly kind: "already-exempt" }
  | { readonly kind: "reason-missing" }
  | { readonly kind: "unknown-tax"; readonly tax: TaxId };

export type TaxExemption = {
  readonly reason: string;
  readonly approval?: Approval;
  readonly replacement: TaxReplacement;
  /** The taxes that take the place of others, as they apply today. */
  readonly taxes: readonly Tax[];
};

/**
 * Takes taxes off the goods of this cart, those rung up later included. The net price stays: what was tax in the price
 * comes off it. Returned goods keep the taxes of their sale.
 */
export function exemptFromTax(cart: Cart, exemption: TaxExemption): Result<Cart, TaxExemptionRefusal> {
  const { customer } = cart;
  if (customer === null) return refuse({ kind: "customer-needed" });
  if (cart.taxReplacement !== undefined) return refuse({ kind: "already-exempt" });
  const { reason, approval, replacement } = exemption;
  if (reason.trim() === "") return refuse({ kind: "reason-missing" });
  const fault = textFault(reason, textCharsMax);
  if (fault !== null) return refuse(fault);
  const taxes: Record<TaxId, Tax> = { ...cart.taxes };
  for (const tax of exemption.taxes) taxes[tax.tax] = tax;
  const unknown = Object.values(replacement)
    .flat()
    .find((tax) => taxes[tax] === undefined);
  if (unknown !== undefined) return refuse({ kind: "unknown-tax", tax: unknown });
  const taxExemption = approval === undefined ? { reason } : { reason, approval };
  const exempt: Cart = { ...cart, taxes, taxReplacement: replacement, customer: { ...customer, taxExemption } };
  return accept({ ...exempt, lines: cart.lines.map((line) => exemptLine(line, exempt)) });
}

/** The line as the cart's exemption makes it; unchanged without one. */
export function exemptLine(line: LineFacts, { rules, taxes, taxReplacement }: Cart): LineFacts {
  if (taxReplacement === undefined || line.returned !== undefined || line.exempted !== undefined) return line;
  const replaced = replaceTaxes(line.taxes, taxReplacement);
  if (replaced.join() === line.taxes.join()) return line;
  const listOf = (ids: readonly TaxId[]): Tax[] =>
    ids.map((id) => present(taxes[id], "INV-16 a tax of a line is not in the cart"));
  const change = { from: listOf(line.taxes), to: listOf(replaced) };
  const { unitPrice, labelAmount } = line;
  const exempted = { unitPrice, taxes: line.taxes, ...(labelAmount === undefined ? {} : { labelAmount }) };
  const next = { ...line, unitPrice: repriced(unitPrice, change), taxes: replaced, exempted };
  if (labelAmount === undefined) return next;
  const label = repriced({ units: labelAmount, scale: rules.exponent, per: 1 }, change);
  return { ...next, labelAmount: amount(rescale(label, rules.exponent, rules.rounding).units) };
}

/** Puts the taxes back as they were. */
export function liftTaxExemption(cart: Cart): Cart {
  if (cart.taxReplacement === undefined) return cart;
  const { taxReplacement: _lifted, ...rest } = cart;
  const lines = cart.lines.map((line) => {
    const { exempted, ...facts } = line;
    return exempted === undefined ? line : { ...facts, ...exempted };
  });
  if (cart.customer === null) return { ...rest, lines };
  const { taxExemption: _given, ...customer } = cart.customer;
  return { ...rest, lines, customer };
}
