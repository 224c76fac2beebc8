import type { Uuid } from "@holdfast/domain/kernel/id";
import { type Amount, amount } from "@holdfast/domain/money/amount";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { StoredPayment } from "@holdfast/domain/tender/stored-offline";
import type { CardPaymentDecided } from "@holdfast/protocol/events/card-payment-decided";
import type { PlacedSale } from "../sale/own-sales.ts";

export type OwnTendersPorts = {
  /** How far my own streams are contained in what the server last said of balances. */
  readonly settledSeq: (stream: Uuid) => number;
};

type Placed = Pick<PlacedSale, "isIn"> & { readonly amount: number };

/** A card payment that is still out, with what its outcome has to name. */
export type OpenCardPayment = StoredPayment &
  Pick<Sale, "sale" | "businessDay"> & { readonly currency: Sale["rules"]["currency"] };

/** What this till took on trust or on account: it counts before anybody else knows of it. */
export class OwnTenders {
  readonly #ports: OwnTendersPorts;
  readonly #cards = new Map<Uuid, OpenCardPayment>();
  readonly #decided = new Set<Uuid>();
  readonly #spentByCode = new Map<string, Placed[]>();
  readonly #owedByCustomer = new Map<Uuid, Placed[]>();

  constructor(ports: OwnTendersPorts) {
    this.#ports = ports;
  }

  note({ sale, isIn }: Pick<PlacedSale, "sale" | "isIn">): void {
    if (sale.training) return;
    // What this till itself put on a card it knows to be there, until the server counts it.
    for (const { giftCard, exTax } of sale.lines) {
      if (giftCard !== undefined) push(this.#spentByCode, giftCard, { isIn, amount: -exTax });
    }
    for (const tender of sale.tenders) {
      const placed = { isIn, amount: tender.amount };
      switch (tender.kind) {
        case "card":
          // Undone, it went back on the reader and is forwarded no more.
          if (sale.postVoidOf !== undefined) this.noteDecided(tender);
          else if (tender.state === "stored-offline" && !this.#decided.has(tender.attempt)) {
            const { businessDay, completedAt: at, rules } = sale;
            const payment = { attempt: tender.attempt, amount: tender.amount, at, sale: sale.sale, businessDay };
            this.#cards.set(tender.attempt, { ...payment, currency: rules.currency });
          }
          break;
        case "gift-card":
          push(this.#spentByCode, tender.card, placed);
          break;
        case "store-credit":
          push(this.#spentByCode, tender.credit, placed);
          break;
        case "on-account":
          push(this.#owedByCustomer, tender.customer, placed);
          break;
        default:
      }
    }
  }

  noteDecided({ attempt }: Pick<CardPaymentDecided, "attempt">): void {
    this.#decided.add(attempt);
    this.#cards.delete(attempt);
  }

  /** Card payments that the reader stored and nobody has decided. */
  openCards(): readonly OpenCardPayment[] {
    return [...this.#cards.values()];
  }

  /** Spent of a card or credit here, less what was put back on it, and not yet in what the server said. */
  spentOf(code: string): Amount {
    return this.#unsettled(this.#spentByCode.get(code));
  }

  owedBy(customer: Uuid): Amount {
    return this.#unsettled(this.#owedByCustomer.get(customer));
  }

  /** @param allottedOf what the server lets this terminal spend of a code */
  exposure(allottedOf: (code: string) => Amount): Amount {
    let sum = 0;
    for (const code of this.#spentByCode.keys()) sum += Math.max(0, this.spentOf(code) - allottedOf(code));
    return amount(sum);
  }

  #unsettled(placed: readonly Placed[] = []): Amount {
    const open = placed.filter(({ isIn }) => !isIn(this.#ports.settledSeq));
    return amount(open.reduce((sum, each) => sum + each.amount, 0));
  }
}

function push<Key>(map: Map<Key, Placed[]>, key: Key, placed: Placed): void {
  map.set(key, [...(map.get(key) ?? []), placed]);
}
