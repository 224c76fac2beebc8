import type { PricingRules } from "@holdfast/domain/cart/cart";
import { resolvePrice } from "@holdfast/domain/catalog/price-list";
import type { UnitPrice, VariantId } from "@holdfast/domain/catalog/variant";
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
  TaxDocument,
  VariantDocument,
} from "@holdfast/protocol/documents";
import type { Replica } from "@holdfast/sync/replica";

/** The shop as this terminal knows it: everything a cashier needs, from the copy in memory. */
export type Shop = {
  readonly merchant: MerchantDocument;
  readonly branch: BranchDocument;
  readonly list: PriceListDocument;
  readonly staff: ReadonlyMap<StaffId, StaffDocument>;
  readonly taxes: readonly TaxDocument[];
  readonly variants: ReadonlyMap<VariantId, VariantDocument>;
  /** Each scanned code with its variant and how many units one scan means. */
  readonly barcodes: ReadonlyMap<string, { readonly variant: VariantDocument; readonly pack: number }>;
  readonly rules: PricingRules;
  readonly priceOf: (variant: VariantId, at: Instant, quantity: Decimal) => UnitPrice | null;
};

/** The shop once its copy is complete enough to sell from; null before that. */
export function shopOf(replica: Replica, branch: BranchId): Shop | null {
  const branchDocument = first(replica, branchChannel(branch), "branch");
  const merchant = first(replica, MERCHANT_CHANNEL, "merchant");
  if (branchDocument === undefined || merchant === undefined) return null;
  const prices = priceChannel(branchDocument.priceList);
  const list = first(replica, prices, "price-list");
  if (list === undefined) return null;
  const variants = [...documents(replica, MERCHANT_CHANNEL, "variant")].filter(({ archived }) => archived !== true);
  return {
    merchant,
    branch: branchDocument,
    list,
    staff: new Map([...documents(replica, staffChannel(branch), "staff")].map((staff) => [staff.staff, staff])),
    taxes: [...documents(replica, MERCHANT_CHANNEL, "tax")],
    variants: new Map(variants.map((variant) => [variant.variant, variant])),
    barcodes: new Map(
      variants.flatMap((variant) => variant.barcodes.map(({ code, pack }) => [code, { variant, pack }] as const)),
    ),
    rules: rulesOf(merchant, branchDocument, list),
    priceOf: (variant, at, quantity) => {
      const body = replica.get(prices, "price", variant)?.body as DocumentOf<"price"> | undefined;
      return body === undefined ? null : (resolvePrice(body.prices, { at, quantity })?.price ?? null);
    },
  };
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
