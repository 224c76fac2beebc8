import { postCardAnswer } from "@holdfast/domain/posting/tender-posting";
import type { CardPaymentDecided } from "@holdfast/protocol/events/card-payment-decided";
import type { CaseDraft } from "../inbox/case.ts";
import {
  type EventContext,
  type EventEffects,
  NO_EFFECTS,
  placeFault,
  type Quarantine,
} from "../sync/event-effects.ts";

/** The money of a stored card payment has come, or it never will: the sale stands, and somebody has to ask for it. */
export function cardAnswerEffects(answer: CardPaymentDecided, context: EventContext): EventEffects | Quarantine {
  const { attempt, sale, branch, terminal, amount, outcome, reference, reader, businessDay, currency, at } = answer;
  const fault = placeFault(answer, context);
  if (fault !== null) return fault;
  const row = { attempt, event: context.event, sale, branch, terminal, amount, outcome, reference, occurred_at: at };
  const kind = outcome === "approved" ? ("authorised" as const) : ("declined" as const);
  const happening = { branch, postingDay: businessDay, occurredAt: at, currency };
  const declined: CaseDraft = {
    kind: "declined-card",
    subject: attempt,
    branch,
    details: { sale, amount, outcome, reference },
  };
  return {
    ...NO_EFFECTS,
    ...{ branch, occurredAt: at, rows: [{ table: "card_answer", row }] },
    cases: outcome === "approved" ? [] : [declined],
    post: () => {
      const entry = postCardAnswer({ attempt, sale, amount, terminal, acquirer: reader, kind }, happening);
      return entry === null ? [] : [entry];
    },
  };
}
