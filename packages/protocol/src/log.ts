import { z } from "zod";
import { tipSchema } from "./entry.ts";
import { haveHashesMax } from "./limits.ts";
import { codeSchema, hashSchema, signatureSchema, uuidSchema } from "./primitives.ts";

/** `POST /v1/log`: NDJSON of signed entries up, this answer down. */

/** The server's signed word that it holds a stream up to an entry: the only thing that lets a terminal forget it. */
export const serverReceiptSchema = z.object({
  stream: uuidSchema,
  seq: z.int().min(0),
  hash: hashSchema,
  origin: codeSchema,
  /** The server's clock, ISO in UTC. */
  at: z.string(),
  kid: codeSchema,
  sig: signatureSchema,
});
export type ServerReceipt = z.infer<typeof serverReceiptSchema>;

/** What the server signs in a receipt, as one text. */
export function serverReceiptText(receipt: Omit<ServerReceipt, "sig" | "kid">): string {
  return `holdfast-receipt:1:${receipt.origin}:${receipt.stream}:${receipt.seq}:${receipt.hash}:${receipt.at}`;
}

export const stopCodes = ["unknown_parent", "bad_entry", "unknown_key"] as const;

/** Why the server stopped reading one stream; the others of the batch went on. */
export const stopSchema = z.object({
  /** Index of the line in the batch, from 0: the sender knows which stream it took it from. */
  line: z.int().min(0),
  /** Null where the line does not even say its stream. */
  stream: uuidSchema.nullable(),
  code: z.enum(stopCodes),
  message: z.string(),
  /** Where the server stands in this stream; null when it holds nothing of it. */
  tip: tipSchema.nullable(),
});
export type Stop = z.infer<typeof stopSchema>;

export const quarantinedSchema = z.object({ event: uuidSchema, code: z.string(), message: z.string() });

export const logReplySchema = z.object({
  origin: codeSchema,
  /** The server's clock in milliseconds since 1970. */
  now: z.int(),
  /** Entries stored or already held. */
  accepted: z.int().min(0),
  streams: z.record(z.string(), tipSchema),
  receipts: z.array(serverReceiptSchema),
  quarantined: z.array(quarantinedSchema),
  stopped: z.array(stopSchema),
  next: z.object({ maxEntries: z.int().min(1), maxBytes: z.int().min(1), delayMs: z.int().min(0) }),
  /** Last key of the answer: a reply cut anywhere does not count. */
  end: z.literal(true),
});
export type LogReply = z.infer<typeof logReplySchema>;

export const haveRequestSchema = z.strictObject({ hashes: z.array(hashSchema).max(haveHashesMax) });
export const haveReplySchema = z.object({ origin: codeSchema, missing: z.array(hashSchema), end: z.literal(true) });
export type HaveReply = z.infer<typeof haveReplySchema>;
