import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Tax, TaxId } from "@holdfast/domain/tax/tax";

export type Good = {
  readonly variant: VariantId;
  readonly name: string;
  readonly sku: string;
  readonly price: number;
  readonly tax: TaxId;
};

export const TAXES: readonly Tax[] = ([20, 10] as const).map((percent) => ({
  tax: `vat-${percent}` as TaxId,
  name: `VAT ${percent} %`,
  category: "S",
  jurisdiction: "AT",
  included: true,
  compound: false,
  onPrevious: false,
  kind: "percent",
  ratePpm: percent * 10_000,
}));
