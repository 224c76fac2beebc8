import type { Instant } from "@holdfast/domain/kernel/instant";
import type { Outbox } from "./outbox.ts";
import type { Reach } from "./sync-loop.ts";

/** What the header says, cause first. `green` is true only when everything is confirmed by a complete answer. */
export type SyncStatus = {
  readonly reach: Reach["kind"];
  /** Whether the server's last answer came lately enough to speak of being online. */
  readonly sending: boolean;
  readonly unsentCount: number;
  readonly oldestUnsentAt: Instant | null;
  readonly attentionCount: number;
  /** Milliseconds since 1970 by this terminal's clock. */
  readonly answeredAt: number | null;
  readonly green: boolean;
};

type StatusTime = {
  readonly sending: boolean;
  /** When the oldest unsent record was made, as far as that is known yet. */
  readonly oldestUnsentAt: Instant | null;
};

/** Derived from the durable outbox and the last complete answer, and from nothing else (INV-15). */
export function statusNow(outbox: Outbox, reach: Reach, { sending, oldestUnsentAt }: StatusTime): SyncStatus {
  const unsentCount = outbox.unsentCount;
  const attentionCount = outbox.attention().length;
  return {
    reach: reach.kind,
    sending: sending && unsentCount > 0,
    unsentCount,
    oldestUnsentAt: unsentCount === 0 ? null : oldestUnsentAt,
    attentionCount,
    answeredAt: reach.kind === "online" ? reach.answeredAt : null,
    green: reach.kind === "online" && unsentCount === 0 && attentionCount === 0,
  };
}

/** The same, with the age of what is unsent, which has to be looked up. */
export async function syncStatus(outbox: Outbox, reach: Reach, sending: boolean): Promise<SyncStatus> {
  const oldestUnsentAt = outbox.unsentCount === 0 ? null : await outbox.oldestUnsent();
  return statusNow(outbox, reach, { sending, oldestUnsentAt });
}
