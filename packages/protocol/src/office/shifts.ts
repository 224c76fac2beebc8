import type { BranchId, TerminalId } from "@holdfast/domain/party/merchant";
import type { StaffId } from "@holdfast/domain/staff/staff";
import { z } from "zod";
import { shiftReportSchema } from "../events/shift.ts";
import { amountSchema, codeSchema, currencySchema, daySchema, nameSchema, uuidOf, uuidSchema } from "../primitives.ts";
import { nextSchema, pageQuery } from "./paging.ts";

/** `GET /v1/office/shifts`: the newest first. */
export const shiftListQuerySchema = z.strictObject({
  ...pageQuery,
  /** First and last business day. */
  from: daySchema.optional(),
  to: daySchema.optional(),
  branch: uuidOf<BranchId>().optional(),
});
export type ShiftListQuery = z.infer<typeof shiftListQuerySchema>;

/** Figures of the Z report that posted; what a shift took before it is closed shows in its sales. */
const zFiguresSchema = z.object({
  number: z.int().min(1),
  closedAt: z.string(),
  automatic: z.boolean(),
  expected: amountSchema,
  /** Null where nobody counted. */
  counted: amountSchema.nullable(),
  overShort: amountSchema,
});

export const officeShiftSchema = z.object({
  shift: uuidSchema,
  branch: uuidOf<BranchId>(),
  terminal: uuidOf<TerminalId>(),
  terminalName: nameSchema,
  businessDay: daySchema,
  openedAt: z.string(),
  openedBy: z.object({ staff: uuidOf<StaffId>(), name: nameSchema.nullable() }),
  currency: currencySchema,
  float: amountSchema,
  /** Sales that name this shift and have arrived, without training. */
  sales: z.int().min(0),
  takings: amountSchema,
  z: zFiguresSchema.nullable(),
});
export type OfficeShift = z.infer<typeof officeShiftSchema>;

export const shiftListSchema = z.object({ shifts: z.array(officeShiftSchema), next: nextSchema });
export type ShiftList = z.infer<typeof shiftListSchema>;

const shiftDeedSchema = z.object({
  event: uuidSchema,
  /** `paid-in`, `paid-out`, `pickup`, `loan`, or `drawer-opened`. */
  kind: codeSchema,
  amount: amountSchema.nullable(),
  reason: z.string(),
  staffName: nameSchema.nullable(),
  occurredAt: z.string(),
});
export type ShiftDeed = z.infer<typeof shiftDeedSchema>;

/** `GET /v1/office/shifts/{shift}` */
export const shiftDetailSchema = z.object({
  shift: officeShiftSchema,
  /** The Z report as it was printed, whatever arrived afterwards. */
  report: shiftReportSchema.nullable(),
  /** What was done with the cash beside sales, the oldest first. */
  deeds: z.array(shiftDeedSchema),
});
export type ShiftDetail = z.infer<typeof shiftDetailSchema>;
