import type { CartCustomer, LineVoid, PricingRules } from "@holdfast/domain/cart/cart";
import type { Approval, LineDiscount, OrderDiscount, PricedLine } from "@holdfast/domain/cart/line";
import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { BranchId, CustomerId, TerminalId } from "@holdfast/domain/party/merchant";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { StaffId } from "@holdfast/domain/staff/staff";
import type { Tax } from "@holdfast/domain/tax/tax";
import type { Tender } from "@holdfast/domain/tender/tender";
import { z } from "zod";
import { codeCharsMax, saleLinesMax, tendersMax } from "../limits.ts";
import {
  amountSchema,
  codeSchema,
  currencySchema,
  daySchema,
  decimalSchema,
  instantSchema,
  nameSchema,
  quantitySchema,
  taxIdSchema,
  textSchema,
  unitPriceSchema,
  uuidOf,
  uuidSchema,
} from "../primitives.ts";

/** The body of `sale-completed`: the domain's own `Sale`, whole. Fields it does not name stay in `raw` and count for nothing. */

export const approvalSchema: z.ZodType<Approval> = z.object({
  approver: uuidOf<StaffId>(),
  approverName: nameSchema,
  action: codeSchema,
  amount: amountSchema.nullable(),
  at: instantSchema,
});

const percentPpmSchema = z.int().min(0).max(1_000_000);
const discountBase = { reason: textSchema, approval: approvalSchema.exactOptional() };

const lineDiscountSchema: z.ZodType<LineDiscount> = z.discriminatedUnion("kind", [
  z.object({ ...discountBase, kind: z.literal("percent"), percentPpm: percentPpmSchema }),
  z.object({ ...discountBase, kind: z.literal("amount"), amount: amountSchema }),
  z.object({ ...discountBase, kind: z.literal("promotion"), promotion: uuidSchema, amount: amountSchema }),
]);

const orderDiscountSchema: z.ZodType<OrderDiscount> = z.discriminatedUnion("kind", [
  z.object({
    ...discountBase,
    kind: z.literal("percent"),
    percentPpm: percentPpmSchema,
    coupon: codeSchema.exactOptional(),
  }),
  z.object({ ...discountBase, kind: z.literal("amount"), amount: amountSchema, coupon: codeSchema.exactOptional() }),
]);

const lineTaxSchema = z.object({ tax: taxIdSchema, amount: amountSchema });

const lineSchema: z.ZodType<PricedLine> = z.object({
  line: z.int().min(1),
  kind: z.enum(["sale", "return"]),
  variant: uuidOf<VariantId>().nullable(),
  name: textSchema,
  sku: z.string().max(codeCharsMax).nullable(),
  category: z.string().max(codeCharsMax).nullable(),
  barcode: codeSchema.exactOptional(),
  quantity: quantitySchema,
  stockQuantity: quantitySchema.nullable(),
  unitPrice: unitPriceSchema,
  labelAmount: amountSchema.exactOptional(),
  override: z
    .object({ listed: unitPriceSchema, reason: textSchema, approval: approvalSchema.exactOptional() })
    .exactOptional(),
  discounts: z.array(lineDiscountSchema).max(20),
  taxes: z.array(taxIdSchema).max(10),
  note: textSchema.exactOptional(),
  serials: z.array(codeSchema).max(1000).exactOptional(),
  lot: codeSchema.exactOptional(),
  expiry: daySchema.exactOptional(),
  kit: z
    .array(z.object({ variant: uuidOf<VariantId>(), quantity: quantitySchema }))
    .max(100)
    .exactOptional(),
  giftCard: codeSchema.exactOptional(),
  original: z
    .object({ sale: uuidSchema, line: z.int().min(1), known: z.enum(["own", "verified", "typed"]) })
    .exactOptional(),
  returnReason: textSchema.exactOptional(),
  restock: z.boolean().exactOptional(),
  extended: amountSchema,
  discountAmounts: z.array(amountSchema).max(20),
  orderDiscount: amountSchema,
  amount: amountSchema,
  exTax: amountSchema,
  incTax: amountSchema,
  lineTaxes: z.array(lineTaxSchema).max(10),
});

const taxBase = {
  tax: taxIdSchema,
  name: nameSchema,
  category: z.enum(["S", "Z", "E", "AE", "K", "G", "O"]),
  jurisdiction: z.string().max(codeCharsMax),
  included: z.boolean(),
  compound: z.boolean(),
  onPrevious: z.boolean(),
};

export const taxSchema: z.ZodType<Tax> = z.discriminatedUnion("kind", [
  z.object({ ...taxBase, kind: z.literal("percent"), ratePpm: z.int().min(0).max(10_000_000) }),
  z.object({ ...taxBase, kind: z.literal("fixed"), perUnit: decimalSchema }),
]);

const roundingMethodSchema = z.enum(["half-up", "half-down", "half-even", "up", "down"]);

export const cashRoundingSchema = z.object({
  increment: z.int().min(1),
  method: roundingMethodSchema,
  changeMethod: roundingMethodSchema,
});

export const pricingRulesSchema: z.ZodType<PricingRules> = z.object({
  currency: currencySchema,
  exponent: z.int().min(0).max(4),
  pricesIncludeTax: z.boolean(),
  taxRounding: z.enum(["line", "document"]),
  rounding: z.enum(["half-away", "half-even", "half-toward-positive", "half-toward-zero", "down", "up"]),
  cashRounding: cashRoundingSchema,
});

const tenderSchema: z.ZodType<Tender> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("cash"), amount: amountSchema }),
  z.object({
    kind: z.literal("card"),
    amount: amountSchema,
    reader: z.enum(["standalone", "integrated"]),
    reference: textSchema,
    state: z.enum(["approved", "stored-offline"]),
    attempt: uuidSchema,
  }),
  z.object({ kind: z.literal("gift-card"), amount: amountSchema, card: codeSchema }),
  z.object({ kind: z.literal("store-credit"), amount: amountSchema, credit: codeSchema }),
  z.object({ kind: z.literal("on-account"), amount: amountSchema, customer: uuidSchema }),
]);

const voidSchema: z.ZodType<LineVoid> = z.object({
  line: z.int().min(1),
  name: textSchema,
  quantity: quantitySchema,
  amount: amountSchema,
  at: instantSchema,
  by: uuidOf<StaffId>(),
  approval: approvalSchema.exactOptional(),
});

const customerSchema: z.ZodType<CartCustomer> = z.object({
  customer: uuidOf<CustomerId>(),
  name: nameSchema,
  taxId: codeSchema.exactOptional(),
  taxExemption: z.object({ reason: textSchema, approval: approvalSchema.exactOptional() }).exactOptional(),
});

export const receiptNumberSchema = z.object({
  series: z.string().regex(/^[A-Z0-9]{1,12}$/),
  number: z.int().min(1),
  stream: z.string().regex(/^[0-9A-F]{4}$/),
});

export const saleCompletedSchema: z.ZodType<Sale> = z.object({
  sale: uuidSchema,
  number: receiptNumberSchema,
  branch: uuidOf<BranchId>(),
  terminal: uuidOf<TerminalId>(),
  shift: uuidSchema.nullable(),
  cashier: uuidOf<StaffId>(),
  cashierName: nameSchema,
  businessDay: daySchema,
  startedAt: instantSchema,
  completedAt: instantSchema,
  calcVersion: z.int().min(1),
  rules: pricingRulesSchema,
  priceList: uuidSchema.nullable(),
  taxes: z.array(taxSchema).max(200),
  lines: z.array(lineSchema).min(1).max(saleLinesMax),
  orderDiscounts: z.array(orderDiscountSchema).max(20),
  taxTotals: z.array(z.object({ tax: taxIdSchema, exTax: amountSchema, amount: amountSchema })).max(200),
  totals: z.object({
    extended: amountSchema,
    discount: amountSchema,
    exTax: amountSchema,
    tax: amountSchema,
    total: amountSchema,
  }),
  tenders: z.array(tenderSchema).max(tendersMax),
  change: amountSchema,
  cashRounding: amountSchema,
  customer: customerSchema.nullable(),
  voids: z.array(voidSchema).max(saleLinesMax),
  approvals: z.array(approvalSchema).max(100),
  note: textSchema,
  training: z.boolean(),
  postVoidOf: uuidSchema.exactOptional(),
});
