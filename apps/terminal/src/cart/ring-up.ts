import type { NewLine } from "@holdfast/domain/cart/check-line";
import type { VariantId } from "@holdfast/domain/catalog/variant";
import { type Instant, localDay } from "@holdfast/domain/kernel/instant";
import { accept, type Result, refuse } from "@holdfast/domain/kernel/result";
import { type Amount, amount } from "@holdfast/domain/money/amount";
import { compareDecimals, type Decimal, decimal, rescale } from "@holdfast/domain/money/decimal";
import { cardCode, isCardCode } from "@holdfast/domain/tender/stored-value";
import type { VariantDocument } from "@holdfast/protocol/documents";
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
  | { readonly kind: "goods-recalled" }
  /** Which card is sold or topped up, and for how much. */
  | { readonly kind: "card-needed" }
  | { readonly kind: "card-code-invalid" }
  | { readonly kind: "amount-invalid" }
  /** Each piece, or each batch, has a number that has to be known. */
  | { readonly kind: "serial-needed" }
  | { readonly kind: "lot-needed" }
  /** Pieces with a number of their own, and cards, are rung up one at a time. */
  | { readonly kind: "one-by-one" };

/** A gift card and what is put on it. */
export type LoadedCard = { readonly code: string; readonly amount: Amount };

export type RingUp = {
  readonly hit: CodeHit;
  /** As typed before it; null where nothing was. */
  readonly count: Decimal | null;
  readonly at: Instant;
  readonly code?: string;
  readonly details?: GoodsDetails;
  readonly card?: LoadedCard;
};

type RingUpShop = Pick<Shop, "priceOf" | "isRecalled" | "rules">;

/** Makes a line of goods, from what the shop and the symbol say of them at this moment. */
export function ringUp(
  shop: RingUpShop,
  { hit, count, at, code, details = {}, card }: RingUp,
): Result<NewLine, RingUpRefusal> {
  const { variant, pack } = hit;
  if (variant.giftCard === true) return giftCardLine(shop, { variant, count, card });
  const { unit, scale } = variant.unit;
  if (details.expiry !== undefined && localDay(at) > details.expiry) return refuse({ kind: "goods-expired" });
  if (shop.isRecalled(variant.variant, details.lot ?? null)) return refuse({ kind: "goods-recalled" });
  const missing = numberMissing(variant, details, count);
  if (missing !== null) return refuse(missing);
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

function numberMissing(
  { tracking }: VariantDocument,
  { serial, lot }: GoodsDetails,
  count: Decimal | null,
): RingUpRefusal | null {
  if (tracking === "serial" && count !== null && compareDecimals(count, ONE) !== 0) return { kind: "one-by-one" };
  if (tracking === "serial" && serial === undefined) return { kind: "serial-needed" };
  return tracking === "lot" && lot === undefined ? { kind: "lot-needed" } : null;
}

const ONE = decimal(1, 0);

type GiftCard = Pick<RingUp, "count"> & {
  readonly variant: VariantDocument;
  readonly card: LoadedCard | undefined;
};

/** Sells or tops up a card: what is put on it is what it costs, and is owed to whoever holds it. */
function giftCardLine(
  { rules }: Pick<Shop, "rules">,
  { variant, count, card }: GiftCard,
): Result<NewLine, RingUpRefusal> {
  if (count !== null && compareDecimals(count, ONE) !== 0) return refuse({ kind: "one-by-one" });
  if (card === undefined) return refuse({ kind: "card-needed" });
  const code = cardCode(card.code);
  if (!isCardCode(code)) return refuse({ kind: "card-code-invalid" });
  if (card.amount <= 0) return refuse({ kind: "amount-invalid" });
  return accept({
    ...{ kind: "sale", variant: variant.variant, name: variant.name, sku: variant.sku, category: variant.category },
    quantity: { ...ONE, unit: variant.unit.unit },
    stockQuantity: null,
    unitPrice: { units: card.amount, scale: rules.exponent, per: 1 },
    ...{ discounts: [], taxes: variant.taxes, giftCard: code },
  });
}

function labelled({ labelPrice }: GoodsDetails, exponent: number): { readonly labelAmount?: Amount } {
  return labelPrice === undefined ? {} : { labelAmount: amount(rescale(labelPrice, exponent, "half-away").units) };
}
