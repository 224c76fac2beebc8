import { receiptNumberToText } from "@holdfast/domain/sale/receipt-number";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { Outbox } from "@holdfast/sync/outbox";
import type { LogStore, StoredEntry } from "@holdfast/sync/ports";
import { readEntry } from "@holdfast/sync/read-entry";

export type LogPlace = { readonly outbox: Pick<Outbox, "streams">; readonly store: Pick<LogStore, "entries"> };

/** Entries that no signed receipt covers, the oldest first. */
export async function unsentEntries({ outbox, store }: LogPlace, countMax: number): Promise<StoredEntry[]> {
  const entries: StoredEntry[] = [];
  for (const { stream, tip, receipt, condemnedFrom } of outbox.streams()) {
    const from = (receipt?.seq ?? -1) + 1;
    const last = condemnedFrom === null ? tip.seq : Math.min(tip.seq, condemnedFrom - 1);
    if (from > last || entries.length >= countMax) continue;
    entries.push(...(await store.entries(stream, from, Math.min(countMax - entries.length, last + 1 - from))));
  }
  return entries;
}

/** What a list says of an entry that is a sale; null where it is none. */
export function saleOf({ type, raw }: StoredEntry): { readonly number: string; readonly sale: Sale } | null {
  if (type !== "sale-completed") return null;
  const read = readEntry(raw);
  if (!("entry" in read)) return null;
  const sale = read.entry.body as Sale;
  return { number: receiptNumberToText(sale.number), sale };
}
