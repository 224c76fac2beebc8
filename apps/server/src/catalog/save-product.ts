import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { MerchantId } from "@holdfast/domain/party/merchant";
import { MERCHANT_CHANNEL, priceChannel } from "@holdfast/protocol/channel";
import type { SaveProductRequest } from "@holdfast/protocol/office/products";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";
import type { DocumentKey } from "../feed/project.ts";
import { ApiError } from "../http/api-error.ts";
import { withPriceInForce } from "./price-in-force.ts";
import { productOf, type StoredProduct } from "./product-queries.ts";
import { savePrices, saveVariants } from "./write-catalog.ts";

export type ProductChange = {
  readonly merchant: MerchantId;
  readonly variant: VariantId;
  readonly request: SaveProductRequest;
  readonly nowMs: number;
};

/** Creates or changes a product with its barcodes and prices; tells which documents that touched. */
export async function saveProduct(tx: Tx, change: ProductChange): Promise<DocumentKey[]> {
  const { merchant, variant, request } = change;
  const before = await lockedProduct(tx, change);
  refuseStale(before, request);
  await refuseUnknown(tx, change);
  await refuseTaken(tx, change);
  const { productName, unit, prices, archived, rev: _rev, ...facts } = request;
  const touched = await saveVariants(tx, merchant, [
    { ...facts, variant, productName, unit: unit.unit, unitScale: unit.scale },
  ]);
  await sql`UPDATE variant SET archived = ${archived} WHERE merchant = ${merchant} AND variant = ${variant}`.execute(
    tx,
  );
  for (const { priceList, price } of prices) {
    const known = before?.prices.find((each) => each.priceList === priceList)?.prices ?? [];
    if (price === null) touched.push(...(known.length === 0 ? [] : [await removePrices(tx, change, priceList)]));
    else {
      const next = withPriceInForce(known, price, change.nowMs);
      if (next !== null)
        touched.push(...(await savePrices(tx, merchant, { priceList, prices: [{ variant, prices: next }] })));
    }
  }
  return [...touched, ...(await siblings(tx, change))];
}

/** The product as it is, held until the end of the transaction so that two editors do not overwrite each other. */
async function lockedProduct(tx: Tx, { merchant, variant }: ProductChange): Promise<StoredProduct | null> {
  await sql`SELECT 1 FROM variant WHERE merchant = ${merchant} AND variant = ${variant} FOR UPDATE`.execute(tx);
  return await productOf(tx, merchant, variant);
}

function refuseStale(before: StoredProduct | null, { rev, unit, product }: SaveProductRequest): void {
  if ((before?.rev ?? 0) !== rev) {
    throw new ApiError("conflict", "Somebody else changed this product meanwhile. Look at it again.", { field: "rev" });
  }
  if (before === null) return;
  if (before.product !== product) {
    throw new ApiError("conflict", "A variant stays with its product.", { field: "product" });
  }
  if (before.unit.unit !== unit.unit || before.unit.scale !== unit.scale) {
    throw new ApiError("conflict", "The unit cannot change: stock and sales are counted in it.", { field: "unit" });
  }
}

async function refuseUnknown(tx: Tx, { merchant, request }: ProductChange): Promise<void> {
  const { rows } = await sql<{ taxes: string[]; lists: string[] }>`
    SELECT ARRAY(SELECT tax FROM tax WHERE merchant = ${merchant}) AS taxes,
           ARRAY(SELECT price_list::text FROM price_list WHERE merchant = ${merchant}) AS lists`.execute(tx);
  const { taxes = [], lists = [] } = rows[0] ?? {};
  if (request.taxes.some((tax) => !taxes.includes(tax))) {
    throw new ApiError("bad_request", "taxes: one of them is not known here.", { field: "taxes" });
  }
  if (request.prices.some(({ priceList }) => !lists.includes(priceList))) {
    throw new ApiError("bad_request", "prices: one names a price list that is not known here.", { field: "prices" });
  }
  if (new Set(request.barcodes.map(({ code }) => code)).size < request.barcodes.length) {
    throw new ApiError("bad_request", "barcodes: one of them is there twice.", { field: "barcodes" });
  }
}

/** An SKU and a barcode lead to one variant each. */
async function refuseTaken(tx: Tx, { merchant, variant, request }: ProductChange): Promise<void> {
  const codes = request.barcodes.map(({ code }) => code);
  const { rows } = await sql<{ field: "sku" | "barcodes"; code: string; name: string }>`
    SELECT 'sku' AS field, sku AS code, name FROM variant
    WHERE merchant = ${merchant} AND sku = ${request.sku} AND variant <> ${variant}
    UNION ALL
    SELECT 'barcodes', b.barcode, v.name FROM barcode b JOIN variant v USING (merchant, variant)
    WHERE b.merchant = ${merchant} AND b.barcode = ANY (${codes}::text[]) AND b.variant <> ${variant}`.execute(tx);
  const taken = rows[0];
  if (taken === undefined) return;
  throw new ApiError("conflict", `${taken.code} already belongs to ${taken.name}.`, { field: taken.field });
}

async function removePrices(tx: Tx, { merchant, variant }: ProductChange, priceList: DocumentId): Promise<DocumentKey> {
  await sql`
    DELETE FROM price WHERE merchant = ${merchant} AND price_list = ${priceList} AND variant = ${variant}`.execute(tx);
  return { channel: priceChannel(priceList), kind: "price", id: variant };
}

type DocumentId = SaveProductRequest["prices"][number]["priceList"];

/** Other variants of the product say its category too. */
async function siblings(tx: Tx, { merchant, variant, request }: ProductChange): Promise<DocumentKey[]> {
  const { rows } = await sql<{ variant: VariantId }>`
    SELECT variant FROM variant
    WHERE merchant = ${merchant} AND product = ${request.product} AND variant <> ${variant}`.execute(tx);
  return rows.map((row) => ({ channel: MERCHANT_CHANNEL, kind: "variant", id: row.variant }));
}
