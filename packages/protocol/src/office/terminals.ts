import type { BranchId, TerminalId } from "@holdfast/domain/party/merchant";
import { z } from "zod";
import { codeSchema, nameSchema, uuidOf } from "../primitives.ts";

export const officeTerminalSchema = z.object({
  terminal: uuidOf<TerminalId>(),
  name: nameSchema,
  branch: uuidOf<BranchId>(),
  series: codeSchema,
  enrolledAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  /** Since when it is to bring what it holds and destroy its copies, on its next contact. */
  wipeAskedAt: z.string().nullable(),
  /** When it said that it had. */
  wipedAt: z.string().nullable(),
  lastSeenAt: z.string().nullable(),
  build: z.string(),
  /** Its clock minus ours. */
  clockSkewMs: z.int().nullable(),
  /** Whether its browser promised to keep the records; null before enrolment. */
  persisted: z.boolean().nullable(),
  /** Records of it that the server holds. */
  held: z.int().min(0),
  /** Records that exist only on that terminal: a later stream of its own speaks of them. */
  missing: z.int().min(0),
  /** Records that it said it had still to send when it was last heard of; null for a build that does not say. */
  unsent: z.int().min(0).nullable(),
  oldestUnsentAt: z.string().nullable(),
  /** Times that two devices were seen to write as this terminal. */
  forks: z.int().min(0),
  /** When the code that waits to be typed ends; null where there is none. */
  codeExpiresAt: z.string().nullable(),
});
export type OfficeTerminal = z.infer<typeof officeTerminalSchema>;

/** `GET /v1/office/terminals` */
export const terminalListSchema = z.object({ terminals: z.array(officeTerminalSchema) });

/** `POST /v1/office/terminals` */
export const createTerminalRequestSchema = z.strictObject({
  terminal: uuidOf<TerminalId>(),
  branch: uuidOf<BranchId>(),
  name: nameSchema,
});
export type CreateTerminalRequest = z.infer<typeof createTerminalRequestSchema>;

/** `POST /v1/office/terminals/{terminal}/code` */
export const enrolmentCodeSchema = z.object({
  code: codeSchema,
  expiresAt: z.string(),
  /** Ports that this server answers on: the back office's first, then those of terminals. */
  ports: z.array(z.int()),
});
export type EnrolmentCode = z.infer<typeof enrolmentCodeSchema>;
