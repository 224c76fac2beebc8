import { z } from "zod";
import { hashSchema, instantSchema, signatureSchema, uuidSchema } from "./primitives.ts";

/**
 * One link of a stream: an event with its place in the chain. On the wire it is `raw`, the exact text the terminal made,
 * which is hashed and signed and never serialised again.
 */
export const entrySchema = z.strictObject({
  v: z.literal(1),
  stream: uuidSchema,
  seq: z.int().min(0),
  /** Hash of the entry before, empty on the first. */
  prev: z.union([hashSchema, z.literal("")]),
  event: uuidSchema,
  type: z.string().min(1).max(50),
  tv: z.int().min(1),
  at: instantSchema,
  /** Cursor of each channel when the event was made, `<origin>.<rev>`: what the terminal could know. */
  seen: z.record(z.string(), z.string()),
  body: z.unknown(),
});

export type Entry = z.infer<typeof entrySchema>;

/** What travels: one line of the upload. */
export const signedEntrySchema = z.strictObject({ raw: z.string().min(2), sig: signatureSchema });
export type SignedEntry = z.infer<typeof signedEntrySchema>;

/** A place in a stream. */
export const tipSchema = z.object({ seq: z.int().min(0), hash: hashSchema });
export type Tip = z.infer<typeof tipSchema>;
