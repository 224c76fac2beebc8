import type { BranchId, CustomerId, TerminalId } from "@holdfast/domain/party/merchant";
import type { StaffId } from "@holdfast/domain/staff/staff";
import type {
  AccountPaid,
  CashCounted,
  CashMoved,
  DrawerOpened,
  GrandTotals,
  ShiftClosed,
  ShiftOpened,
  ShiftPlace,
  TillId,
} from "@holdfast/domain/till/shift-events";
import type { ShiftReport } from "@holdfast/domain/till/z-report";
import { z } from "zod";
import { codeCharsMax, denominationsMax, tendersMax } from "../limits.ts";
import {
  amountSchema,
  currencySchema,
  daySchema,
  instantSchema,
  nameSchema,
  taxIdSchema,
  textSchema,
  uuidOf,
  uuidSchema,
} from "../primitives.ts";
import { approvalSchema } from "./approval.ts";
import { receiptNumberSchema } from "./receipt-number.ts";
import { taxSchema } from "./tax.ts";
import { tenderSchema } from "./tender.ts";

/** A shift from its float to its Z report: the domain's own facts, whole. */

/** Goes into the till or out of it: the direction is in its kind. */
const movedSchema = amountSchema.refine((value) => value >= 0, "an amount of 0 or more is expected");
const deed = { by: uuidOf<StaffId>(), at: instantSchema };

const placeFields = {
  till: uuidOf<TillId>(),
  branch: uuidOf<BranchId>(),
  terminal: uuidOf<TerminalId>(),
  businessDay: daySchema,
  currency: currencySchema,
};
const belonging = { shift: uuidSchema, place: z.object(placeFields) satisfies z.ZodType<ShiftPlace> };

export const shiftOpenedSchema: z.ZodType<ShiftOpened> = z.object({
  kind: z.literal("shift-opened"),
  shift: uuidSchema,
  ...placeFields,
  float: movedSchema,
  carried: amountSchema,
  ...deed,
});

export const cashMovedSchema: z.ZodType<CashMoved> = z.object({
  kind: z.literal("cash-moved"),
  movement: uuidSchema,
  ...belonging,
  movementKind: z.enum(["paid-in", "paid-out", "pickup", "loan"]),
  amount: movedSchema,
  reason: textSchema,
  tax: z.object({ tax: taxIdSchema, amount: movedSchema }).exactOptional(),
  reference: textSchema.exactOptional(),
  approval: approvalSchema.exactOptional(),
  ...deed,
});

export const drawerOpenedSchema: z.ZodType<DrawerOpened> = z.object({
  kind: z.literal("drawer-opened"),
  opening: uuidSchema,
  ...belonging,
  reason: textSchema,
  approval: approvalSchema.exactOptional(),
  ...deed,
});

export const accountPaidSchema: z.ZodType<AccountPaid> = z.object({
  kind: z.literal("account-paid"),
  payment: uuidSchema,
  ...belonging,
  customer: uuidOf<CustomerId>(),
  amount: movedSchema,
  tenders: z.array(tenderSchema).max(tendersMax),
  change: amountSchema,
  cashRounding: amountSchema,
  ...deed,
});

export const cashCountedSchema: z.ZodType<CashCounted> = z.object({
  kind: z.literal("cash-counted"),
  ...belonging,
  counted: z.array(z.object({ value: z.int().min(1), pieces: z.int().min(0) })).max(denominationsMax),
  total: movedSchema,
  ...deed,
});

const grandTotalsSchema: z.ZodType<GrandTotals> = z.object({
  sales: amountSchema,
  returns: amountSchema,
  net: amountSchema,
});

const tallySchema = z.object({ count: z.int().min(0), amount: amountSchema });
const countSchema = z.int().min(0);

/** A Z report as it was printed: it is kept as it is, whatever arrives later. */
export const shiftReportSchema: z.ZodType<ShiftReport> = z.object({
  kind: z.enum(["x", "z"]),
  zNumber: z.int().min(1).nullable(),
  automatic: z.boolean(),
  opened: shiftOpenedSchema,
  from: instantSchema,
  to: instantSchema,
  sales: tallySchema,
  returns: tallySchema,
  gross: amountSchema,
  net: amountSchema,
  discounts: tallySchema,
  byGroup: z
    .array(
      z.object({
        category: z.string().max(codeCharsMax).nullable(),
        lines: countSchema,
        exTax: amountSchema,
        incTax: amountSchema,
      }),
    )
    .max(2_000),
  byCashier: z
    .array(z.object({ cashier: uuidOf<StaffId>(), name: nameSchema, receipts: countSchema, incTax: amountSchema }))
    .max(500),
  byTender: z
    .array(
      z.object({
        tender: z.enum(["cash", "card", "gift-card", "store-credit", "on-account"]),
        count: countSchema,
        amount: amountSchema,
      }),
    )
    .max(20),
  byRate: z.array(z.object({ tax: taxIdSchema, rate: taxSchema, exTax: amountSchema, amount: amountSchema })).max(200),
  untaxed: amountSchema,
  storedValueSold: tallySchema,
  onAccount: tallySchema,
  storeCreditIssued: tallySchema,
  accountPayments: tallySchema,
  postVoids: tallySchema,
  lineVoids: tallySchema,
  cancelled: tallySchema,
  copies: tallySchema,
  proForma: tallySchema,
  training: tallySchema,
  priceLookups: countSchema,
  drawerOpenings: countSchema,
  movements: z.object({ "paid-in": tallySchema, "paid-out": tallySchema, pickup: tallySchema, loan: tallySchema }),
  cashRounding: amountSchema,
  cash: z.object({
    float: amountSchema,
    expected: amountSchema,
    counted: amountSchema.nullable(),
    overShort: amountSchema.nullable(),
    left: amountSchema.nullable(),
    dropped: amountSchema.nullable(),
  }),
  grandTotals: grandTotalsSchema,
  firstReceipt: receiptNumberSchema.nullable(),
  lastReceipt: receiptNumberSchema.nullable(),
  chainIntact: z.boolean(),
  unsent: countSchema,
});

const closedFields = {
  kind: z.literal("shift-closed"),
  ...belonging,
  zNumber: z.int().min(1),
  expected: amountSchema,
  counted: movedSchema.nullable(),
  overShort: amountSchema,
  left: amountSchema,
  dropped: amountSchema,
  grandTotals: grandTotalsSchema,
  automatic: z.boolean(),
  ...deed,
};

/** The closing with the report that was printed from it. */
export type ShiftClosing = ShiftClosed & { readonly report: ShiftReport };

export const shiftClosedSchema: z.ZodType<ShiftClosing> = z.object({ ...closedFields, report: shiftReportSchema });
