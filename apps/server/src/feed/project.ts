import type { MerchantId } from "@holdfast/domain/party/merchant";
import type { DocumentKind } from "@holdfast/protocol/documents";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";
import { type Body, bodiesOf, type Projector } from "./projector.ts";
import { SELLING_PROJECTORS } from "./selling-projectors.ts";

export type PublishedKind = Exclude<DocumentKind, "stock">;
export type DocumentKey = { readonly channel: string; readonly kind: PublishedKind; readonly id: string };

/**
 * The bodies of documents as they are now, by `kind id`; what is missing has no document any more. Each query names the
 * fields that leave the server, so a new column stays inside until someone lets it out.
 */
export async function projectDocuments(
  tx: Tx,
  merchant: MerchantId,
  keys: readonly DocumentKey[],
): Promise<Map<string, object>> {
  const bodies = new Map<string, object>();
  for (const [kind, ofKind] of Map.groupBy(keys, (key) => key.kind)) {
    const channel = keys[0]?.channel ?? "";
    const ids = ofKind.map(({ id }) => id);
    for (const { id, body } of await PROJECTORS[kind](tx, merchant, { channel, ids }))
      bodies.set(`${kind} ${id}`, body);
  }
  return bodies;
}

const PROJECTORS: Readonly<Record<PublishedKind, Projector>> = {
  merchant: async (tx, merchant) =>
    bodiesOf(
      await sql<Body>`
        SELECT merchant::text AS id, jsonb_build_object('merchant', merchant, 'name', name, 'taxNumber', tax_number,
          'currency', currency, 'exponent', exponent, 'country', country, 'taxRounding', tax_rounding) AS body
        FROM merchant WHERE merchant = ${merchant}`.execute(tx),
    ),
  tax: async (tx, merchant, { ids }) =>
    bodiesOf(
      await sql<Body>`
        SELECT tax AS id, jsonb_build_object('tax', tax, 'name', name, 'category', category, 'jurisdiction', jurisdiction,
          'compound', compound, 'onPrevious', on_previous, 'rates', rates) AS body
        FROM tax WHERE merchant = ${merchant} AND tax = ANY (${ids}::text[])`.execute(tx),
    ),
  variant: async (tx, merchant, { ids }) =>
    bodiesOf(
      await sql<Body>`
        SELECT v.variant::text AS id, jsonb_strip_nulls(jsonb_build_object('variant', v.variant, 'product', v.product,
          'name', v.name, 'sku', v.sku, 'unit', jsonb_build_object('unit', v.unit, 'scale', v.unit_scale),
          'taxes', to_jsonb(v.taxes), 'stocked', v.stocked, 'archived', nullif(v.archived, false), 'kit', v.kit,
          'tracking', v.tracking, 'stockPolicy', v.stock_policy, 'giftCard', nullif(v.gift_card, false),
          'barcodes', coalesce((SELECT jsonb_agg(jsonb_build_object('code', b.barcode, 'pack', b.pack) ORDER BY b.barcode)
                                FROM barcode b WHERE b.merchant = v.merchant AND b.variant = v.variant), '[]')))
          || jsonb_build_object('category', p.category) AS body
        FROM variant v JOIN product p USING (merchant, product)
        WHERE v.merchant = ${merchant} AND v.variant = ANY (${ids}::uuid[])`.execute(tx),
    ),
  "price-list": async (tx, merchant, { ids }) =>
    bodiesOf(
      await sql<Body>`
        SELECT price_list::text AS id, jsonb_build_object('priceList', price_list, 'name', name, 'currency', currency,
          'includesTax', includes_tax) AS body
        FROM price_list WHERE merchant = ${merchant} AND price_list = ANY (${ids}::uuid[])`.execute(tx),
    ),
  price: async (tx, merchant, { channel, ids }) =>
    bodiesOf(
      await sql<Body>`
        SELECT variant::text AS id, jsonb_build_object('variant', variant, 'prices', prices) AS body
        FROM price WHERE merchant = ${merchant} AND price_list = ${channel.slice(2)}::uuid
          AND variant = ANY (${ids}::uuid[])`.execute(tx),
    ),
  branch: async (tx, merchant, { ids }) =>
    bodiesOf(
      await sql<Body>`
        SELECT branch::text AS id, settings || jsonb_build_object('branch', branch, 'code', code, 'name', name,
          'address', address, 'timeZone', time_zone, 'dayChangeHour', day_change_hour, 'priceList', price_list) AS body
        FROM branch WHERE merchant = ${merchant} AND branch = ANY (${ids}::uuid[])`.execute(tx),
    ),
  terminal: async (tx, merchant, { ids }) =>
    bodiesOf(
      await sql<Body>`
        SELECT terminal::text AS id, jsonb_build_object('terminal', terminal, 'branch', branch, 'name', name, 'series', series,
          'keys', public_keys, 'revokedAt', revoked_at) AS body
        FROM terminal WHERE merchant = ${merchant} AND terminal = ANY (${ids}::uuid[]) AND enrolled_at IS NOT NULL`.execute(
        tx,
      ),
    ),
  staff: async (tx, merchant, { channel, ids }) =>
    bodiesOf(
      await sql<Body>`
        SELECT s.staff::text AS id, jsonb_build_object('staff', s.staff, 'name', s.name, 'role', s.role, 'pin', s.pin)
          || jsonb_strip_nulls(jsonb_build_object('grants', s.grants, 'withheld', to_jsonb(s.withheld))) AS body
        FROM staff s JOIN staff_branch b USING (merchant, staff)
        WHERE s.merchant = ${merchant} AND b.branch = ${channel.slice(2)}::uuid AND s.staff = ANY (${ids}::uuid[])
          AND s.deactivated_at IS NULL`.execute(tx),
    ),
  cases: async (tx, merchant, { channel, ids }) =>
    bodiesOf(
      await sql<Body>`
        SELECT id, jsonb_build_object('open', (SELECT count(*) FROM inbox_case c
          WHERE c.merchant = ${merchant} AND c.closed_at IS NULL AND c.branch = ${channel.slice(2)}::uuid)) AS body
        FROM unnest(${ids}::text[]) AS id`.execute(tx),
    ),
  ...SELLING_PROJECTORS,
};
