import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Instant } from "@holdfast/domain/kernel/instant";
import { receiptNumberToText } from "@holdfast/domain/sale/receipt-number";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { StoredEntry, StreamState } from "@holdfast/sync/ports";
import { readEntry } from "@holdfast/sync/read-entry";
import { createValue, type Value } from "../shell/value.ts";

/** What a list shows of a sale; the sale itself stays in the log until someone opens it. */
export type SaleBrief = {
  readonly sale: Uuid;
  readonly stream: Uuid;
  readonly seq: number;
  readonly number: string;
  readonly at: Instant;
  readonly total: number;
  readonly change: number;
  readonly lineCount: number;
  readonly cashierName: string;
  readonly tenders: readonly Sale["tenders"][number]["kind"][];
  readonly isPostVoid: boolean;
};

type Place = { readonly stream: Uuid; readonly seq: number };

/** A sale with its place in the log. */
export type PlacedSale = Place & {
  readonly sale: Sale;
  /**
   * Whether it is contained in what the server last said. One that was written anew stands in two places, and is contained as
   * soon as one of them is.
   * @param settledSeq how far each of my own streams is contained
   */
  readonly isIn: (settledSeq: (stream: Uuid) => number) => boolean;
};

export type OwnSalesPorts = {
  readonly streams: () => readonly Pick<StreamState, "stream" | "tip">[];
  readonly entries: (stream: Uuid, from: number, countMax: number) => Promise<StoredEntry[]>;
  /** Told each sale once: as it is read at start, and as it is made. */
  readonly onSale: (placed: PlacedSale) => void;
  /** Told everything else that the log holds as well, while it is read. */
  readonly onEntries?: (entries: readonly StoredEntry[]) => void;
};

const READ_AT_ONCE = 250;

/** This terminal's own sales, found in its log: a short entry of each in memory, the newest first. */
export class OwnSales {
  readonly #ports: OwnSalesPorts;
  readonly #bySale = new Map<Uuid, SaleBrief>();
  readonly #places = new Map<Uuid, Place[]>();
  readonly briefs: Value<readonly SaleBrief[]> = createValue<readonly SaleBrief[]>([]);
  /** Everything the log had at the start is among them. */
  readonly isComplete: Value<boolean> = createValue(false);

  constructor(ports: OwnSalesPorts) {
    this.#ports = ports;
  }

  /** Reads the log from its newest stream back, a piece at a time, while the till is used. */
  async load(): Promise<void> {
    for (const { stream, tip } of this.#ports.streams().toReversed()) {
      for (let from = 0; from <= tip.seq; from += READ_AT_ONCE) {
        this.#note(await this.#ports.entries(stream, from, Math.min(READ_AT_ONCE, tip.seq + 1 - from)), "older");
      }
    }
    this.isComplete.set(true);
  }

  /** What the log has just written. */
  note(entries: readonly StoredEntry[]): void {
    this.#note(entries, "newer");
  }

  #note(entries: readonly StoredEntry[], than: "older" | "newer"): void {
    this.#ports.onEntries?.(entries);
    let isChanged = false;
    for (const entry of entries) {
      const sale = saleIn(entry);
      if (sale === null) continue;
      const { stream, seq } = entry;
      const places = this.#places.get(sale.sale);
      if (places === undefined) {
        this.#add({ stream, seq, sale });
        isChanged = true;
      }
      // Written anew into another stream, a sale is still one; it lives where it was written last.
      else if (places.every((place) => place.stream !== stream)) {
        places.push({ stream, seq });
        if (than === "older") continue;
        this.#bySale.set(sale.sale, briefOf({ stream, seq, sale }));
        isChanged = true;
      }
    }
    if (!isChanged) return;
    // Ids begin with the time, so this is the order in which the carts were begun.
    this.briefs.set([...this.#bySale.values()].sort((a, b) => (a.sale < b.sale ? 1 : -1)));
  }

  #add({ stream, seq, sale }: Place & Pick<PlacedSale, "sale">): void {
    const places: Place[] = [{ stream, seq }];
    this.#places.set(sale.sale, places);
    this.#bySale.set(sale.sale, briefOf({ stream, seq, sale }));
    const isIn: PlacedSale["isIn"] = (settledSeq) => places.some((place) => place.seq <= settledSeq(place.stream));
    this.#ports.onSale({ stream, seq, sale, isIn });
  }

  has(sale: Uuid): boolean {
    return this.#bySale.has(sale);
  }

  numberOf = (sale: Uuid): string | null => this.#bySale.get(sale)?.number ?? null;

  /** The whole sale, from the log, by the number on its receipt. */
  async openByNumber(number: string): Promise<Sale | null> {
    for (const brief of this.#bySale.values()) if (brief.number === number) return await this.open(brief.sale);
    return null;
  }

  /** The whole sale, from the log. */
  async open(sale: Uuid): Promise<Sale | null> {
    const brief = this.#bySale.get(sale);
    if (brief === undefined) return null;
    const [entry] = await this.#ports.entries(brief.stream, brief.seq, 1);
    return entry === undefined ? null : saleIn(entry);
  }
}

/** What this terminal wrote and signed itself is taken at its word. */
function saleIn({ type, raw }: StoredEntry): Sale | null {
  if (type !== "sale-completed") return null;
  const read = readEntry(raw);
  return "entry" in read ? (read.entry.body as Sale) : null;
}

function briefOf({ stream, seq, sale }: Omit<PlacedSale, "isIn">): SaleBrief {
  return {
    sale: sale.sale,
    stream,
    seq,
    number: receiptNumberToText(sale.number),
    at: sale.completedAt,
    total: sale.totals.total,
    change: sale.change,
    lineCount: sale.lines.length,
    cashierName: sale.cashierName,
    tenders: sale.tenders.map(({ kind }) => kind),
    isPostVoid: sale.postVoidOf !== undefined,
  };
}
