import type { BranchId } from "@holdfast/domain/party/merchant";
import { z } from "zod";
import { amountSchema, codeSchema, instantSchema, uuidOf } from "../primitives.ts";

/** A terminal gives back what it may spend of a gift card or a store credit, so that another may. */
export const allotmentReturnedSchema = z.object({
  branch: uuidOf<BranchId>(),
  kind: z.enum(["gift-card", "store-credit"]),
  code: codeSchema,
  amount: amountSchema.refine((value) => value > 0, "an amount above 0 is expected"),
  at: instantSchema,
});
export type AllotmentReturned = z.infer<typeof allotmentReturnedSchema>;
