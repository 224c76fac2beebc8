import { sql } from "kysely";
import { type Body, bodiesOf, type Projector } from "./projector.ts";

/** Documents of customers, promotions, coupons, recalls and allotments, as `project.ts` has those of the catalogue. */
export const SELLING_PROJECTORS: Readonly<
  Record<"customer" | "promotion" | "coupon" | "recall" | "allotment", Projector>
> = {
  customer: async (tx, merchant, { ids }) =>
    bodiesOf(
      await sql<Body>`
        SELECT c.customer::text AS id, jsonb_build_object('customer', c.customer, 'edition', c.edition, 'name', c.name,
          'email', c.email, 'phone', c.phone, 'address', c.address, 'taxId', c.tax_id, 'note', c.note,
          'groups', to_jsonb(c.groups), 'priceList', c.price_list, 'taxExemption', c.tax_exemption,
          'creditLimit', c.credit_limit, 'owed', coalesce(b.owed, 0)) AS body
        FROM customer c LEFT JOIN customer_balance b USING (merchant, customer)
        WHERE c.merchant = ${merchant} AND c.customer = ANY (${ids}::uuid[])`.execute(tx),
    ),
  promotion: async (tx, merchant, { ids }) =>
    bodiesOf(
      await sql<Body>`
        SELECT promotion::text AS id, body FROM promotion
        WHERE merchant = ${merchant} AND promotion = ANY (${ids}::uuid[]) AND ended_at IS NULL`.execute(tx),
    ),
  coupon: async (tx, merchant, { ids }) =>
    bodiesOf(
      await sql<Body>`
        SELECT c.coupon AS id, jsonb_build_object('coupon', c.coupon, 'from', c.valid_from, 'to', c.valid_to,
          'usesMax', c.uses_max, 'usesPerCustomerMax', c.uses_per_customer_max, 'customer', c.customer,
          'uses', (SELECT count(*) FROM coupon_use u WHERE u.merchant = c.merchant AND u.coupon = c.coupon)) AS body
        FROM coupon c WHERE c.merchant = ${merchant} AND c.coupon = ANY (${ids}::text[])`.execute(tx),
    ),
  recall: async (tx, merchant, { ids }) =>
    bodiesOf(
      await sql<Body>`
        SELECT recall::text AS id, jsonb_build_object('recall', recall, 'variant', variant, 'lot', lot, 'reason', reason) AS body
        FROM recall WHERE merchant = ${merchant} AND recall = ANY (${ids}::uuid[]) AND lifted_at IS NULL`.execute(tx),
    ),
  allotment: async (tx, merchant, { channel, ids }) =>
    bodiesOf(
      await sql<Body>`
        SELECT kind || ':' || code AS id, jsonb_build_object('code', code, 'kind', kind, 'amount', amount) AS body
        FROM allotment WHERE merchant = ${merchant} AND terminal = ${channel.slice(2)}::uuid AND amount > 0
          AND kind || ':' || code = ANY (${ids}::text[])`.execute(tx),
    ),
};
