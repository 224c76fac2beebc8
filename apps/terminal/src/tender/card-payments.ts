import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Instant } from "@holdfast/domain/kernel/instant";
import type { Amount } from "@holdfast/domain/money/amount";
import type { CurrencyCode } from "@holdfast/domain/money/currency";
import {
  mayStoreOffline,
  type OfflineCardCaps,
  type StoredPayment,
  type StoreOfflineRefusal,
} from "@holdfast/domain/tender/stored-offline";
import type { Tender } from "@holdfast/domain/tender/tender";
import type { DeclineReason, Reader, ReaderAnswer } from "../devices/reader/reader.ts";
import { createValue, type Value } from "../shell/value.ts";

/** An attempt as it lies on the disk from before the reader was asked until its answer is part of the cart. */
export type CardAttempt = {
  readonly attempt: Uuid;
  /** The cart it is for. */
  readonly sale: Uuid;
  readonly amount: Amount;
  readonly at: Instant;
};

export type CardState =
  | { readonly kind: "idle" }
  | { readonly kind: "asking"; readonly attempt: CardAttempt }
  /** Nobody knows whether the card was charged: the reader has to be asked before anything else is done with it. */
  | { readonly kind: "unknown"; readonly attempt: CardAttempt }
  | {
      readonly kind: "declined";
      readonly amount: Amount;
      readonly reason: DeclineReason;
      readonly why: StoreOfflineRefusal | null;
    };

export type CardPaymentsPorts = {
  readonly reader: Reader;
  readonly newId: () => Uuid;
  readonly now: () => Instant;
  readonly currency: () => CurrencyCode;
  readonly caps: () => OfflineCardCaps;
  readonly stored: () => readonly StoredPayment[];
  /** Resolves when the attempt is on the disk; throws where it cannot be. */
  readonly keep: (attempt: CardAttempt) => Promise<void>;
  readonly drop: (attempt: Uuid) => void;
  /** Makes the payment part of the cart; false where the cart would not take it. */
  readonly take: (tender: Extract<Tender, { readonly kind: "card" }>) => boolean;
  readonly onFault: (error: unknown) => void;
};

/** Longer than any cardholder takes; after that the answer is lost. */
const ANSWER_TIMEOUT_MS = 120_000;

/**
 * Payments by the reader that this till drives. A card is charged once however often a button is pressed, the till is killed or
 * an answer is lost: what is not known is asked, never charged again.
 */
export class CardPayments {
  readonly #ports: CardPaymentsPorts;
  readonly state: Value<CardState> = createValue<CardState>({ kind: "idle" });

  constructor(ports: CardPaymentsPorts) {
    this.#ports = ports;
  }

  /** Goes on with an attempt whose answer this till did not live to hear. */
  resume(attempt: CardAttempt): void {
    this.state.set({ kind: "unknown", attempt });
  }

  async charge(sale: Uuid, amount: Amount): Promise<void> {
    const { kind } = this.state.get();
    if (kind === "asking" || kind === "unknown") return;
    const { newId, now, keep, reader, currency, caps, stored, onFault } = this.#ports;
    const at = now();
    const attempt: CardAttempt = { attempt: newId(), sale, amount, at };
    this.state.set({ kind: "asking", attempt });
    try {
      await keep(attempt);
    } catch (error) {
      // Not asked yet, so nothing was charged.
      this.state.set({ kind: "idle" });
      onFault(error);
      return;
    }
    const storing = mayStoreOffline(amount, stored(), { caps: caps(), at });
    const request = { attempt: attempt.attempt, amount, currency: currency(), mayStore: storing.ok };
    const answer = await withPatience(reader.charge(request));
    this.#answered(attempt, answer, storing.ok ? null : storing.refusal);
  }

  /** Asks the reader what became of the attempt that nobody heard of. */
  async ask(): Promise<void> {
    const state = this.state.get();
    if (state.kind !== "unknown") return;
    const { attempt } = state;
    this.state.set({ kind: "asking", attempt });
    const known = await this.#ports.reader.ask(attempt.attempt).catch((): ReaderAnswer => ({ kind: "unknown" }));
    this.#answered(attempt, known.kind === "none" ? { kind: "declined", reason: "cancelled" } : known, null);
  }

  /** The cashier has read what the reader said. */
  dismiss(): void {
    if (this.state.get().kind === "declined") this.state.set({ kind: "idle" });
  }

  #answered(attempt: CardAttempt, answer: ReaderAnswer, why: StoreOfflineRefusal | null): void {
    if (answer.kind === "unknown") {
      this.state.set({ kind: "unknown", attempt });
      return;
    }
    if (answer.kind === "declined") {
      const { reason } = answer;
      this.state.set({ kind: "declined", amount: attempt.amount, reason, why: reason === "no-line" ? why : null });
      this.#ports.drop(attempt.attempt);
      return;
    }
    const tender = { kind: "card", reader: "integrated", amount: attempt.amount, attempt: attempt.attempt } as const;
    const isTaken = this.#ports.take({ ...tender, reference: answer.reference, state: answer.kind });
    // Charged for a cart that is no longer there: it stays an open matter until someone reverses it.
    this.state.set(isTaken ? { kind: "idle" } : { kind: "unknown", attempt });
    if (isTaken) this.#ports.drop(attempt.attempt);
  }

  /** Gives the money of an attempt back whose cart is gone. */
  async reverse(): Promise<void> {
    const state = this.state.get();
    if (state.kind !== "unknown") return;
    const { attempt } = state;
    this.state.set({ kind: "asking", attempt });
    const answer = await this.#ports.reader.reverse(attempt.attempt).catch((): ReaderAnswer => ({ kind: "unknown" }));
    this.state.set(answer.kind === "unknown" ? { kind: "unknown", attempt } : { kind: "idle" });
    if (answer.kind !== "unknown") this.#ports.drop(attempt.attempt);
  }
}

async function withPatience(answer: Promise<ReaderAnswer>): Promise<ReaderAnswer> {
  const { promise: late, resolve } = Promise.withResolvers<ReaderAnswer>();
  const timer = setTimeout(() => resolve({ kind: "unknown" }), ANSWER_TIMEOUT_MS);
  const heard = answer.catch((): ReaderAnswer => ({ kind: "unknown" }));
  return await Promise.race([heard, late]).finally(() => clearTimeout(timer));
}
