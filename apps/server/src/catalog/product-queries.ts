import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { MerchantId } from "@holdfast/domain/party/merchant";
import type { PriceDocument } from "@holdfast/protocol/documents";
import type { CatalogOptions, Product } from "@holdfast/protocol/office/products";
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../db/database.ts";

/** Where a page of products ended: by name. */
export type ProductKey = readonly [name: string, variant: string];

export type ProductFilter = {
  readonly merchant: MerchantId;
  readonly q: string;
  readonly category: string | null;
  readonly archived: boolean;
};

export type ListPrices = {
  readonly priceList: Product["prices"][number]["priceList"];
  readonly prices: PriceDocument["prices"];
};

/** A product with all its prices, those to come as well. */
export type StoredProduct = Omit<Product, "prices"> & { readonly prices: readonly ListPrices[] };

/** Products that the filter lets through, from a place on, and one more than asked for. */
export async function listedProducts(
  tx: Tx,
  filter: ProductFilter,
  { after, limit }: { readonly after: ProductKey | null; readonly limit: number },
): Promise<StoredProduct[]> {
  const { rows } = await sql<StoredProduct>`
    ${SELECT_PRODUCT}
    WHERE v.merchant = ${filter.merchant} AND v.archived = ${filter.archived}
      ${filter.category === null ? sql`` : sql`AND p.category = ${filter.category}`}
      ${filter.q === "" ? sql`` : matching(filter.q)}
      ${after === null ? sql`` : sql`AND (lower(v.name), v.variant) > (${after[0]}, ${after[1]}::uuid)`}
    ORDER BY lower(v.name), v.variant LIMIT ${limit + 1}`.execute(tx);
  return rows;
}

export async function productOf(tx: Tx, merchant: MerchantId, variant: VariantId): Promise<StoredProduct | null> {
  const { rows } = await sql<StoredProduct>`
    ${SELECT_PRODUCT} WHERE v.merchant = ${merchant} AND v.variant = ${variant}`.execute(tx);
  return rows[0] ?? null;
}

const SELECT_PRODUCT = sql`
  SELECT v.variant, v.product, p.name AS "productName", v.name, v.sku, p.category,
         json_build_object('unit', v.unit, 'scale', v.unit_scale) AS unit, v.taxes, v.stocked, v.archived,
         coalesce((SELECT json_agg(json_build_object('code', b.barcode, 'pack', b.pack) ORDER BY b.barcode)
                   FROM barcode b WHERE b.merchant = v.merchant AND b.variant = v.variant), '[]') AS barcodes,
         coalesce((SELECT json_agg(json_build_object('priceList', x.price_list, 'prices', x.prices) ORDER BY x.price_list)
                   FROM price_list l JOIN price x USING (merchant, price_list)
                   WHERE l.merchant = v.merchant AND x.variant = v.variant), '[]') AS prices,
         coalesce((SELECT json_agg(json_build_object('branch', k.branch, 'units', k.units, 'scale', k.scale) ORDER BY k.branch)
                   FROM branch h JOIN stock_balance k USING (merchant, branch)
                   WHERE h.merchant = v.merchant AND k.variant = v.variant), '[]') AS "onHand",
         coalesce((SELECT f.rev FROM feed f WHERE f.merchant = v.merchant AND f.channel = 'm' AND f.kind = 'variant'
                     AND f.id = v.variant::text), 0) AS rev
  FROM variant v JOIN product p USING (merchant, product)`;

/** Part of a name, the beginning of an SKU, or a whole barcode. */
function matching(text: string): RawBuilder<unknown> {
  const literal = text.replaceAll(/[\\%_]/g, "\\$&");
  return sql`AND (v.name ILIKE ${`%${literal}%`} OR p.name ILIKE ${`%${literal}%`} OR v.sku ILIKE ${`${literal}%`}
    OR v.variant IN (SELECT variant FROM barcode WHERE merchant = v.merchant AND barcode = ${text}))`;
}

/** What products are made of. */
export async function catalogOptions(tx: Tx, merchant: MerchantId): Promise<CatalogOptions> {
  const taxes = await sql<CatalogOptions["taxes"][number]>`
    SELECT tax, name FROM tax WHERE merchant = ${merchant} ORDER BY name, tax`.execute(tx);
  const lists = await sql<CatalogOptions["priceLists"][number]>`
    SELECT price_list AS "priceList", name, currency, includes_tax AS "includesTax" FROM price_list
    WHERE merchant = ${merchant} ORDER BY name, price_list`.execute(tx);
  const categories = await sql<{ category: string }>`
    SELECT DISTINCT category FROM product WHERE merchant = ${merchant} AND category IS NOT NULL ORDER BY category`.execute(
    tx,
  );
  return { taxes: taxes.rows, priceLists: lists.rows, categories: categories.rows.map(({ category }) => category) };
}
