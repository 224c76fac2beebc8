import { z } from "zod";
import { amountSchema, codeSchema, uuidSchema } from "./primitives.ts";

/**
 * `POST /v1/allotments`: a terminal with a line asks for the right to spend so much of a card, and then spends it as it would
 * without one. What it does not spend it gives back by an event.
 */
export const allotRequestSchema = z.strictObject({
  /** Made by the terminal: asking twice under one id allots once. */
  transfer: uuidSchema,
  kind: z.enum(["gift-card", "store-credit"]),
  code: codeSchema,
  amount: amountSchema.refine((value) => value > 0, "an amount above 0 is expected"),
});
export type AllotWish = z.infer<typeof allotRequestSchema>;

export const allotReplySchema = z.object({
  /** What this terminal may spend of the card now. */
  allotted: amountSchema,
  /** What is left for others; null where nobody knows such a card. */
  available: amountSchema.nullable(),
  end: z.literal(true),
});
export type AllotReply = z.infer<typeof allotReplySchema>;
