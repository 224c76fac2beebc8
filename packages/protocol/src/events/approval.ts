import type { Approval } from "@holdfast/domain/staff/approval";
import type { StaffId } from "@holdfast/domain/staff/staff";
import { z } from "zod";
import { amountSchema, codeSchema, instantSchema, nameSchema, uuidOf, uuidSchema } from "../primitives.ts";

export const approvalSchema: z.ZodType<Approval> = z.object({
  approver: uuidOf<StaffId>(),
  approverName: nameSchema,
  action: codeSchema,
  amount: amountSchema.nullable(),
  at: instantSchema,
  sale: uuidSchema.exactOptional(),
  line: z.int().min(1).exactOptional(),
});
