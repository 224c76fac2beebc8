import type { ProductId, UnitPrice, VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type { MerchantId } from "@holdfast/domain/party/merchant";
import { MERCHANT_CHANNEL, priceChannel } from "@holdfast/protocol/channel";
import type { PriceDocument, TaxDocument, VariantDocument } from "@holdfast/protocol/documents";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";
import type { DocumentKey } from "../feed/project.ts";

/** Changes to the catalogue. Each tells which documents it touched, for the caller to publish in the same transaction. */

export async function saveTaxes(tx: Tx, merchant: MerchantId, taxes: readonly TaxDocument[]): Promise<DocumentKey[]> {
  const rows = taxes.map(({ onPrevious, ...tax }) => ({ ...tax, on_previous: onPrevious }));
  await sql`
    INSERT INTO tax (merchant, tax, name, category, jurisdiction, compound, on_previous, rates)
    SELECT ${merchant}::uuid, row.* FROM json_to_recordset(${JSON.stringify(rows)}::json)
      AS row (tax text, name text, category text, jurisdiction text, compound boolean, on_previous boolean, rates jsonb)
    ON CONFLICT (merchant, tax) DO UPDATE SET name = excluded.name, category = excluded.category,
      jurisdiction = excluded.jurisdiction, compound = excluded.compound, on_previous = excluded.on_previous, rates = excluded.rates
  `.execute(tx);
  return taxes.map(({ tax }) => ({ channel: MERCHANT_CHANNEL, kind: "tax", id: tax }));
}

export type VariantFacts = {
  readonly variant: VariantId;
  readonly product: ProductId;
  readonly productName: string;
  readonly name: string;
  readonly sku: string;
  readonly category: string | null;
  readonly unit: string;
  readonly unitScale: number;
  readonly taxes: readonly string[];
  readonly stocked: boolean;
  readonly barcodes: readonly { readonly code: string; readonly pack: number }[];
  /** What a till does differently with these goods; what is not said stays as it is. */
  readonly kit?: VariantDocument["kit"];
  readonly tracking?: VariantDocument["tracking"];
  readonly stockPolicy?: VariantDocument["stockPolicy"];
  readonly giftCard?: true;
};

/** Saves variants with their products and barcodes; a barcode that moved belongs to its new variant alone. */
export async function saveVariants(
  tx: Tx,
  merchant: MerchantId,
  variants: readonly VariantFacts[],
): Promise<DocumentKey[]> {
  const rows = JSON.stringify(
    variants.map(({ productName, unitScale, ...rest }) => ({
      ...rest,
      product_name: productName,
      unit_scale: unitScale,
    })),
  );
  await sql`
    INSERT INTO product (merchant, product, name, category)
    SELECT DISTINCT ON (product) ${merchant}::uuid, product, product_name, category FROM json_to_recordset(${rows}::json)
      AS row (product uuid, product_name text, category text)
    ON CONFLICT (merchant, product) DO UPDATE SET name = excluded.name, category = excluded.category`.execute(tx);
  await sql`
    INSERT INTO variant (merchant, variant, product, name, sku, unit, unit_scale, taxes, stocked)
    SELECT ${merchant}::uuid, row.* FROM json_to_recordset(${rows}::json)
      AS row (variant uuid, product uuid, name text, sku text, unit text, unit_scale smallint, taxes text[], stocked boolean)
    ON CONFLICT (merchant, variant) DO UPDATE SET product = excluded.product, name = excluded.name, sku = excluded.sku,
      taxes = excluded.taxes, stocked = excluded.stocked`.execute(tx);
  await saveTreatment(tx, merchant, variants);
  const barcodes = variants.flatMap(({ variant, barcodes: codes }) =>
    codes.map(({ code, pack }) => ({ barcode: code, variant, pack })),
  );
  await sql`
    DELETE FROM barcode WHERE merchant = ${merchant} AND variant = ANY (${variants.map(({ variant }) => variant)}::uuid[])`.execute(
    tx,
  );
  await sql`
    INSERT INTO barcode (merchant, barcode, variant, pack)
    SELECT ${merchant}::uuid, row.* FROM json_to_recordset(${JSON.stringify(barcodes)}::json) AS row (barcode text, variant uuid, pack int)
    ON CONFLICT (merchant, barcode) DO UPDATE SET variant = excluded.variant, pack = excluded.pack`.execute(tx);
  return variants.map(({ variant }) => ({ channel: MERCHANT_CHANNEL, kind: "variant", id: variant }));
}

async function saveTreatment(tx: Tx, merchant: MerchantId, variants: readonly VariantFacts[]): Promise<void> {
  const rows = variants.flatMap(({ variant, kit, tracking, stockPolicy, giftCard }) =>
    (kit ?? tracking ?? stockPolicy ?? giftCard) === undefined
      ? []
      : [{ variant, kit, tracking, stock_policy: stockPolicy, gift_card: giftCard }],
  );
  if (rows.length === 0) return;
  await sql`
    UPDATE variant v SET kit = coalesce(row.kit, v.kit), tracking = coalesce(row.tracking, v.tracking),
      stock_policy = coalesce(row.stock_policy, v.stock_policy), gift_card = coalesce(row.gift_card, v.gift_card)
    FROM json_to_recordset(${JSON.stringify(rows)}::json)
      AS row (variant uuid, kit jsonb, tracking text, stock_policy text, gift_card boolean)
    WHERE v.merchant = ${merchant} AND v.variant = row.variant`.execute(tx);
}

export type VariantPrices = { readonly variant: VariantId; readonly prices: PriceDocument["prices"] };

export async function savePrices(
  tx: Tx,
  merchant: MerchantId,
  { priceList, prices }: { readonly priceList: Uuid; readonly prices: readonly VariantPrices[] },
): Promise<DocumentKey[]> {
  await sql`
    INSERT INTO price (merchant, price_list, variant, prices)
    SELECT ${merchant}::uuid, ${priceList}::uuid, row.* FROM json_to_recordset(${JSON.stringify(prices)}::json) AS row (variant uuid, prices jsonb)
    ON CONFLICT (merchant, price_list, variant) DO UPDATE SET prices = excluded.prices,
      changed_at = CASE WHEN price.prices = excluded.prices THEN price.changed_at ELSE excluded.changed_at END`.execute(
    tx,
  );
  return prices.map(({ variant }) => ({ channel: priceChannel(priceList), kind: "price", id: variant }));
}

/** A price that holds from now on, for one unit each. */
export function plainPrice(price: UnitPrice): PriceDocument["prices"] {
  return [{ price, from: null, to: null, minQuantity: 0 }];
}
