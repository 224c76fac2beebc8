import type { BranchId } from "@holdfast/domain/party/merchant";
import { z } from "zod";
import { receiptNumberSchema } from "../events/receipt-number.ts";
import { amountSchema, codeSchema, currencySchema, daySchema, nameSchema, uuidOf, uuidSchema } from "../primitives.ts";
import { nextSchema, pageQuery } from "./paging.ts";

const accountTypeSchema = z.enum(["asset", "liability", "equity", "income", "expense"]);

const accountNameSchema = z.object({
  account: codeSchema,
  code: codeSchema,
  name: nameSchema,
  type: accountTypeSchema,
});

/** A journal entry with the names of its accounts. */
export const officeEntrySchema = z.object({
  source: uuidSchema,
  kind: codeSchema,
  postingDay: daySchema,
  occurredAt: z.string(),
  recordedAt: z.string(),
  currency: currencySchema,
  late: z.boolean(),
  lines: z.array(
    accountNameSchema.extend({
      branch: uuidOf<BranchId>(),
      debit: amountSchema,
      credit: amountSchema,
      dimensions: z.record(z.string(), z.string()),
    }),
  ),
});
export type OfficeEntry = z.infer<typeof officeEntrySchema>;

/** `GET /v1/office/ledger/entries/{source}`: what one document posted. */
export const entriesSchema = z.object({
  entries: z.array(officeEntrySchema),
  /** The receipt number, where the document is a sale. */
  sale: receiptNumberSchema.nullable(),
});
export type Entries = z.infer<typeof entriesSchema>;

/** `GET /v1/office/ledger/trial-balance`: all accounts up to and with a day. */
export const trialBalanceQuerySchema = z.strictObject({ day: daySchema, branch: uuidOf<BranchId>().optional() });
export type TrialBalanceQuery = z.infer<typeof trialBalanceQuerySchema>;

export const trialBalanceSchema = z.object({
  day: daySchema,
  accounts: z.array(accountNameSchema.extend({ debit: amountSchema, credit: amountSchema })),
  /** Sums over all accounts: equal, or the books are broken. */
  debit: amountSchema,
  credit: amountSchema,
});
export type TrialBalance = z.infer<typeof trialBalanceSchema>;

/** `GET /v1/office/ledger/accounts/{account}`: its lines, newest first. */
export const accountLinesQuerySchema = z.strictObject({
  ...pageQuery,
  from: daySchema.optional(),
  to: daySchema.optional(),
  branch: uuidOf<BranchId>().optional(),
});
export type AccountLinesQuery = z.infer<typeof accountLinesQuerySchema>;

export const accountLinesSchema = z.object({
  account: accountNameSchema,
  lines: z.array(
    z.object({
      source: uuidSchema,
      kind: codeSchema,
      position: z.int().min(1),
      postingDay: daySchema,
      occurredAt: z.string(),
      branch: uuidOf<BranchId>(),
      debit: amountSchema,
      credit: amountSchema,
      dimensions: z.record(z.string(), z.string()),
      /** The receipt number, where a sale is behind it. */
      sale: receiptNumberSchema.nullable(),
    }),
  ),
  next: nextSchema,
});
export type AccountLines = z.infer<typeof accountLinesSchema>;
