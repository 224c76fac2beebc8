import type { BranchId } from "@holdfast/domain/party/merchant";
import type { StaffId } from "@holdfast/domain/staff/staff";
import { z } from "zod";
import { nameSchema, uuidOf } from "../primitives.ts";
import {
  branchesOfStaffMax,
  emailCharsMax,
  passwordCharsMax,
  passwordCharsMin,
  pinDigitsMax,
  pinDigitsMin,
} from "./limits.ts";

const roleSchema = z.enum(["cashier", "supervisor", "manager", "owner"]);

/** Somebody who works here. Of PIN and password it is only known whether there are any. */
export const officeStaffSchema = z.object({
  staff: uuidOf<StaffId>(),
  name: nameSchema,
  role: roleSchema,
  email: z.string().nullable(),
  branches: z.array(uuidOf<BranchId>()),
  hasPin: z.boolean(),
  hasPassword: z.boolean(),
  deactivatedAt: z.string().nullable(),
});
export type OfficeStaff = z.infer<typeof officeStaffSchema>;

/** `GET /v1/office/staff` */
export const staffListSchema = z.object({ staff: z.array(officeStaffSchema) });

/** `PUT /v1/office/staff/{staff}`: new or changed; the id comes from whoever makes it. */
export const saveStaffRequestSchema = z.strictObject({
  name: nameSchema,
  role: roleSchema,
  /** For the back office; null where the person has no business there. */
  email: z.email().max(emailCharsMax).nullable(),
  branches: z.array(uuidOf<BranchId>()).max(branchesOfStaffMax),
  /** Somebody who left can sign in nowhere; what they did keeps their name. */
  active: z.boolean(),
});
export type SaveStaffRequest = z.infer<typeof saveStaffRequestSchema>;

/** `POST /v1/office/staff/{staff}/pin`: for the tills. */
export const setPinRequestSchema = z.strictObject({
  pin: z
    .string()
    .regex(
      new RegExp(`^\\d{${pinDigitsMin},${pinDigitsMax}}$`),
      `${pinDigitsMin} to ${pinDigitsMax} digits are expected`,
    ),
});

/** `POST /v1/office/staff/{staff}/password`: for the back office; whoever is signed in as them is signed out. */
export const setPasswordRequestSchema = z.strictObject({
  password: z.string().min(passwordCharsMin).max(passwordCharsMax),
});
