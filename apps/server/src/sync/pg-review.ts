import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type { BranchId, MerchantId } from "@holdfast/domain/party/merchant";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";
import type { CaseDraft } from "../inbox/case.ts";
import type { ReviewQuestion } from "./day-store.ts";
import type { LinePlace } from "./ingest-store.ts";

/** Looks at what a batch wrote beside what was there before: every sale stands, and a person is told what does not add up. */
export async function reviewRows(tx: Tx, merchant: MerchantId, question: ReviewQuestion): Promise<CaseDraft[]> {
  const { originals, coupons, serials } = question;
  return [
    ...(originals.length === 0 ? [] : await doubleReturns(tx, merchant, originals)),
    ...(coupons.length === 0 ? [] : await overusedCoupons(tx, merchant, coupons)),
    ...(serials.length === 0 ? [] : await serialsSoldTwice(tx, merchant, serials)),
  ];
}

type Returned = { sale: Uuid; line: number; branch: BranchId; sold: number; returned: number; by: Uuid[] };

/**
 * More came back of a line than was sold on it: money left two drawers. A return that was undone took nothing: its line is
 * mirrored by one that was sold. Quantities of one line have one scale.
 */
async function doubleReturns(tx: Tx, merchant: MerchantId, originals: readonly LinePlace[]): Promise<CaseDraft[]> {
  const { rows } = await sql<Returned>`
    SELECT o.sale, o.line, s.branch, o.quantity_units AS sold, -sum(r.quantity_units)::bigint AS returned,
           array_agg(r.sale ORDER BY r.sale) AS by
    FROM (SELECT DISTINCT * FROM unnest(${originals.map(({ sale }) => sale)}::uuid[], ${originals.map(({ line }) => line)}::int[])) AS key (sale, line)
    JOIN sale_line o ON o.merchant = ${merchant} AND o.sale = key.sale AND o.line = key.line AND o.kind = 'sale'
    JOIN sale s ON s.merchant = o.merchant AND s.sale = o.sale
    JOIN sale_line r ON r.merchant = o.merchant AND r.original_sale = o.sale AND r.original_line = o.line
      AND r.kind = 'return' AND r.quantity_scale = o.quantity_scale
    JOIN sale rs ON rs.merchant = r.merchant AND rs.sale = r.sale AND NOT rs.training
    WHERE NOT EXISTS (SELECT FROM sale_line v WHERE v.merchant = r.merchant AND v.original_sale = r.sale
                        AND v.original_line = r.line AND v.kind = 'sale')
    GROUP BY o.sale, o.line, s.branch, o.quantity_units
    HAVING -sum(r.quantity_units) > o.quantity_units
    ORDER BY o.sale, o.line`.execute(tx);
  const bySale = new Map<Uuid, Returned[]>();
  for (const row of rows) bySale.set(row.sale, [...(bySale.get(row.sale) ?? []), row]);
  return [...bySale].map(([sale, lines]) => ({
    kind: "double-return",
    subject: sale,
    branch: lines[0]?.branch ?? null,
    details: {
      lines: lines.map(({ line, sold, returned }) => ({ line, sold, returned })),
      returnedBy: [...new Set(lines.flatMap(({ by }) => by))],
    },
  }));
}

type Used = {
  coupon: string;
  uses: number;
  uses_max: number | null;
  customer: Uuid | null;
  by_customer: number;
  per: number | null;
};

async function overusedCoupons(tx: Tx, merchant: MerchantId, coupons: readonly string[]): Promise<CaseDraft[]> {
  const { rows } = await sql<Used>`
    SELECT u.coupon, sum(count(*)) OVER (PARTITION BY u.coupon)::bigint AS uses, c.uses_max, u.customer,
           count(*) AS by_customer, c.uses_per_customer_max AS per
    FROM coupon_use u LEFT JOIN coupon c USING (merchant, coupon)
    WHERE u.merchant = ${merchant} AND u.coupon = ANY (${coupons}::text[])
    GROUP BY u.coupon, u.customer, c.uses_max, c.uses_per_customer_max`.execute(tx);
  const over = rows.filter(({ uses, uses_max, customer, by_customer, per }) => {
    const isUsedUp = uses_max !== null && uses > uses_max;
    return isUsedUp || (customer !== null && per !== null && by_customer > per);
  });
  return over.map(({ coupon, uses, uses_max, customer, by_customer, per }) => ({
    kind: "coupon-overused",
    subject: coupon,
    branch: null,
    details: { uses, usesMax: uses_max, customer, usesByCustomer: by_customer, usesPerCustomerMax: per },
  }));
}

/** A piece that left twice and came back fewer times: one of the two numbers was read wrong, or it was stolen. */
async function serialsSoldTwice(
  tx: Tx,
  merchant: MerchantId,
  serials: ReviewQuestion["serials"],
): Promise<CaseDraft[]> {
  const { rows } = await sql<{ variant: VariantId; serial: string; sales: Uuid[] }>`
    SELECT m.variant, m.serial, array_agg(m.sale ORDER BY m.sale) AS sales
    FROM (SELECT DISTINCT * FROM unnest(${serials.map(({ variant }) => variant)}::uuid[], ${serials.map(({ serial }) => serial)}::text[])) AS key (variant, serial)
    JOIN serial_movement m ON m.merchant = ${merchant} AND m.variant = key.variant AND m.serial = key.serial
    GROUP BY m.variant, m.serial HAVING sum(m.way) < -1
    ORDER BY m.variant, m.serial`.execute(tx);
  return rows.map(({ variant, serial, sales }) => ({
    kind: "serial-twice",
    subject: `${variant}:${serial}`,
    branch: null,
    details: { variant, serial, sales },
  }));
}
