import type { ProductId, VariantId } from "@holdfast/domain/catalog/variant";
import type { BranchId, MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import type { StaffId } from "@holdfast/domain/staff/staff";
import { z } from "zod";
import { actionSchema, branchSettingsSchema, rightsSchema, stockPolicySchema } from "./branch-settings.ts";
import {
  base64UrlSchema,
  codeSchema,
  currencySchema,
  daySchema,
  decimalSchema,
  instantSchema,
  nameSchema,
  publicKeySchema,
  quantitySchema,
  taxIdSchema,
  textSchema,
  unitPriceSchema,
  uuidOf,
  uuidSchema,
} from "./primitives.ts";
import {
  allotmentDocumentSchema,
  couponDocumentSchema,
  customerDocumentSchema,
  promotionDocumentSchema,
  recallDocumentSchema,
} from "./selling-documents.ts";

/**
 * Documents of the feed by kind. Each schema is also the list of fields that may leave the server: cost prices and
 * payment keys are in none of them.
 */

export const merchantDocumentSchema = z.object({
  merchant: uuidOf<MerchantId>(),
  name: nameSchema,
  taxNumber: z.string(),
  currency: currencySchema,
  exponent: z.int().min(0).max(4),
  country: codeSchema,
  taxRounding: z.enum(["line", "document"]),
});
export type MerchantDocument = z.infer<typeof merchantDocumentSchema>;

export const taxDocumentSchema = z.object({
  tax: taxIdSchema,
  name: nameSchema,
  category: z.enum(["S", "Z", "E", "AE", "K", "G", "O"]),
  jurisdiction: z.string(),
  compound: z.boolean(),
  onPrevious: z.boolean(),
  rates: z.array(
    z.object({
      from: daySchema,
      to: daySchema.nullable(),
      rate: z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("percent"), ratePpm: z.int().min(0) }),
        z.object({ kind: z.literal("fixed"), perUnit: decimalSchema }),
      ]),
    }),
  ),
});
export type TaxDocument = z.infer<typeof taxDocumentSchema>;

export const variantDocumentSchema = z.object({
  variant: uuidOf<VariantId>(),
  product: uuidOf<ProductId>(),
  name: nameSchema,
  sku: z.string(),
  category: z.string().nullable(),
  unit: z.object({ unit: codeSchema, scale: z.int().min(0).max(6) }),
  taxes: z.array(taxIdSchema),
  stocked: z.boolean(),
  /** What leaves the stock in its place, for one whole unit; it then has no stock of its own. */
  kit: z.array(z.object({ variant: uuidOf<VariantId>(), quantity: quantitySchema })).exactOptional(),
  /** What has to be written down of each piece or batch sold. */
  tracking: z.enum(["serial", "lot"]).exactOptional(),
  /** What the terminal does where its figure says that too little is there; the branch's rule if not said. */
  stockPolicy: stockPolicySchema.exactOptional(),
  /** A card is sold, not goods: the line asks for its code and its value. */
  giftCard: z.literal(true).exactOptional(),
  /** Each code that is scanned for it, with how many units one scan means. */
  barcodes: z.array(z.object({ code: codeSchema, pack: z.int().min(1) })),
  archived: z.literal(true).exactOptional(),
});
export type VariantDocument = z.infer<typeof variantDocumentSchema>;

export const priceListDocumentSchema = z.object({
  priceList: uuidSchema,
  name: nameSchema,
  currency: currencySchema,
  includesTax: z.boolean(),
});
export type PriceListDocument = z.infer<typeof priceListDocumentSchema>;

/** Every price of one variant on one list; `from` inclusive, `to` exclusive, null open. */
export const priceDocumentSchema = z.object({
  variant: uuidOf<VariantId>(),
  prices: z.array(
    z.object({
      price: unitPriceSchema,
      from: instantSchema.nullable(),
      to: instantSchema.nullable(),
      minQuantity: z.int().min(0),
    }),
  ),
});
export type PriceDocument = z.infer<typeof priceDocumentSchema>;

export const branchDocumentSchema = z.object({
  ...branchSettingsSchema.shape,
  branch: uuidOf<BranchId>(),
  code: codeSchema,
  name: nameSchema,
  address: textSchema,
  timeZone: codeSchema,
  /** Local hour at which the business day changes. */
  dayChangeHour: z.int().min(0).max(23),
  priceList: uuidSchema,
});
export type BranchDocument = z.infer<typeof branchDocumentSchema>;

export const terminalDocumentSchema = z.object({
  terminal: uuidOf<TerminalId>(),
  branch: uuidOf<BranchId>(),
  name: nameSchema,
  series: codeSchema,
  keys: z.array(z.object({ kid: codeSchema, key: publicKeySchema })),
  revokedAt: z.string().nullable(),
});
export type TerminalDocument = z.infer<typeof terminalDocumentSchema>;

/** Argon2id of the PIN; the terminal binds it to its own key before it is stored. */
export const pinVerifierSchema = z.object({
  salt: base64UrlSchema,
  memoryKib: z.int(),
  passes: z.int(),
  hash: base64UrlSchema,
});
export type PinVerifier = z.infer<typeof pinVerifierSchema>;

export const staffDocumentSchema = z.object({
  staff: uuidOf<StaffId>(),
  name: nameSchema,
  role: z.enum(["cashier", "supervisor", "manager", "owner"]),
  pin: pinVerifierSchema.nullable(),
  /** Beyond the role, and less than it: for this person alone. */
  grants: rightsSchema.exactOptional(),
  withheld: z.array(actionSchema).exactOptional(),
});
export type StaffDocument = z.infer<typeof staffDocumentSchema>;

export const stockDocumentSchema = z.object({
  variant: uuidOf<VariantId>(),
  /** On hand, `units ÷ 10^scale`; may be negative. */
  units: z.int(),
  scale: z.int().min(0).max(9),
});
export type StockDocument = z.infer<typeof stockDocumentSchema>;

export const caseBadgeDocumentSchema = z.object({ open: z.int().min(0) });

/** Kind → schema; a kind that is not here is skipped by the terminal, as a newer server may send it. */
export const DOCUMENT_SCHEMAS = {
  merchant: merchantDocumentSchema,
  tax: taxDocumentSchema,
  variant: variantDocumentSchema,
  "price-list": priceListDocumentSchema,
  price: priceDocumentSchema,
  branch: branchDocumentSchema,
  terminal: terminalDocumentSchema,
  staff: staffDocumentSchema,
  stock: stockDocumentSchema,
  cases: caseBadgeDocumentSchema,
  customer: customerDocumentSchema,
  promotion: promotionDocumentSchema,
  coupon: couponDocumentSchema,
  recall: recallDocumentSchema,
  allotment: allotmentDocumentSchema,
} as const;

export type DocumentKind = keyof typeof DOCUMENT_SCHEMAS;
export type DocumentOf<Kind extends DocumentKind> = z.infer<(typeof DOCUMENT_SCHEMAS)[Kind]>;
