import { accept, type Result, refuse } from "../kernel/result.ts";
import { decimalToText } from "../money/decimal.ts";
import { sameTaxes, type Tax, type TaxId } from "../tax/tax.ts";
import type { Cart } from "./cart.ts";
import { cartFault, type NewLine, type PriceRefusal } from "./check-line.ts";
import { saleLinesMax } from "./limits.ts";
import type { LineFacts } from "./line.ts";

export type AddReturnsRefusal =
  | PriceRefusal
  | { readonly kind: "too-many-lines"; readonly max: number }
  /** The cart has a line for it already: change that one. */
  | { readonly kind: "already-in-cart"; readonly line: number };

/**
 * Puts returned goods into the cart, beside goods that are sold: an exchange is one cart with both. They keep the taxes of
 * their sale even where the rate has changed since; the sale then carries that tax under a name of its own for each rate.
 * @param returns lines as `returnLines` makes them, with the taxes of their sale
 */
export function addReturnLines(
  cart: Cart,
  returns: { readonly lines: readonly NewLine[]; readonly taxes: readonly Tax[] },
): Result<Cart, AddReturnsRefusal> {
  if (cart.lines.length + returns.lines.length > saleLinesMax) {
    return refuse({ kind: "too-many-lines", max: saleLinesMax });
  }
  for (const { original } of returns.lines) {
    const twin = cart.lines.find(
      (line) => line.original?.sale === original?.sale && line.original?.line === original?.line,
    );
    if (original !== undefined && twin !== undefined) return refuse({ kind: "already-in-cart", line: twin.line });
  }
  const { taxes, names } = mergedTaxes(cart.taxes, returns.taxes);
  const lines = returns.lines.map((line, index) => renamed({ ...line, line: cart.nextLine + index }, names));
  const next: Cart = { ...cart, taxes, lines: [...cart.lines, ...lines], nextLine: cart.nextLine + lines.length };
  const fault = cartFault(next);
  return fault === null ? accept(next) : refuse(fault);
}

type Merged = { readonly taxes: Readonly<Record<TaxId, Tax>>; readonly names: ReadonlyMap<TaxId, TaxId> };

function mergedTaxes(today: Readonly<Record<TaxId, Tax>>, then: readonly Tax[]): Merged {
  const taxes: Record<TaxId, Tax> = { ...today };
  const names = new Map<TaxId, TaxId>();
  for (const tax of then) {
    const current = taxes[tax.tax];
    if (current === undefined) taxes[tax.tax] = tax;
    else if (!sameTaxes([current], [tax])) {
      const name = `${tax.of ?? tax.tax}@${rateText(tax)}` as TaxId;
      names.set(tax.tax, name);
      taxes[name] = { ...tax, tax: name, of: tax.of ?? tax.tax };
    }
  }
  return { taxes, names };
}

function rateText(tax: Tax): string {
  const rate = tax.kind === "percent" ? { units: tax.ratePpm, scale: 4 } : tax.perUnit;
  return `${decimalToText(rate)}${tax.kind === "percent" ? "%" : ""}${tax.included ? " included" : ""}`;
}

function renamed(line: LineFacts, names: ReadonlyMap<TaxId, TaxId>): LineFacts {
  if (names.size === 0 || line.returned === undefined) return line;
  const nameOf = (tax: TaxId): TaxId => names.get(tax) ?? tax;
  const lineTaxes = line.returned.lineTaxes.map((each) => ({ ...each, tax: nameOf(each.tax) }));
  return { ...line, taxes: line.taxes.map(nameOf), returned: { ...line.returned, lineTaxes } };
}
