import type { PricingRules } from "@holdfast/domain/cart/cart";
import { resolvePrice } from "@holdfast/domain/catalog/price-list";
import type { UnitPrice, VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Instant } from "@holdfast/domain/kernel/instant";
import type { Decimal } from "@holdfast/domain/money/decimal";
import type { BranchId } from "@holdfast/domain/party/merchant";
import type { StaffId } from "@holdfast/domain/staff/staff";
import { branchChannel, MERCHANT_CHANNEL, priceChannel, staffChannel } from "@holdfast/protocol/channel";
import type {
  BranchDocument,
  DocumentKind,
  DocumentOf,
  MerchantDocument,
  PriceListDocument,
  StaffDocument,
  StockDocument,
  TaxDocument,
} from "@holdfast/protocol/documents";
import { ChannelCopy } from "@holdfast/sync/channel-copy";
import type { Replica, ReplicaChange } from "@holdfast/sync/replica";
import { Catalogue } from "../catalog/catalogue.ts";

/** The shop as this terminal knows it: everything a cashier needs, from the copy in memory. */
export type Shop = {
  readonly merchant: MerchantDocument;
  readonly branch: BranchDocument;
  readonly list: PriceListDocument;
  readonly staff: ReadonlyMap<StaffId, StaffDocument>;
  readonly taxes: readonly TaxDocument[];
  readonly catalogue: Catalogue;
  readonly rules: PricingRules;
  readonly isRecalled: (variant: VariantId, lot: string | null) => boolean;
  readonly priceOf: (variant: VariantId, at: Instant, quantity: Decimal) => UnitPrice | null;
  /** By a list of a customer's own; nothing where this terminal has it not, or it counts tax or money otherwise. */
  readonly listPriceOf: (list: Uuid) => Shop["priceOf"];
  /** What the server last said is on hand; null where it said nothing. */
  readonly stockOf: (variant: VariantId) => Decimal | null;
};

export type ShopBefore = { readonly shop: Shop | null; readonly change: ReplicaChange };

/**
 * The shop once its copy is complete enough to sell from; null before that.
 * @param before what there was, and what has changed since: parts that are the same stay the same
 */
export function shopOf(replica: Replica, branch: BranchId, before?: ShopBefore): Shop | null {
  const branchDocument = first(replica, branchChannel(branch), "branch");
  const merchant = first(replica, MERCHANT_CHANNEL, "merchant");
  if (branchDocument === undefined || merchant === undefined) return null;
  const prices = priceChannel(branchDocument.priceList);
  const list = first(replica, prices, "price-list");
  const needed = [MERCHANT_CHANNEL, branchChannel(branch), staffChannel(branch), prices];
  if (list === undefined || !replica.isComplete(needed)) return null;
  return {
    merchant,
    branch: branchDocument,
    list,
    staff: new Map([...documents(replica, staffChannel(branch), "staff")].map((staff) => [staff.staff, staff])),
    taxes: [...documents(replica, MERCHANT_CHANNEL, "tax")],
    catalogue: catalogueOf(replica, before),
    rules: rulesOf(merchant, branchDocument, list),
    isRecalled: recalledBy([...documents(replica, MERCHANT_CHANNEL, "recall")]),
    priceOf: pricesOn(replica, prices),
    listPriceOf: (other) => {
      const channel = priceChannel(other);
      const known = first(replica, channel, "price-list");
      const isAlike = known?.currency === list.currency && known.includesTax === list.includesTax;
      return isAlike ? pricesOn(replica, channel) : () => null;
    },
    stockOf: (variant) =>
      (replica.get(branchChannel(branch), "stock", variant)?.body as StockDocument | undefined) ?? null,
  };
}

function pricesOn(replica: Replica, channel: string): Shop["priceOf"] {
  return (variant, at, quantity) => {
    const body = replica.get(channel, "price", variant)?.body as DocumentOf<"price"> | undefined;
    return body === undefined ? null : (resolvePrice(body.prices, { at, quantity })?.price ?? null);
  };
}

/** A recall without a lot is of all of it; goods whose lot nobody read are not stopped for one lot among many. */
function recalledBy(recalls: readonly DocumentOf<"recall">[]): Shop["isRecalled"] {
  return (variant, lot) => recalls.some((each) => each.variant === variant && (each.lot === null || each.lot === lot));
}

function catalogueOf(replica: Replica, before: ShopBefore | undefined): Catalogue {
  const goodsChanged =
    before === undefined ||
    (before.change.channel === MERCHANT_CHANNEL &&
      (before.change.anew || before.change.documents.some(({ kind }) => kind === "variant")));
  if (!goodsChanged && before.shop !== null) return before.shop.catalogue;
  return new Catalogue(replica.copyOf(MERCHANT_CHANNEL) ?? new ChannelCopy());
}

function rulesOf(merchant: MerchantDocument, branch: BranchDocument, list: PriceListDocument): PricingRules {
  return {
    currency: merchant.currency,
    exponent: merchant.exponent,
    pricesIncludeTax: list.includesTax,
    taxRounding: merchant.taxRounding,
    rounding: "half-away",
    cashRounding: branch.cashRounding,
  };
}

function* documents<Kind extends DocumentKind>(
  replica: Replica,
  channel: string,
  kind: Kind,
): Generator<DocumentOf<Kind>> {
  for (const { body } of replica.all(channel, kind)) yield body as DocumentOf<Kind>;
}

function first<Kind extends DocumentKind>(replica: Replica, channel: string, kind: Kind): DocumentOf<Kind> | undefined {
  for (const document of documents(replica, channel, kind)) return document;
  return undefined;
}
