import type { BranchId, CustomerId } from "@holdfast/domain/party/merchant";
import type { StaffId } from "@holdfast/domain/staff/staff";
import { z } from "zod";
import { instantSchema, nameSchema, textSchema, uuidOf } from "../primitives.ts";

/** What a customer says of themselves; prices, credit and tax are the merchant's to say. */
export const customerDetailsSchema = z.object({
  name: nameSchema,
  email: textSchema,
  phone: textSchema,
  address: textSchema,
  taxId: textSchema,
  note: textSchema,
});
export type CustomerDetails = z.infer<typeof customerDetailsSchema>;

/**
 * A customer was made at the till, or their details were changed there. A new one is always taken; a change is one to
 * what the terminal last saw, and where the server has another since then a person chooses.
 */
export const customerSavedSchema = z.object({
  customer: uuidOf<CustomerId>(),
  branch: uuidOf<BranchId>(),
  /** Revision that was changed; 0 where the customer is new. */
  ifRev: z.int().min(0),
  details: customerDetailsSchema,
  by: uuidOf<StaffId>(),
  at: instantSchema,
});
export type CustomerSaved = z.infer<typeof customerSavedSchema>;
