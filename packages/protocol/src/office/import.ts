import { z } from "zod";
import { errorSchema } from "../error.ts";
import { codeSchema, taxIdSchema, uuidSchema } from "../primitives.ts";

/** Columns of a file of products, as its first line names them. `name` must be there, and one of `sku` and `barcode`. */
export const importColumns = ["sku", "barcode", "name", "category", "price", "tax", "unit"] as const;
export type ImportColumn = (typeof importColumns)[number];

/** `POST /v1/office/products/import`: the body is the file itself. */
export const importQuerySchema = z.strictObject({
  /** Without it the file is only compared with what is there. */
  apply: z.enum(["true", "false"]).default("false"),
  /** The list that prices are put on; may be left out where there is one only. */
  priceList: uuidSchema.optional(),
  /** The tax of new products whose row names none; `none` for goods without tax. */
  tax: z.union([z.literal("none"), taxIdSchema]).optional(),
  /** The `basis` of the comparison that is now to be carried out. */
  basis: codeSchema.optional(),
});
export type ImportQuery = z.infer<typeof importQuerySchema>;

/** Everything that may be wrong with a file, or with one of its rows. Nothing is imported while anything is. */
export const importFaults = [
  "no-header",
  "column-missing",
  "column-unknown",
  "column-twice",
  "no-rows",
  "too-many-rows",
  "too-many-cells",
  "row-broken",
  "row-too-long",
  "not-utf8",
  "control-character",
  "name-missing",
  "code-missing",
  "too-long",
  "sku-twice",
  "barcode-twice",
  "barcode-taken",
  "barcode-check-digit",
  "barcode-unreadable",
  "price-unreadable",
  "price-negative",
  "price-too-fine",
  "price-too-high",
  "tax-unknown",
  "tax-missing",
  "unit-unknown",
  "unit-differs",
  "row-unclear",
] as const;
export type ImportFault = (typeof importFaults)[number];

export const importErrorSchema = z.object({
  /** As a text editor counts them, the first line being 1. */
  line: z.int().min(1),
  column: z.string().nullable(),
  fault: z.enum(importFaults),
  /** The beginning of what stands there. */
  value: z.string(),
});
export type ImportError = z.infer<typeof importErrorSchema>;

export const importDifferenceSchema = z.object({
  line: z.int().min(1),
  kind: z.enum(["new", "changed"]),
  sku: z.string(),
  name: z.string(),
  changes: z.array(
    z.object({ column: z.enum(importColumns), before: z.string().nullable(), after: z.string().nullable() }),
  ),
});
export type ImportDifference = z.infer<typeof importDifferenceSchema>;

export const importReportSchema = z.object({
  applied: z.boolean(),
  /** What the file was compared with; goes back with the request to carry it out. */
  basis: codeSchema,
  rows: z.int().min(0),
  created: z.int().min(0),
  changed: z.int().min(0),
  unchanged: z.int().min(0),
  errorCount: z.int().min(0),
  errors: z.array(importErrorSchema),
  differences: z.array(importDifferenceSchema),
});
export type ImportReport = z.infer<typeof importReportSchema>;

/** One line of the answer, which is NDJSON: how far it has come, then how it ended. */
export const importNewsSchema = z.union([
  z.object({ kind: z.literal("progress"), stage: z.enum(["reading", "comparing", "saving"]), done: z.number() }),
  z.object({ kind: z.literal("report"), report: importReportSchema }),
  errorSchema.extend({ kind: z.literal("failed") }),
]);
export type ImportNews = z.infer<typeof importNewsSchema>;
