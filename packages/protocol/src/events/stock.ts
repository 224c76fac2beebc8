import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { BranchId } from "@holdfast/domain/party/merchant";
import type { StaffId } from "@holdfast/domain/staff/staff";
import { z } from "zod";
import { stockLinesMax } from "../limits.ts";
import {
  amountSchema,
  codeSchema,
  currencySchema,
  daySchema,
  instantSchema,
  textSchema,
  uuidOf,
  uuidSchema,
} from "../primitives.ts";

const document = {
  branch: uuidOf<BranchId>(),
  businessDay: daySchema,
  currency: currencySchema,
  by: uuidOf<StaffId>(),
  at: instantSchema,
};

/**
 * What was found on the shelves. A count is a cut through what is known: which movements lie before it is told by the
 * place of its entry and by what its terminal had seen, only then by clocks.
 */
export const stockCountedSchema = z.object({
  count: uuidSchema,
  ...document,
  lines: z
    .array(
      z.object({
        variant: uuidOf<VariantId>(),
        /** Found, `units ÷ 10^scale`. */
        units: z.int().min(0),
        scale: z.int().min(0).max(9),
      }),
    )
    .min(1)
    .max(stockLinesMax)
    .refine((lines) => new Set(lines.map((line) => line.variant)).size === lines.length, "a variant is counted once"),
  note: textSchema,
});
export type StockCounted = z.infer<typeof stockCountedSchema>;

/** Goods came to the branch. A terminal knows no costs: where the paper says none, they come in at what is known. */
export const goodsReceivedSchema = z.object({
  delivery: uuidSchema,
  ...document,
  supplier: textSchema,
  /** The number on the supplier's paper. */
  reference: textSchema,
  lines: z
    .array(
      z.object({
        variant: uuidOf<VariantId>(),
        units: z.int().min(1),
        scale: z.int().min(0).max(9),
        /** What these units cost together, without recoverable tax. */
        value: amountSchema.nullable(),
        lot: codeSchema.exactOptional(),
        expiry: daySchema.exactOptional(),
        serials: z.array(codeSchema).max(1000).exactOptional(),
      }),
    )
    .min(1)
    .max(stockLinesMax),
});
export type GoodsReceived = z.infer<typeof goodsReceivedSchema>;
