import type { Tender } from "@holdfast/domain/tender/tender";
import { z } from "zod";
import { amountSchema, codeSchema, textSchema, uuidSchema } from "../primitives.ts";

export const tenderSchema: z.ZodType<Tender> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("cash"), amount: amountSchema }),
  z.object({
    kind: z.literal("card"),
    amount: amountSchema,
    reader: z.enum(["standalone", "integrated"]),
    reference: textSchema,
    state: z.enum(["approved", "stored-offline"]),
    attempt: uuidSchema,
  }),
  z.object({ kind: z.literal("gift-card"), amount: amountSchema, card: codeSchema }),
  z.object({ kind: z.literal("store-credit"), amount: amountSchema, credit: codeSchema }),
  z.object({ kind: z.literal("on-account"), amount: amountSchema, customer: uuidSchema }),
]);
