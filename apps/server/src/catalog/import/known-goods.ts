import { parseGtin } from "@holdfast/domain/catalog/barcode/gtin";
import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type { CurrencyCode } from "@holdfast/domain/money/currency";
import type { MerchantId } from "@holdfast/domain/party/merchant";
import type { PriceDocument } from "@holdfast/protocol/documents";
import { sql } from "kysely";
import type { Tx } from "../../db/database.ts";
import type { VariantFacts } from "../write-catalog.ts";
import type { RowFacts } from "./check-row.ts";

/** A variant that a row may be about, with its prices on the list that is imported to. */
export type KnownVariant = VariantFacts & { readonly prices: PriceDocument["prices"] };

export type ShopTerms = {
  readonly taxes: readonly string[];
  readonly lists: readonly { readonly priceList: Uuid; readonly currency: CurrencyCode }[];
  /** Where the catalogue and its prices stand. */
  readonly basis: string;
};

export async function shopTerms(tx: Tx, merchant: MerchantId): Promise<ShopTerms> {
  const { rows } = await sql<ShopTerms>`
    SELECT ARRAY(SELECT tax FROM tax WHERE merchant = ${merchant} ORDER BY tax) AS taxes,
      coalesce((SELECT json_agg(json_build_object('priceList', price_list, 'currency', currency) ORDER BY name)
                FROM price_list WHERE merchant = ${merchant}), '[]') AS lists,
      (SELECT string_agg(rev::text, '.' ORDER BY channel) FROM feed_head
       WHERE merchant = ${merchant} AND (channel = 'm' OR channel LIKE 'p:%')) AS basis`.execute(tx);
  return rows[0] as ShopTerms;
}

/** Every variant that the rows name by SKU or by barcode. */
export async function knownGoods(
  tx: Tx,
  merchant: MerchantId,
  { rows: facts, priceList }: { readonly rows: readonly RowFacts[]; readonly priceList: Uuid | null },
): Promise<KnownVariant[]> {
  const codes = [...new Set(facts.flatMap(({ barcodes }) => barcodes ?? []).flatMap(({ code }) => spellingsOf(code)))];
  const skus = [...new Set(facts.flatMap(({ sku, barcodes }) => [sku, barcodes?.[0]?.code].filter(isText)))];
  const { rows } = await sql<KnownVariant>`
    WITH named AS (
      SELECT variant FROM variant WHERE merchant = ${merchant} AND sku = ANY (${skus}::text[])
      UNION
      SELECT variant FROM barcode WHERE merchant = ${merchant} AND barcode = ANY (${codes}::text[])
    )
    SELECT v.variant, v.product, p.name AS "productName", v.name, v.sku, p.category, v.unit, v.unit_scale AS "unitScale",
      v.taxes, v.stocked,
      coalesce((SELECT json_agg(json_build_object('code', b.barcode, 'pack', b.pack) ORDER BY b.barcode)
                FROM barcode b WHERE b.merchant = v.merchant AND b.variant = v.variant), '[]') AS barcodes,
      coalesce((SELECT prices FROM price x WHERE x.merchant = v.merchant AND x.price_list = ${priceList}::uuid
                  AND x.variant = v.variant), '[]') AS prices
    FROM named JOIN variant v ON v.merchant = ${merchant} AND v.variant = named.variant
      JOIN product p ON p.merchant = v.merchant AND p.product = v.product`.execute(tx);
  return rows;
}

/** Holds them until the end of the transaction, in the order in which everybody locks. */
export async function lockVariants(tx: Tx, merchant: MerchantId, variants: readonly VariantId[]): Promise<void> {
  await sql`
    SELECT 1 FROM variant WHERE merchant = ${merchant} AND variant = ANY (${variants}::uuid[])
    ORDER BY variant FOR UPDATE`.execute(tx);
}

function isText(text: string | null | undefined): text is string {
  return text !== null && text !== undefined;
}

/** A GTIN is stored as somebody wrote it, with 8, 12, 13 or 14 digits. */
function spellingsOf(code: string): string[] {
  const gtin = parseGtin(code);
  if (gtin === null) return [code];
  return [14, 13, 12, 8].map((length) => gtin.slice(-length)).filter((text) => text.padStart(14, "0") === gtin);
}
