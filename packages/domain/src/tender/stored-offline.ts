import type { Uuid } from "../kernel/id.ts";
import { epochMs, type Instant } from "../kernel/instant.ts";
import { accept, type Result, refuse } from "../kernel/result.ts";
import { type Amount, add, amount, sumBy } from "../money/amount.ts";

/**
 * How much card money a terminal may take on trust while the acquirer cannot be asked. Whoever stores a payment bears the
 * loss when it is declined later.
 */
export type OfflineCardCaps = {
  /** Of one payment. */
  readonly amountMax: Amount;
  /** Of all that is stored and not yet forwarded. */
  readonly sumMax: Amount;
  /** Once the oldest has waited so long, no more is stored: the line has to come back first. */
  readonly ageHoursMax: number;
};

/** A card payment that the reader keeps until it can be forwarded. */
export type StoredPayment = { readonly attempt: Uuid; readonly amount: Amount; readonly at: Instant };

export type StoreOfflineRefusal =
  | { readonly kind: "amount-over-cap"; readonly max: Amount }
  | { readonly kind: "sum-over-cap"; readonly left: Amount }
  | { readonly kind: "oldest-over-age"; readonly hours: number }
  /** A refund is never given on trust. */
  | { readonly kind: "refund-needs-line" };

/** What is out on trust, and how long its oldest part has been. */
export type Exposure = { readonly count: number; readonly sum: Amount; readonly oldestAt: Instant | null };

export function exposureOf(stored: readonly StoredPayment[]): Exposure {
  const oldest = stored.reduce<StoredPayment | null>(
    (first, each) => (first === null || epochMs(each.at) < epochMs(first.at) ? each : first),
    null,
  );
  return { count: stored.length, sum: sumBy(stored, (each) => each.amount), oldestAt: oldest?.at ?? null };
}

/** Whether one more payment may be stored. */
export function mayStoreOffline(
  value: Amount,
  stored: readonly StoredPayment[],
  { caps, at }: { readonly caps: OfflineCardCaps; readonly at: Instant },
): Result<null, StoreOfflineRefusal> {
  if (value < 0) return refuse({ kind: "refund-needs-line" });
  if (value > caps.amountMax) return refuse({ kind: "amount-over-cap", max: caps.amountMax });
  const { sum, oldestAt } = exposureOf(stored);
  if (add(sum, value) > caps.sumMax)
    return refuse({ kind: "sum-over-cap", left: amount(Math.max(0, caps.sumMax - sum)) });
  const hours = oldestAt === null ? 0 : (epochMs(at) - epochMs(oldestAt)) / 3_600_000;
  return hours > caps.ageHoursMax ? refuse({ kind: "oldest-over-age", hours: caps.ageHoursMax }) : accept(null);
}
