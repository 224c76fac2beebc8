import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type { MerchantId } from "@holdfast/domain/party/merchant";
import type { Promotion } from "@holdfast/domain/pricing/promotion";
import { MERCHANT_CHANNEL } from "@holdfast/protocol/channel";
import type { CouponDocument } from "@holdfast/protocol/selling-documents";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";
import type { DocumentKey } from "../feed/project.ts";

/** A promotion as it holds from now on. */
export async function savePromotion(
  tx: Tx,
  merchant: MerchantId,
  {
    promotion,
    edition,
    endedAt,
  }: { readonly promotion: Promotion; readonly edition: number; readonly endedAt: string | null },
): Promise<DocumentKey[]> {
  await sql`
    INSERT INTO promotion (merchant, promotion, body, edition, ended_at)
    VALUES (${merchant}, ${promotion.promotion}, ${JSON.stringify(promotion)}::jsonb, ${edition}, ${endedAt}::timestamptz)
    ON CONFLICT (merchant, promotion) DO UPDATE
    SET body = excluded.body, edition = excluded.edition, ended_at = excluded.ended_at`.execute(tx);
  return [{ channel: MERCHANT_CHANNEL, kind: "promotion", id: promotion.promotion }];
}

/** A code with its limits; how often it was used is counted, not written. */
export async function saveCoupon(
  tx: Tx,
  merchant: MerchantId,
  { coupon, from, to, usesMax, usesPerCustomerMax, customer }: Omit<CouponDocument, "uses">,
): Promise<DocumentKey[]> {
  await sql`
    INSERT INTO coupon (merchant, coupon, valid_from, valid_to, uses_max, uses_per_customer_max, customer)
    VALUES (${merchant}, ${coupon}, ${from}, ${to}, ${usesMax}, ${usesPerCustomerMax}, ${customer})
    ON CONFLICT (merchant, coupon) DO UPDATE
    SET valid_from = excluded.valid_from, valid_to = excluded.valid_to, uses_max = excluded.uses_max,
        uses_per_customer_max = excluded.uses_per_customer_max, customer = excluded.customer`.execute(tx);
  return [{ channel: MERCHANT_CHANNEL, kind: "coupon", id: coupon }];
}

/** Goods, or one batch of them, that no till sells any more. */
export async function recallGoods(
  tx: Tx,
  { merchant, at }: { readonly merchant: MerchantId; readonly at: string },
  goods: { readonly recall: Uuid; readonly variant: VariantId; readonly lot: string | null; readonly reason: string },
): Promise<DocumentKey[]> {
  const { recall, variant, lot, reason } = goods;
  await sql`
    INSERT INTO recall (merchant, recall, variant, lot, reason, since)
    VALUES (${merchant}, ${recall}, ${variant}, ${lot}, ${reason}, ${at}::timestamptz)`.execute(tx);
  return [{ channel: MERCHANT_CHANNEL, kind: "recall", id: recall }];
}
