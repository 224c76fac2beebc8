import type { LineVoid } from "@holdfast/domain/cart/cart";
import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { BranchId } from "@holdfast/domain/party/merchant";
import type { StaffId } from "@holdfast/domain/staff/staff";
import { z } from "zod";
import { saleLinesMax } from "../limits.ts";
import {
  amountSchema,
  codeSchema,
  instantSchema,
  nameSchema,
  quantitySchema,
  textSchema,
  uuidOf,
  uuidSchema,
} from "../primitives.ts";
import { approvalSchema } from "./approval.ts";
import { receiptNumberSchema } from "./receipt-number.ts";
import { lineVoidSchema } from "./sale-completed.ts";

/**
 * Traces that move neither money nor goods and that an auditor asks for: what was taken back, who was there, what was printed
 * again. Their time is the entry's.
 */

/** Where it happened and who did it. */
const trace = { branch: uuidOf<BranchId>(), shift: uuidSchema.nullable(), by: uuidOf<StaffId>() };

const cartLineSchema = z.object({
  line: z.int().min(1),
  name: textSchema,
  quantity: quantitySchema,
  amount: amountSchema,
});

/** A cart was set aside, with what it came to. */
export const cartSuspendedSchema = z.object({
  ...trace,
  /** The cart's id, which becomes the sale's. */
  cart: uuidSchema,
  label: textSchema,
  total: amountSchema,
  lines: z.int().min(0).max(saleLinesMax),
});
export type CartSuspended = z.infer<typeof cartSuspendedSchema>;

export const cartResumedSchema = z.object({ ...trace, cart: uuidSchema });
export type CartResumed = z.infer<typeof cartResumedSchema>;

/** A whole cart was abandoned: everything that was in it stays known. */
export const cartCancelledSchema = z.object({
  ...trace,
  cart: uuidSchema,
  reason: textSchema,
  total: amountSchema,
  lines: z.array(cartLineSchema).max(saleLinesMax),
  training: z.boolean(),
  approval: approvalSchema.exactOptional(),
});
export type CartCancelled = z.infer<typeof cartCancelledSchema>;

/** A line was taken back before completion; the sale that follows says so too. */
export const lineVoidedSchema = z.object({
  ...trace,
  cart: uuidSchema,
  void: lineVoidSchema as z.ZodType<LineVoid>,
  training: z.boolean(),
});
export type LineVoided = z.infer<typeof lineVoidedSchema>;

export const staffSignedInSchema = z.object({ branch: uuidOf<BranchId>(), by: uuidOf<StaffId>(), name: nameSchema });
export type StaffSignedIn = z.infer<typeof staffSignedInSchema>;

export const staffSignedOutSchema = z.object({ branch: uuidOf<BranchId>(), by: uuidOf<StaffId>() });
export type StaffSignedOut = z.infer<typeof staffSignedOutSchema>;

/** The screen was locked, the cart kept. */
export const staffLockedSchema = z.object({
  branch: uuidOf<BranchId>(),
  by: uuidOf<StaffId>(),
  cause: z.enum(["asked", "idle"]),
});
export type StaffLocked = z.infer<typeof staffLockedSchema>;

/** Wrong PINs until the terminal asked for a pause. */
export const signInRefusedSchema = z.object({
  branch: uuidOf<BranchId>(),
  /** Whose PIN was tried, where somebody was chosen. */
  staff: uuidOf<StaffId>().nullable(),
  attempts: z.int().min(1),
  /** Until when no PIN is taken. */
  until: instantSchema,
});
export type SignInRefused = z.infer<typeof signInRefusedSchema>;

/** Somebody asked for an approval and did not get it. */
export const approvalRefusedSchema = z.object({
  ...trace,
  action: codeSchema,
  amount: amountSchema.nullable(),
  sale: uuidSchema.nullable(),
  /** Who was asked; null where no PIN was right. */
  approver: uuidOf<StaffId>().nullable(),
  why: z.enum(["wrong-pin", "approver-may-not", "own-act", "withdrawn"]),
});
export type ApprovalRefused = z.infer<typeof approvalRefusedSchema>;

/** A receipt went out: its original, a copy of it, or one before the sale that is none. */
export const receiptPrintedSchema = z.object({
  ...trace,
  sale: uuidSchema,
  number: receiptNumberSchema.nullable(),
  copy: z.enum(["original", "copy", "pro-forma"]),
  output: z.enum(["paper", "screen", "email"]),
  total: amountSchema,
});
export type ReceiptPrinted = z.infer<typeof receiptPrintedSchema>;

/** From here on what is rung up counts nowhere, or does again. */
export const trainingSwitchedSchema = z.object({ ...trace, on: z.boolean(), approval: approvalSchema.exactOptional() });
export type TrainingSwitched = z.infer<typeof trainingSwitchedSchema>;

export const priceLookedUpSchema = z.object({ ...trace, variant: uuidOf<VariantId>() });
export type PriceLookedUp = z.infer<typeof priceLookedUpSchema>;

/** The device's clock jumped while the app was running, or was behind its own log at the start. */
export const clockChangedSchema = z.object({ branch: uuidOf<BranchId>(), from: instantSchema, to: instantSchema });
export type ClockChanged = z.infer<typeof clockChangedSchema>;
