import { amount } from "@holdfast/domain/money/amount";
import { terminalChannel } from "@holdfast/protocol/channel";
import type { AllotmentDocument } from "@holdfast/protocol/selling-documents";
import type { Draft } from "@holdfast/sync/ports";
import type { Checkout } from "../cart/checkout.ts";
import type { Desk } from "../cart/desk.ts";
import { isCardAttempt } from "../cart/draft.ts";
import type { DraftKeeper } from "../cart/draft-keeper.ts";
import type { News } from "../cart/news.ts";
import { type SimulatedReader, simulatedReader } from "../devices/reader/simulated.ts";
import { CardPayments } from "../tender/card-payments.ts";
import { Trust } from "../tender/trust.ts";
import type { Shop } from "./shop.ts";
import type { Terminal } from "./terminal.ts";
import { record, type TillParts } from "./till-parts.ts";

export type PayPartsPorts = Pick<TillParts, "tenders" | "customers"> & {
  readonly terminal: Terminal;
  readonly shop: () => Shop;
  readonly desk: Desk;
  readonly checkout: Checkout;
  readonly keeper: DraftKeeper;
  readonly drafts: readonly Draft[];
  readonly tell: (news: News) => void;
};

export type PayParts = { readonly reader: SimulatedReader; readonly cards: CardPayments; readonly trust: Trust };

/** Ways to pay beyond cash and a slip: the reader, stored value, an account. */
export function openPayParts(ports: PayPartsPorts): PayParts {
  const { terminal, shop, keeper, checkout, tenders, customers, tell } = ports;
  const { newId, clock, replica, identity } = terminal;
  const reader = simulatedReader(localStorage);
  const cards = new CardPayments({
    ...{ reader, newId },
    now: () => clock.instant(),
    currency: () => shop().rules.currency,
    caps: () => {
      const { amountMax, sumMax, ageHoursMax } = shop().branch.offlineCaps.card;
      return { amountMax: amount(amountMax), sumMax: amount(sumMax), ageHoursMax };
    },
    stored: () => tenders.openCards(),
    keep: async (attempt) => {
      keeper.keep(attempt.attempt, { v: 1, kind: "card-attempt", ...attempt });
      await keeper.settle();
      if (keeper.fault.get() !== null) throw keeper.fault.get();
    },
    drop: (attempt) => keeper.drop(attempt),
    take: (tender) => checkout.take(tender),
    onFault: (error) => tell({ kind: "not-stored", error }),
  });
  resumeAttempt(ports, cards);
  forwardStored(ports, reader);
  const allotment = (kind: AllotmentDocument["kind"], code: string): AllotmentDocument | null =>
    (replica.get(terminalChannel(identity.terminal), "allotment", `${kind}:${code}`)?.body as
      | AllotmentDocument
      | undefined) ?? null;
  return { reader, cards, trust: new Trust({ shop, tenders, allotment, customer: (id) => customers.get(id) }) };
}

/** An attempt that outlived the till's last start is asked about before anything else is charged. */
function resumeAttempt({ drafts, desk, keeper }: PayPartsPorts, cards: CardPayments): void {
  for (const { body } of drafts) {
    if (!isCardAttempt(body)) continue;
    const state = desk.state.get();
    const taken = state.kind === "paid" ? [] : (state.cart?.tenders ?? []);
    const isTaken = taken.some((tender) => tender.kind === "card" && tender.attempt === body.attempt);
    if (isTaken) keeper.drop(body.attempt);
    else cards.resume(body);
  }
}

const FORWARD_EVERY_MS = 60_000;

/** What the reader stored goes to the acquirer once there is a line; the outcome of each is a fact of this terminal. */
function forwardStored({ terminal, tenders }: PayPartsPorts, reader: SimulatedReader): void {
  const forward = async (): Promise<void> => {
    if (tenders.openCards().length === 0 || terminal.status.get().reach !== "online") return;
    for (const { attempt, outcome } of await reader.forward()) {
      const payment = tenders.openCards().find((each) => each.attempt === attempt);
      if (payment === undefined) continue;
      const { sale, businessDay, currency, amount: value } = payment;
      const { branch, terminal: id } = terminal.identity;
      const body = {
        ...{ attempt, sale, branch, terminal: id, businessDay, currency, amount: value, outcome },
        ...{ reader: "integrated" as const, reference: "", at: terminal.clock.instant() },
      };
      record(terminal.log, { event: terminal.newId(), type: "card-payment-decided", body });
      tenders.noteDecided({ attempt });
    }
  };
  const again = (): void => {
    void forward().finally(() => terminal.clock.after(FORWARD_EVERY_MS, again));
  };
  terminal.clock.after(FORWARD_EVERY_MS, again);
}
