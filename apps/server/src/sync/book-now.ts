import type { BranchId } from "@holdfast/domain/party/merchant";
import { applySafely } from "./accept.ts";
import { readLine } from "./batch-line.ts";
import type { Quarantine } from "./event-effects.ts";
import type { HeldEvent } from "./held-event.ts";
import type { IngestStore } from "./ingest-store.ts";
import { writeEffects } from "./write-effects.ts";

export type BookedNow =
  | { readonly kind: "booked"; readonly branches: ReadonlySet<BranchId> }
  /** The rules, or the database, still cannot take it. */
  | ({ readonly kind: "held" } & Quarantine);

/** Does what an event says that was set aside, as if it came in now; who may ask for that is the caller's to know. */
export async function bookNow(
  held: Pick<HeldEvent, "raw" | "sig" | "terminal">,
  store: IngestStore,
): Promise<BookedNow> {
  const line = readLine(held.raw, held.sig);
  if (line.kind !== "entry") return { kind: "held", code: "apply_failed", message: line.message };
  const { event, at, stream, seq, seen } = line.entry;
  const context = { event, at, stream, seq, seen, terminal: held.terminal, branches: await store.branches() };
  const effects = applySafely(line, context, {});
  if (effects !== null && "code" in effects) return { kind: "held", ...effects };
  const branches = await writeEffects(effects === null ? [] : [{ context, effects }], [], store);
  return { kind: "booked", branches };
}
