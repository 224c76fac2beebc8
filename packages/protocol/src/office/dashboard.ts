import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { BranchId, TerminalId } from "@holdfast/domain/party/merchant";
import { z } from "zod";
import { amountSchema, codeSchema, daySchema, nameSchema, uuidOf } from "../primitives.ts";

/** `GET /v1/office/dashboard`: today, by each branch's own business day. */
export const dashboardQuerySchema = z.strictObject({ branch: uuidOf<BranchId>().optional() });
export type DashboardQuery = z.infer<typeof dashboardQuerySchema>;

const takingsSchema = z.object({ sales: z.int().min(0), total: amountSchema });
export type Takings = z.infer<typeof takingsSchema>;

/** A terminal that was not heard of lately. */
const silentTerminalSchema = z.object({
  terminal: uuidOf<TerminalId>(),
  name: nameSchema,
  branch: uuidOf<BranchId>(),
  lastSeenAt: z.string().nullable(),
  /** What it last said it had still to send; null where it never said. */
  unsent: z.int().min(0).nullable(),
});

export const dashboardSchema = z.object({
  today: takingsSchema,
  /** The same weekday a week before, up to the same time. */
  weekBefore: takingsSchema,
  byHour: z.array(takingsSchema.extend({ hour: z.int().min(0).max(23) })),
  byTender: z.array(z.object({ kind: codeSchema, amount: amountSchema })),
  byBranch: z.array(takingsSchema.extend({ branch: uuidOf<BranchId>(), name: nameSchema, day: daySchema })),
  topProducts: z.array(
    z.object({
      variant: uuidOf<VariantId>().nullable(),
      name: z.string(),
      units: z.int(),
      scale: z.int().min(0).max(9),
      unit: codeSchema,
      total: amountSchema,
    }),
  ),
  /** Seven days, the last of them today. */
  lastDays: z.array(takingsSchema.extend({ day: daySchema })),
  /** Whether these figures are whole. */
  completeness: z.object({
    silent: z.array(silentTerminalSchema),
    /** Terminals that are known to hold records which did not arrive, heard of or not. */
    missing: z.array(
      z.object({ terminal: uuidOf<TerminalId>(), name: nameSchema, branch: uuidOf<BranchId>(), count: z.int().min(1) }),
    ),
    quarantined: z.int().min(0),
    openCases: z.int().min(0),
  }),
});
export type Dashboard = z.infer<typeof dashboardSchema>;
