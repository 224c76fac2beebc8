import type { CartCustomer, LineVoid, PricingRules } from "@holdfast/domain/cart/cart";
import type { LineDiscount, OrderDiscount, PricedLine } from "@holdfast/domain/cart/line";
import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { BranchId, CustomerId, TerminalId } from "@holdfast/domain/party/merchant";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { StaffId } from "@holdfast/domain/staff/staff";
import { z } from "zod";
import { codeCharsMax, saleLinesMax, tendersMax } from "../limits.ts";
import {
  amountSchema,
  codeSchema,
  currencySchema,
  daySchema,
  instantSchema,
  nameSchema,
  quantitySchema,
  taxIdSchema,
  textSchema,
  unitPriceSchema,
  uuidOf,
  uuidSchema,
} from "../primitives.ts";
import { approvalSchema } from "./approval.ts";
import { receiptNumberSchema } from "./receipt-number.ts";
import { taxSchema } from "./tax.ts";
import { tenderSchema } from "./tender.ts";

/** The body of `sale-completed`: the domain's own `Sale`, whole. Fields it does not name stay in `raw` and count for nothing. */

const percentPpmSchema = z.int().min(0).max(1_000_000);
const discountBase = {
  reason: textSchema,
  approval: approvalSchema.exactOptional(),
  coupon: codeSchema.exactOptional(),
};

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
  }),
  z.object({ ...discountBase, kind: z.literal("amount"), amount: amountSchema }),
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
  typedReceipt: z.object({ number: codeSchema, day: daySchema }).exactOptional(),
  returnReason: textSchema.exactOptional(),
  restock: z.boolean().exactOptional(),
  exempted: z
    .object({
      unitPrice: unitPriceSchema,
      taxes: z.array(taxIdSchema).max(10),
      labelAmount: amountSchema.exactOptional(),
    })
    .exactOptional(),
  returned: z
    .object({
      extended: amountSchema,
      discount: amountSchema,
      orderDiscount: amountSchema,
      exTax: amountSchema,
      incTax: amountSchema,
      lineTaxes: z.array(lineTaxSchema).max(10),
    })
    .exactOptional(),
  extended: amountSchema,
  discountAmounts: z.array(amountSchema).max(20),
  orderDiscount: amountSchema,
  amount: amountSchema,
  exTax: amountSchema,
  incTax: amountSchema,
  lineTaxes: z.array(lineTaxSchema).max(10),
});

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

export const lineVoidSchema: z.ZodType<LineVoid> = z.object({
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
  voids: z.array(lineVoidSchema).max(saleLinesMax),
  approvals: z.array(approvalSchema).max(100),
  note: textSchema,
  training: z.boolean(),
  postVoidOf: uuidSchema.exactOptional(),
});
