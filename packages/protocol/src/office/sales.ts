import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type { BranchId, TerminalId } from "@holdfast/domain/party/merchant";
import { z } from "zod";
import { receiptNumberSchema } from "../events/receipt-number.ts";
import { saleCompletedSchema } from "../events/sale-completed.ts";
import {
  amountSchema,
  codeSchema,
  currencySchema,
  daySchema,
  hashSchema,
  nameSchema,
  signatureSchema,
  uuidOf,
  uuidSchema,
} from "../primitives.ts";
import { officeCaseSchema } from "./cases.ts";
import { officeEntrySchema } from "./ledger.ts";
import { searchCharsMax } from "./limits.ts";
import { nextSchema, pageQuery } from "./paging.ts";

/** `GET /v1/office/sales`: newest first. */
export const saleListQuerySchema = z.strictObject({
  ...pageQuery,
  /** First and last business day. */
  from: daySchema.optional(),
  to: daySchema.optional(),
  branch: uuidOf<BranchId>().optional(),
  terminal: uuidOf<TerminalId>().optional(),
  /** A receipt number, whole or in part: `T1-000012-AB3F`, `T1-12`, `12`, `T1`. */
  number: z.string().max(searchCharsMax).optional(),
  /** The total, in minor units. */
  amount: z.coerce.number().int().optional(),
});
export type SaleListQuery = z.infer<typeof saleListQuerySchema>;

const saleRowSchema = z.object({
  sale: uuidSchema,
  number: receiptNumberSchema,
  branch: uuidOf<BranchId>(),
  terminal: uuidOf<TerminalId>(),
  terminalName: nameSchema,
  cashierName: nameSchema,
  businessDay: daySchema,
  occurredAt: z.string(),
  recordedAt: z.string(),
  lines: z.int().min(0),
  total: amountSchema,
  currency: currencySchema,
  exponent: z.int().min(0).max(4),
  tenders: z.array(codeSchema),
  hasReturns: z.boolean(),
  training: z.boolean(),
  isPostVoid: z.boolean(),
});
export type SaleRow = z.infer<typeof saleRowSchema>;

export const saleListSchema = z.object({
  sales: z.array(saleRowSchema),
  next: nextSchema,
  /** Of everything that the filter lets through, without training; only with the first page. */
  sum: z.object({ sales: z.int().min(0), total: amountSchema }).nullable(),
});
export type SaleList = z.infer<typeof saleListSchema>;

export const saleMovementSchema = z.object({
  line: z.int(),
  variant: uuidOf<VariantId>(),
  name: nameSchema,
  sku: z.string(),
  cause: codeSchema,
  units: z.int(),
  scale: z.int().min(0).max(9),
  unit: codeSchema,
  cost: amountSchema,
});
export type SaleMovement = z.infer<typeof saleMovementSchema>;

/** An entry as it was signed, and what the server finds when it looks at it again now. */
export const signedRecordSchema = z.object({
  stream: uuidSchema,
  seq: z.int().min(0),
  hash: hashSchema,
  prev: z.string(),
  raw: z.string(),
  sig: signatureSchema,
  /** Thumbprint of the key that signs the stream. */
  kid: codeSchema,
  occurredAt: z.string(),
  recordedAt: z.string(),
  /** The terminal that brought it, where that is another than the one that wrote it. */
  courier: uuidOf<TerminalId>().nullable(),
  checks: z.object({
    /** The text has this hash. */
    hash: z.boolean(),
    /** The terminal's key signed this text. */
    signature: z.boolean(),
    /** The entry before it is held too. */
    parent: z.boolean(),
  }),
});
export type SignedRecord = z.infer<typeof signedRecordSchema>;

/** `GET /v1/office/sales/{sale}`: everything that one sale did. */
export const saleDetailSchema = z.object({
  sale: saleCompletedSchema,
  branchName: nameSchema,
  branchAddress: z.string(),
  terminalName: nameSchema,
  timeZone: codeSchema,
  merchantName: nameSchema,
  taxNumber: z.string(),
  receiptFooter: z.string(),
  recordedAt: z.string(),
  movements: z.array(saleMovementSchema),
  entries: z.array(officeEntrySchema),
  signed: signedRecordSchema,
  /** Sales that took goods of this one back, or undid it. */
  followedBy: z.array(z.object({ sale: uuidOf<Uuid>(), number: receiptNumberSchema })),
  /** Open cases about it, with the differences that the server found. */
  cases: z.array(officeCaseSchema),
});
export type SaleDetail = z.infer<typeof saleDetailSchema>;
