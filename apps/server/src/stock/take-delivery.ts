import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import { businessDay, type Instant } from "@holdfast/domain/kernel/instant";
import type { JournalEntry } from "@holdfast/domain/ledger/journal-entry";
import { type Amount, sumBy } from "@holdfast/domain/money/amount";
import type { CurrencyCode } from "@holdfast/domain/money/currency";
import type { BranchId } from "@holdfast/domain/party/merchant";
import { NO_EFFECTS, officeContext } from "../sync/event-effects.ts";
import type { IngestStore } from "../sync/ingest-store.ts";
import { writeEffects } from "../sync/write-effects.ts";

export type Delivery = {
  readonly delivery: Uuid;
  readonly branch: BranchId;
  readonly arrivedAt: Instant;
  readonly currency: CurrencyCode;
  readonly lines: readonly DeliveryLine[];
};

export type DeliveryLine = {
  readonly variant: VariantId;
  readonly units: number;
  readonly scale: number;
  /** What these units cost together, without recoverable tax. */
  readonly value: Amount;
};

/** Goods arrive: stock and its value rise, and we owe for goods not yet invoiced. */
export async function takeDelivery(store: IngestStore, delivery: Delivery): Promise<ReadonlySet<BranchId>> {
  const { branch, arrivedAt, lines } = delivery;
  const movements = lines.map(({ variant, units, scale, value }, index) => ({
    branch,
    variant,
    units,
    scale,
    value,
    cause: "delivery" as const,
    document: delivery.delivery,
    line: index + 1,
  }));
  const { currency } = delivery;
  const happening = { branch, postingDay: businessDay(arrivedAt, 0), occurredAt: arrivedAt, currency };
  const effects = {
    ...NO_EFFECTS,
    branch,
    occurredAt: arrivedAt,
    happening,
    movements,
    post: () => [entryOf(delivery)],
  };
  return await writeEffects([{ context: officeContext(delivery.delivery, arrivedAt), effects }], [], store);
}

function entryOf({ delivery, branch, arrivedAt, currency, lines }: Delivery): JournalEntry {
  const amount = sumBy(lines, ({ value }) => value);
  return {
    key: `delivery:${delivery}`,
    kind: "delivery",
    source: delivery,
    postingDay: businessDay(arrivedAt, 0),
    occurredAt: arrivedAt,
    currency,
    lines: [
      { account: "inventory", side: "debit", amount, branch, dimensions: {} },
      { account: "goods-received-not-invoiced", side: "credit", amount, branch, dimensions: {} },
    ],
  };
}
