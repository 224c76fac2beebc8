import type { ProductId, VariantId } from "@holdfast/domain/catalog/variant";
import type { CustomerId } from "@holdfast/domain/party/merchant";
import type { Coupon } from "@holdfast/domain/pricing/coupon";
import type { GoodsScope, Promotion, PromotionRule } from "@holdfast/domain/pricing/promotion";
import { z } from "zod";
import { customerDetailsSchema } from "./events/customer-saved.ts";
import {
  amountSchema,
  codeSchema,
  daySchema,
  instantSchema,
  nameSchema,
  taxIdSchema,
  textSchema,
  uuidOf,
  uuidSchema,
} from "./primitives.ts";

/** Documents that a terminal sells by beside the catalogue: customers, promotions, what is recalled, what it may spend. */

/** Customers travel in a channel of their own, so that a terminal without the right to them holds none. */
export const customerDocumentSchema = z.object({
  customer: uuidOf<CustomerId>(),
  /** Goes up with each change; an edit at the till names the one it was made on. */
  edition: z.int().min(1),
  ...customerDetailsSchema.shape,
  groups: z.array(codeSchema),
  /** Prices of their own; null for the branch's. */
  priceList: uuidSchema.nullable(),
  taxExemption: z.object({ reason: textSchema, replacement: z.record(taxIdSchema, z.array(taxIdSchema)) }).nullable(),
  /** Minor units that may be owed at a time; null where nothing is sold on account. */
  creditLimit: z.int().min(0).nullable(),
  /** Owed now; negative where something was paid ahead. */
  owed: amountSchema,
});
export type CustomerDocument = z.infer<typeof customerDocumentSchema>;

const scopeSchema: z.ZodType<GoodsScope> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("everything") }),
  z.object({ kind: z.literal("variants"), variants: z.array(uuidOf<VariantId>()) }),
  z.object({ kind: z.literal("products"), products: z.array(uuidOf<ProductId>()) }),
  z.object({ kind: z.literal("categories"), categories: z.array(codeSchema) }),
]);

const ppmSchema = z.int().min(0).max(1_000_000);
const timeBoundSchema = z.union([instantSchema, daySchema]).nullable();

const promotionRuleSchema: z.ZodType<PromotionRule> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("percent"), percentPpm: ppmSchema }),
  z.object({ kind: z.literal("unit-amount"), amount: amountSchema }),
  z.object({ kind: z.literal("amount"), amount: amountSchema }),
  z.object({ kind: z.literal("buy-get"), buy: z.int().min(1), get: z.int().min(1), percentPpm: ppmSchema }),
  z.object({
    kind: z.literal("bundle"),
    parts: z
      .array(z.object({ scope: scopeSchema, units: z.int().min(1) }))
      .min(1)
      .max(20),
    price: amountSchema,
  }),
]);

const localTimeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a local time is expected, such as 17:00");

export const promotionDocumentSchema: z.ZodType<Promotion> = z.object({
  promotion: uuidSchema,
  name: nameSchema,
  rule: promotionRuleSchema,
  scope: scopeSchema,
  times: z.object({
    from: timeBoundSchema,
    to: timeBoundSchema,
    weekdays: z.array(z.int().min(0).max(6)).exactOptional(),
    hours: z.object({ from: localTimeSchema, to: localTimeSchema }).exactOptional(),
  }),
  customerGroups: z.array(codeSchema).nullable(),
  coupon: codeSchema.nullable(),
  spendMin: amountSchema.nullable(),
  timesMax: z.int().min(1).nullable(),
  priority: z.int(),
  combinable: z.boolean(),
});

/** A code with its limits, and how often it was used as the server knows. */
export const couponDocumentSchema = z.object({
  coupon: codeSchema,
  from: timeBoundSchema,
  to: timeBoundSchema,
  usesMax: z.int().min(1).nullable(),
  usesPerCustomerMax: z.int().min(1).nullable(),
  customer: uuidOf<CustomerId>().nullable(),
  uses: z.int().min(0),
}) satisfies z.ZodType<Coupon>;
export type CouponDocument = z.infer<typeof couponDocumentSchema>;

/** Goods that must not be sold: a batch of a variant, or all of it. */
export const recallDocumentSchema = z.object({
  recall: uuidSchema,
  variant: uuidOf<VariantId>(),
  /** Null for every batch. */
  lot: codeSchema.nullable(),
  reason: textSchema,
});
export type RecallDocument = z.infer<typeof recallDocumentSchema>;

/** What this one terminal may spend of a gift card or a store credit, whatever the line does. */
export const allotmentDocumentSchema = z.object({
  code: codeSchema,
  kind: z.enum(["gift-card", "store-credit"]),
  amount: amountSchema,
});
export type AllotmentDocument = z.infer<typeof allotmentDocumentSchema>;
