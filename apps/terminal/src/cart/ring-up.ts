import type { NewLine } from "@holdfast/domain/cart/check-line";
import type { VariantId } from "@holdfast/domain/catalog/variant";
import { type Instant, localDay } from "@holdfast/domain/kernel/instant";
import { accept, type Result, refuse } from "@holdfast/domain/kernel/result";
import { type Amount, amount } from "@holdfast/domain/money/amount";
import { compareDecimals, type Decimal, decimal, rescale } from "@holdfast/domain/money/decimal";
import type { CodeHit } from "../catalog/catalogue.ts";
import type { GoodsDetails } from "../catalog/find-scanned.ts";
import type { Shop } from "../shell/shop.ts";

export type RingUpRefusal =
  /** It is weighed or measured: how much there is of it has to be said. */
  | { readonly kind: "amount-needed" }
  /** Half a piece. */
  | { readonly kind: "too-fine" }
  | { readonly kind: "no-price" }
  /** The symbol says that its last day is over. */
  | { readonly kind: "goods-expired" }
  /** Nobody may sell them; why is for the news. */
  | { readonly kind: "goods-recalled" };

export type RingUp = {
  readonly hit: CodeHit;
  /** As typed before it; null where nothing was. */
  readonly count: Decimal | null;
  readonly at: Instant;
  readonly code?: string;
  readonly details?: GoodsDetails;
};

type RingUpShop = Pick<Shop, "priceOf" | "isRecalled" | "rules">;

/** Makes a line of goods, from what the shop and the symbol say of them at this moment. */
export function ringUp(
  shop: RingUpShop,
  { hit, count, at, code, details = {} }: RingUp,
): Result<NewLine, RingUpRefusal> {
  const { variant, pack } = hit;
  const { unit, scale } = variant.unit;
  if (details.expiry !== undefined && localDay(at) > details.expiry) return refuse({ kind: "goods-expired" });
  if (shop.isRecalled(variant.variant, details.lot ?? null)) return refuse({ kind: "goods-recalled" });
  const said = count ?? details.count ?? null;
  const isPriced = details.labelPrice !== undefined;
  if (said === null && scale > 0 && !isPriced) return refuse({ kind: "amount-needed" });
  const asked = said ?? decimal(1, 0);
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
    stockQuantity: variant.stocked && variant.kit === undefined ? quantity : null,
    unitPrice,
    ...labelled(details, shop.rules.exponent),
    discounts: [],
    taxes: variant.taxes,
    ...(details.lot === undefined ? {} : { lot: details.lot }),
    ...(details.serial === undefined ? {} : { serials: [details.serial] }),
    ...(details.expiry === undefined ? {} : { expiry: details.expiry }),
    ...(variant.kit === undefined ? {} : { kit: variant.kit }),
  });
}

function labelled({ labelPrice }: GoodsDetails, exponent: number): { readonly labelAmount?: Amount } {
  return labelPrice === undefined ? {} : { labelAmount: amount(rescale(labelPrice, exponent, "half-away").units) };
}
