import type { Day } from "../kernel/instant.ts";
import type { Tax, TaxCategory, TaxId, TaxRate, TaxRounding } from "./tax.ts";

/** A rate for the days from `from` on, and before `to`. */
export type DatedRate = { readonly from: Day; readonly to: Day | null; readonly rate: TaxRate };

/** A tax as the law has it over the years; a sale records the one that applied on its day. */
export type TaxDefinition = {
  readonly tax: TaxId;
  readonly name: string;
  readonly category: TaxCategory;
  readonly jurisdiction: string;
  /** Whether it is in the price whatever the price list says; without it the price list decides. */
  readonly included?: boolean;
  readonly compound: boolean;
  readonly onPrevious: boolean;
  readonly rates: readonly DatedRate[];
};

/**
 * The tax as it applies on a day; null where no rate does, as before a law or in a tax holiday without a rate of its own.
 * Of overlapping rates the one that began last counts: a holiday lies over the rule.
 */
export function taxOn(definition: TaxDefinition, day: Day, pricesIncludeTax = false): Tax | null {
  let dated: DatedRate | null = null;
  for (const each of definition.rates) {
    const applies = each.from <= day && (each.to === null || day < each.to);
    if (applies && (dated === null || each.from >= dated.from)) dated = each;
  }
  if (dated === null) return null;
  const { rates: _dated, included = pricesIncludeTax, ...rest } = definition;
  return { ...rest, included, ...dated.rate };
}

/** Every tax that applies on a day, by id: what a cart carries. */
export function taxesOn(
  definitions: readonly TaxDefinition[],
  day: Day,
  pricesIncludeTax: boolean,
): Readonly<Record<TaxId, Tax>> {
  const taxes: Record<TaxId, Tax> = {};
  for (const definition of definitions) {
    const tax = taxOn(definition, day, pricesIncludeTax);
    if (tax !== null) taxes[tax.tax] = tax;
  }
  return taxes;
}

/** Which taxes take the place of others for a customer or an occasion; one that is not named here stays. */
export type TaxReplacement = Readonly<Record<TaxId, readonly TaxId[]>>;

export function replaceTaxes(taxes: readonly TaxId[], replacement: TaxReplacement): TaxId[] {
  return [...new Set(taxes.flatMap((tax) => replacement[tax] ?? [tax]))];
}

/** How a country's shops usually price and round; a merchant may choose otherwise where the law allows. */
export type TaxRegime = { readonly pricesIncludeTax: boolean; readonly taxRounding: TaxRounding };

/**
 * @param country ISO 3166-1 alpha-2. Prices contain tax nearly everywhere but in the USA and Canada. Rounding once per
 * document lets anybody check the tax summary as amount times rate; Norway's SAF-T sample file rounds by line.
 */
export function taxRegimeOf(country: string): TaxRegime {
  return {
    pricesIncludeTax: country !== "US" && country !== "CA",
    taxRounding: country === "NO" ? "line" : "document",
  };
}
