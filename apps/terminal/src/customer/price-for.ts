import type { UnitPrice, VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Instant } from "@holdfast/domain/kernel/instant";
import type { Decimal } from "@holdfast/domain/money/decimal";
import type { Shop } from "../shell/shop.ts";

export type Prices = Pick<Shop, "priceOf" | "listPriceOf">;

/** What goods cost for whoever has prices of their own; what is not on their list costs what it does for everybody. */
export function priceFor(shop: Prices, priceList: Uuid | undefined): Shop["priceOf"] {
  return (variant: VariantId, at: Instant, quantity: Decimal): UnitPrice | null => {
    const own = priceList === undefined ? null : shop.listPriceOf(priceList)(variant, at, quantity);
    return own ?? shop.priceOf(variant, at, quantity);
  };
}
