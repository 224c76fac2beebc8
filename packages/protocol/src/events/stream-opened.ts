import type { TerminalId } from "@holdfast/domain/party/merchant";
import { z } from "zod";
import { codeSchema, hashSchema, uuidOf, uuidSchema } from "../primitives.ts";

/** The first entry of every stream: who writes it, and what it knew of the stream before. */
export const streamOpenedSchema = z.object({
  terminal: uuidOf<TerminalId>(),
  build: codeSchema,
  /** Thumbprint of the key that signs this stream. */
  key: codeSchema,
  /** The last entry of the previous stream; null on a terminal's very first. */
  after: z.object({ stream: uuidSchema, seq: z.int().min(0), hash: hashSchema }).nullable(),
  timeZone: codeSchema,
  /** Whether the browser promised to keep the storage. */
  persisted: z.boolean(),
});

export type StreamOpened = z.infer<typeof streamOpenedSchema>;
