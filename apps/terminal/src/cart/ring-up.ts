import type { NewLine } from "@holdfast/domain/cart/check-line";
import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Instant } from "@holdfast/domain/kernel/instant";
import { accept, type Result, refuse } from "@holdfast/domain/kernel/result";
import { compareDecimals, type Decimal, decimal, rescale } from "@holdfast/domain/money/decimal";
import type { CodeHit } from "../catalog/catalogue.ts";
import type { Shop } from "../shell/shop.ts";

export type RingUpRefusal =
  /** It is weighed or measured: how much there is of it has to be said. */
  | { readonly kind: "amount-needed" }
  /** Half a piece. */
  | { readonly kind: "too-fine" }
  | { readonly kind: "no-price" };

export type RingUp = {
  readonly hit: CodeHit;
  /** As typed before it; null where nothing was. */
  readonly count: Decimal | null;
  readonly at: Instant;
  readonly code?: string;
};

/** Makes a line of goods, from what the shop says of them at this moment. */
export function ringUp(shop: Pick<Shop, "priceOf">, { hit, count, at, code }: RingUp): Result<NewLine, RingUpRefusal> {
  const { variant, pack } = hit;
  const { unit, scale } = variant.unit;
  if (count === null && scale > 0) return refuse({ kind: "amount-needed" });
  const asked = count ?? decimal(1, 0);
  const counted = rescale(asked, scale, "down");
  if (compareDecimals(counted, asked) !== 0) return refuse({ kind: "too-fine" });
  const quantity = { units: counted.units * pack, scale, unit };
  const unitPrice = shop.priceOf(variant.variant as VariantId, at, quantity);
  if (unitPrice === null) return refuse({ kind: "no-price" });
  return accept({
    kind: "sale",
    variant: variant.variant,
    name: variant.name,
    sku: variant.sku,
    category: variant.category,
    ...(code === undefined ? {} : { barcode: code }),
    quantity,
    stockQuantity: variant.stocked ? quantity : null,
    unitPrice,
    discounts: [],
    taxes: variant.taxes,
  });
}
