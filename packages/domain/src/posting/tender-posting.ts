import { unreachable } from "../kernel/assert.ts";
import type { Uuid } from "../kernel/id.ts";
import type { JournalEntry } from "../ledger/journal-entry.ts";
import type { Amount } from "../money/amount.ts";
import type { TerminalId } from "../party/merchant.ts";
import { cashKept } from "../tender/settle.ts";
import type { Tender } from "../tender/tender.ts";
import { entry, type Happening } from "./entry.ts";
import { EntryBuilder } from "./entry-builder.ts";

export type Settled = {
  readonly tenders: readonly Tender[];
  readonly change: Amount;
  readonly terminal: TerminalId;
};

/** Where each tender's money is: the till, the acquirer, a liability that became less, a customer who owes it. */
export function debitTenders(builder: EntryBuilder, { tenders, change, terminal }: Settled): void {
  builder.debit("till-cash", cashKept(tenders, change), { terminal });
  for (const tender of tenders) debitTender(builder, tender, terminal);
}

function debitTender(builder: EntryBuilder, tender: Tender, terminal: TerminalId): void {
  switch (tender.kind) {
    case "cash":
      return;
    case "card":
      if (tender.state === "stored-offline") builder.debit("offline-card-pending", tender.amount, { terminal });
      else builder.debit("card-clearing", tender.amount, { acquirer: tender.reader });
      return;
    case "gift-card":
      builder.debit("gift-card-liability", tender.amount, { card: tender.card });
      return;
    case "store-credit":
      builder.debit("store-credit-liability", tender.amount, { credit: tender.credit });
      return;
    case "on-account":
      builder.debit("receivable", tender.amount, { customer: tender.customer });
      return;
    default:
      unreachable(tender);
  }
}

/** What the processor said, later, of a card payment that was stored without it. */
export type CardAnswer = {
  readonly attempt: Uuid;
  readonly sale: Uuid;
  readonly amount: Amount;
  readonly terminal: TerminalId;
  readonly acquirer: string;
} & ({ readonly kind: "authorised" } | { readonly kind: "declined" });

/** Authorised, the acquirer owes it; declined, the customer does, and somebody has to ask for it. The sale stands. */
export function postCardAnswer(answer: CardAnswer, happening: Happening): JournalEntry | null {
  const { kind, amount, terminal, attempt } = answer;
  const builder = new EntryBuilder(happening.branch);
  if (kind === "authorised") builder.debit("card-clearing", amount, { acquirer: answer.acquirer });
  else builder.debit("declined-card-receivable", amount, { sale: answer.sale });
  builder.credit("offline-card-pending", amount, { terminal });
  return entry({ key: `card:${attempt}:${kind}`, kind: `card-${kind}`, source: attempt }, happening, builder.lines());
}
