import type { Outbox } from "@holdfast/sync/outbox";
import type { SaleBrief } from "./own-sales.ts";

/** Where a sale lives: never further than a signed receipt of the server says. */
export type Residence = "terminal" | "head-office" | "needs-look";

export function residenceOf(
  { sale, stream, seq }: Pick<SaleBrief, "sale" | "stream" | "seq">,
  outbox: Pick<Outbox, "isSent" | "attention">,
): Residence {
  if (outbox.attention().some(({ event }) => event === sale)) return "needs-look";
  return outbox.isSent(stream, seq) ? "head-office" : "terminal";
}
