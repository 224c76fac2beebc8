import type { UnitPrice } from "@holdfast/domain/catalog/variant";
import type { Currency, Formats } from "@holdfast/ui/format";

/** A price as on the shelf: `€ 4.90`, or `€ 9.00 / 100` where it is for many units. */
export function priceText(formats: Formats, { per, ...price }: UnitPrice, currency: Currency): string {
  const text = formats.price(price, currency);
  return per === 1 ? text : `${text} / ${formats.number(per)}`;
}
