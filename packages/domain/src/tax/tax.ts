import type { Brand } from "../kernel/brand.ts";
import type { Decimal } from "../money/decimal.ts";

export type TaxId = Brand<string, "TaxId">;

/** EN 16931 category codes: standard, zero-rated, exempt, reverse charge, intra-community, export, out of scope. */
export type TaxCategory = "S" | "Z" | "E" | "AE" | "K" | "G" | "O";

/**
 * One tax as it applied at the moment of sale. A line has an ordered list of them, which covers VAT, sales tax by
 * jurisdiction, tax on tax and fees per piece.
 */
export type Tax = {
  readonly tax: TaxId;
  /** The tax it is, where `tax` only tells it from the same one at another rate: an exchange may have both. */
  readonly of?: TaxId;
  readonly name: string;
  readonly category: TaxCategory;
  readonly jurisdiction: string;
  /** The price already contains it. */
  readonly included: boolean;
  /** Its amount joins the base of the taxes after it. */
  readonly compound: boolean;
  /** Its own base takes in earlier compound taxes. */
  readonly onPrevious: boolean;
} & TaxRate;

export type TaxRate =
  /** Parts per million of the base: 8.875 % is 88 750. */
  | { readonly kind: "percent"; readonly ratePpm: number }
  /** Major units for each whole unit of quantity. */
  | { readonly kind: "fixed"; readonly perUnit: Decimal };

/** Whether tax is rounded once per line or once per group of lines with the same tax list. */
export type TaxRounding = "line" | "document";

/** Whether two lists name the same taxes with the same rates in the same order: then one rounding may serve both. */
export function sameTaxes(a: readonly Tax[], b: readonly Tax[]): boolean {
  return a === b || (a.length === b.length && a.every((tax, index) => sameTax(tax, b[index] as Tax)));
}

function sameTax(a: Tax, b: Tax): boolean {
  if (a === b) return true;
  const alike =
    a.tax === b.tax && a.included === b.included && a.compound === b.compound && a.onPrevious === b.onPrevious;
  if (!alike) return false;
  if (a.kind === "percent") return b.kind === "percent" && a.ratePpm === b.ratePpm;
  return b.kind === "fixed" && a.perUnit.units === b.perUnit.units && a.perUnit.scale === b.perUnit.scale;
}
