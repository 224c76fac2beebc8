import type { BranchId, TerminalId } from "@holdfast/domain/party/merchant";
import { z } from "zod";
import {
  amountSchema,
  currencySchema,
  daySchema,
  instantSchema,
  textSchema,
  uuidOf,
  uuidSchema,
} from "../primitives.ts";

/** What the processor said, later, of a card payment that the reader had stored without it. */
export const cardPaymentDecidedSchema = z.object({
  /** The tender's attempt. */
  attempt: uuidSchema,
  sale: uuidSchema,
  branch: uuidOf<BranchId>(),
  terminal: uuidOf<TerminalId>(),
  businessDay: daySchema,
  currency: currencySchema,
  amount: amountSchema,
  /** A payment that was kept too long before it could be forwarded is `expired`: nobody will pay it. */
  outcome: z.enum(["approved", "declined", "expired"]),
  reader: z.enum(["standalone", "integrated"]),
  /** The approval's number, or the reason of the refusal; never anything of the card. */
  reference: textSchema,
  at: instantSchema,
});
export type CardPaymentDecided = z.infer<typeof cardPaymentDecidedSchema>;
