import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Amount } from "@holdfast/domain/money/amount";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { AccountPaid, ShiftOpened } from "@holdfast/domain/till/shift-events";
import type { ReportFacts } from "@holdfast/domain/till/z-report";
import type { Entry } from "@holdfast/protocol/entry";
import type { CartCancelled, ReceiptPrinted } from "@holdfast/protocol/events/audit";
import type { StoredEntry, StreamState } from "@holdfast/sync/ports";
import { readEntry } from "@holdfast/sync/read-entry";

export type ShiftFactsPorts = {
  /** In the order in which they were opened. */
  readonly streams: () => readonly Pick<StreamState, "stream" | "tip">[];
  readonly entries: (stream: Uuid, from: number, countMax: number) => Promise<StoredEntry[]>;
  readonly unsentCount: () => number;
};

export type ShiftFacts = Pick<ReportFacts, "sales" | "payments" | "audit">;

const READ_AT_ONCE = 250;

/** Everything of a shift besides its cash, as the log has it: read back from its newest stream to the one that opened it. */
export async function shiftFacts(ports: ShiftFactsPorts, shift: Uuid): Promise<ShiftFacts> {
  const found = new Collected(shift);
  for (const { stream, tip } of ports.streams().toReversed()) {
    let before = "";
    const entries: Entry[] = [];
    for (let from = 0; from <= tip.seq; from += READ_AT_ONCE) {
      for (const stored of await ports.entries(stream, from, Math.min(READ_AT_ONCE, tip.seq + 1 - from))) {
        const read = readEntry(stored.raw);
        if (!("entry" in read)) continue;
        found.isChainIntact &&= stored.seq === 0 || read.entry.prev === before;
        before = stored.hash;
        entries.push(read.entry);
      }
      found.isChainIntact &&= entries.length > from;
    }
    for (const entry of entries) found.take(entry);
    if (found.isOpeningSeen) break;
  }
  return found.facts(ports.unsentCount());
}

class Collected {
  readonly #shift: Uuid;
  readonly #sales = new Map<Uuid, Sale>();
  readonly #payments: AccountPaid[] = [];
  readonly #cancelled: Amount[] = [];
  readonly #copies: Amount[] = [];
  readonly #proForma: Amount[] = [];
  #lookups = 0;
  isChainIntact = true;
  isOpeningSeen = false;

  constructor(shift: Uuid) {
    this.#shift = shift;
  }

  take({ type, body }: Entry): void {
    if ((body as { readonly shift?: unknown }).shift !== this.#shift) return;
    switch (type) {
      case "shift-opened":
        this.isOpeningSeen = (body as ShiftOpened).shift === this.#shift;
        return;
      case "sale-completed":
        this.#sales.set((body as Sale).sale, body as Sale);
        return;
      case "account-paid":
        this.#payments.push(body as AccountPaid);
        return;
      case "cart-cancelled":
        if (!(body as CartCancelled).training) this.#cancelled.push((body as CartCancelled).total);
        return;
      case "receipt-printed":
        this.#printed(body as ReceiptPrinted);
        return;
      case "price-looked-up":
        this.#lookups += 1;
        return;
      default:
    }
  }

  #printed({ copy, total }: ReceiptPrinted): void {
    if (copy === "copy") this.#copies.push(total);
    if (copy === "pro-forma") this.#proForma.push(total);
  }

  facts(unsent: number): ShiftFacts {
    const sales = [...this.#sales.values()].sort((a, b) => a.number.number - b.number.number);
    const audit = {
      ...{ cancelled: this.#cancelled, copies: this.#copies, proForma: this.#proForma, priceLookups: this.#lookups },
      chainIntact: this.isChainIntact,
      unsent,
    };
    return { sales, payments: this.#payments, audit };
  }
}
