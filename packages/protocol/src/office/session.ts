import type { BranchId, MerchantId } from "@holdfast/domain/party/merchant";
import type { StaffId } from "@holdfast/domain/staff/staff";
import { z } from "zod";
import { codeSchema, currencySchema, nameSchema, uuidOf } from "../primitives.ts";
import { emailCharsMax, passwordCharsMax } from "./limits.ts";

/** Sent with every request that changes something: no form of another site can send it. */
export const OFFICE_HEADER = "Holdfast-Office";
export const OFFICE_COOKIE = "holdfast_office";

/** What a person may do in the back office. */
export const officeRights = [
  "read-reports",
  "read-sales",
  "read-catalog",
  "edit-catalog",
  "read-terminals",
  "enrol-terminals",
  "edit-terminals",
  "read-ledger",
  "read-cases",
  "close-cases",
  "read-staff",
  "set-pins",
  "edit-staff",
] as const;
export type OfficeRight = (typeof officeRights)[number];

export const officeRoles = ["manager", "owner"] as const;
export type OfficeRole = (typeof officeRoles)[number];

/** A manager sees to the shop; prices, the fleet of terminals and the books are the owner's. */
export const OFFICE_RIGHTS: Readonly<Record<OfficeRole, readonly OfficeRight[]>> = {
  manager: [
    "read-reports",
    "read-sales",
    "read-catalog",
    "read-terminals",
    "enrol-terminals",
    "read-cases",
    "close-cases",
    "read-staff",
    "set-pins",
  ],
  owner: officeRights,
};

/** `POST /v1/office/session` */
export const signInRequestSchema = z.strictObject({
  /** The merchant's short name. */
  slug: codeSchema,
  email: z.string().min(3).max(emailCharsMax),
  password: z.string().min(1).max(passwordCharsMax),
});
export type SignInRequest = z.infer<typeof signInRequestSchema>;

const officeBranchSchema = z.object({
  branch: uuidOf<BranchId>(),
  code: codeSchema,
  name: nameSchema,
  timeZone: codeSchema,
});
export type OfficeBranch = z.infer<typeof officeBranchSchema>;

/** Who is signed in, and where: what every screen needs. */
export const meSchema = z.object({
  staff: z.object({ staff: uuidOf<StaffId>(), name: nameSchema, role: z.enum(officeRoles) }),
  rights: z.array(z.enum(officeRights)),
  merchant: z.object({
    merchant: uuidOf<MerchantId>(),
    slug: codeSchema,
    name: nameSchema,
    currency: currencySchema,
    exponent: z.int().min(0).max(4),
  }),
  branches: z.array(officeBranchSchema),
  expiresAt: z.string(),
});
export type Me = z.infer<typeof meSchema>;
