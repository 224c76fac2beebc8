import { ZERO } from "@holdfast/domain/money/amount";
import { postDelivery } from "@holdfast/domain/posting/stock-posting";
import type { StockMovement } from "@holdfast/domain/stock/movement";
import { parseCursor } from "@holdfast/protocol/channel";
import type { GoodsReceived, StockCounted } from "@holdfast/protocol/events/stock";
import {
  type EventContext,
  type EventEffects,
  NO_EFFECTS,
  placeFault,
  type Quarantine,
} from "../sync/event-effects.ts";

/** What a terminal had seen of its branch's stock, whoever the server was then. */
export function seenRevision({ seen }: EventContext, branch: string): number {
  return parseCursor(seen[`b:${branch}`] ?? "")?.rev ?? 0;
}

export function stockCountedEffects(counted: StockCounted, context: EventContext): EventEffects | Quarantine {
  const { count, branch, businessDay, currency, by, at, lines, note } = counted;
  const { event, stream, seq } = context;
  const row = {
    ...{ count, event, branch, stream, seq, seen_rev: seenRevision(context, branch), business_day: businessDay },
    ...{ currency, note, staff: by, occurred_at: at },
  };
  const happening = { branch, postingDay: businessDay, occurredAt: at, currency };
  return (
    placeFault({ branch }, context) ?? {
      ...NO_EFFECTS,
      ...{
        branch,
        occurredAt: at,
        rows: [{ table: "stock_count", row }],
        counted: { count, branch, lines },
        happening,
      },
    }
  );
}

/** Goods come in at what their paper says, else at what such goods are known to cost. */
export function goodsReceivedEffects(received: GoodsReceived, context: EventContext): EventEffects | Quarantine {
  const { delivery, branch, businessDay, currency, supplier, reference, lines, by, at } = received;
  const row = { delivery, event: context.event, branch, supplier, reference, lines, staff: by, occurred_at: at };
  const movements = lines.map(({ variant, units, scale, value }, index) => ({
    ...({
      branch,
      variant,
      units,
      scale,
      cause: "delivery",
      document: delivery,
      line: index + 1,
    } satisfies StockMovement),
    ...(value === null ? {} : { value }),
  }));
  const happening = { branch, postingDay: businessDay, occurredAt: at, currency };
  return (
    placeFault({ branch }, context) ?? {
      ...NO_EFFECTS,
      ...{ branch, occurredAt: at, rows: [{ table: "delivery", row }], movements, happening },
      post: (costs) => {
        const costed = lines.map((_line, index) => ({ category: null, cost: costs.get(index + 1) ?? ZERO }));
        const entry = postDelivery({ delivery, lines: costed }, happening);
        return entry === null ? [] : [entry];
      },
    }
  );
}
