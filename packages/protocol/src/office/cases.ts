import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { BranchId, TerminalId } from "@holdfast/domain/party/merchant";
import { z } from "zod";
import { codeSchema, nameSchema, textSchema, uuidOf, uuidSchema } from "../primitives.ts";
import { officePageMax } from "./limits.ts";
import { nextSchema, pageQuery } from "./paging.ts";
import { officeMovementSchema } from "./products.ts";

/** `GET /v1/office/cases`: what a person has to look at, the oldest open one first; closed ones newest first. */
export const caseListQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.enum(["open", "closed"]).default("open"),
});
export type CaseListQuery = z.infer<typeof caseListQuerySchema>;

/** `by` is null where the shop settled it by itself. */
const resolutionSchema = z.object({ by: uuidSchema.nullable(), name: nameSchema, note: z.string(), at: z.string() });
export type Resolution = z.infer<typeof resolutionSchema>;

export const officeCaseSchema = z.object({
  case: uuidSchema,
  kind: codeSchema,
  subject: z.string(),
  /** The goods, the terminal or the receipt that it is about, by name. */
  about: z.string().nullable(),
  branch: uuidOf<BranchId>().nullable(),
  openedAt: z.string(),
  closedAt: z.string().nullable(),
  resolution: resolutionSchema.nullable(),
  details: z.record(z.string(), z.unknown()),
});
export type OfficeCase = z.infer<typeof officeCaseSchema>;

export const caseListSchema = z.object({ cases: z.array(officeCaseSchema), next: nextSchema });
export type CaseList = z.infer<typeof caseListSchema>;

/** What brought the stock below zero: every movement since it last stood at zero or more, oldest first. */
const oversoldSchema = z.object({
  variant: uuidOf<VariantId>(),
  name: nameSchema,
  sku: z.string(),
  unit: codeSchema,
  onHand: z.int(),
  scale: z.int().min(0).max(9),
  movements: z.array(
    officeMovementSchema.extend({ terminalName: z.string().nullable(), terminal: uuidOf<TerminalId>().nullable() }),
  ),
});
export type Oversold = z.infer<typeof oversoldSchema>;

/** `GET /v1/office/cases/{case}` */
export const caseDetailSchema = z.object({
  case: officeCaseSchema,
  oversold: oversoldSchema.nullable(),
  /** The record it is about, where it is about one. */
  record: z.object({ raw: z.string(), terminalName: nameSchema, recordedAt: z.string() }).nullable(),
});
export type CaseDetail = z.infer<typeof caseDetailSchema>;

/** `POST /v1/office/cases/{case}/close`: who closed it, when and why stays with it. */
export const closeCaseRequestSchema = z.strictObject({ note: textSchema.min(3) });

/**
 * `POST /v1/office/quarantine/book`: tries again to book what was set aside, in this order. Whoever asks answers for records of
 * a revoked terminal.
 */
export const bookHeldRequestSchema = z.strictObject({ events: z.array(uuidSchema).min(1).max(officePageMax) });

export const bookHeldReplySchema = z.object({
  booked: z.int().min(0),
  /** Still set aside, each with its reason now. */
  held: z.array(z.object({ event: uuidSchema, code: codeSchema, message: z.string() })),
});
export type BookHeldReply = z.infer<typeof bookHeldReplySchema>;

/** `GET /v1/office/quarantine`: records that are stored and not booked, newest first. */
export const quarantineQuerySchema = z.strictObject(pageQuery);
export type QuarantineQuery = z.infer<typeof quarantineQuerySchema>;

export const quarantineSchema = z.object({
  records: z.array(
    z.object({
      event: uuidSchema,
      type: codeSchema,
      code: codeSchema,
      message: z.string(),
      terminal: uuidOf<TerminalId>(),
      terminalName: nameSchema,
      recordedAt: z.string(),
      raw: z.string(),
    }),
  ),
  next: nextSchema,
});
export type Quarantine = z.infer<typeof quarantineSchema>;
