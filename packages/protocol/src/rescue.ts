import type { TerminalId } from "@holdfast/domain/party/merchant";
import { z } from "zod";
import { signedEntrySchema } from "./entry.ts";
import { base64UrlSchema, codeSchema, hashSchema, publicKeySchema, uuidOf, uuidSchema } from "./primitives.ts";

/**
 * `POST /v1/log/rescue`: records that do not come from a log in order. NDJSON, each line one of these three. A rescue file that
 * someone carries on a stick is the same text: whoever brings it can delay it, but neither read what is sealed nor change anything.
 */

/** Begins a run of sealed rows: to which key of the server they are sealed, and with which half of the key agreement. */
export const mirrorHeaderSchema = z.strictObject({
  v: z.literal(1),
  terminal: uuidOf<TerminalId>(),
  stream: uuidSchema,
  kid: codeSchema,
  ephemeral: publicKeySchema,
});
export type MirrorHeader = z.infer<typeof mirrorHeaderSchema>;

/** One sealed entry. What is outside the box tells only which entry it is, and which numbers were used up by then. */
export const mirrorRowSchema = z.strictObject({
  seq: z.int().min(0),
  hash: hashSchema,
  counters: z.record(codeSchema, z.int().min(0)).exactOptional(),
  iv: base64UrlSchema.max(24),
  box: base64UrlSchema,
});
export type MirrorRow = z.infer<typeof mirrorRowSchema>;

export const rescueLineSchema = z.union([signedEntrySchema, mirrorHeaderSchema, mirrorRowSchema]);
export type RescueLine = z.infer<typeof rescueLineSchema>;

/** Both sides derive the key of a run of sealed rows with this as its purpose. */
export const MIRROR_PURPOSE = "holdfast-mirror:1";
