import type { Uuid } from "@holdfast/domain/kernel/id";
import { createValue, type Value } from "../../shell/value.ts";
import type { Forwarded, Reader, ReaderAnswer, ReaderRequest } from "./reader.ts";

/** What the next card does. */
export type CardBehaviour =
  | "approve"
  | "decline"
  /** The answer gets lost after the acquirer said yes, or no. */
  | "lose-approval"
  | "lose-decline"
  /** The acquirer cannot be reached: stored on trust where that is allowed. */
  | "no-line";

export type SimulatedReader = Reader & {
  readonly behaviour: Value<CardBehaviour>;
  /** Whether stored payments are declined when they are forwarded. */
  readonly declinesLater: Value<boolean>;
  /** What lies on the customers' accounts by now, in minor units: approved less refunded and reversed. */
  readonly charged: () => number;
};

type Outcome = "approved" | "declined" | "stored-offline" | "reversed";
type Payment = { readonly attempt: Uuid; readonly amount: number; readonly outcome: Outcome };

/** Where the device remembers: a reader is not switched off with the till. */
export type ReaderMemory = Pick<Storage, "getItem" | "setItem">;

const KEY = "holdfast.simulated-reader";

/** A reader made of a list, for demonstrations and tests. It keeps amounts and attempts; there is no card anywhere. */
export function simulatedReader(memory: ReaderMemory): SimulatedReader {
  const behaviour = createValue<CardBehaviour>("approve");
  const declinesLater = createValue(false);
  const records = (): Payment[] => JSON.parse(memory.getItem(KEY) ?? "[]") as Payment[];
  const note = (record: Payment): void => {
    const others = records().filter(({ attempt }) => attempt !== record.attempt);
    memory.setItem(KEY, JSON.stringify([...others, record]));
  };
  const known = (attempt: Uuid): Payment | undefined => records().find((each) => each.attempt === attempt);

  const charge = async (request: ReaderRequest): Promise<ReaderAnswer> => {
    const before = known(request.attempt);
    if (before !== undefined) return answerOf(before);
    const { attempt, amount } = request;
    const outcome = outcomeOf(behaviour.get(), request);
    if (outcome === null) return { kind: "declined", reason: "no-line" };
    note({ attempt, amount, outcome });
    return behaviour.get().startsWith("lose-") ? { kind: "unknown" } : answerOf({ attempt, amount, outcome });
  };
  return {
    behaviour,
    declinesLater,
    charge,
    ask: async (attempt) => {
      const record = known(attempt);
      return record === undefined ? { kind: "none" } : answerOf(record);
    },
    reverse: async (attempt) => {
      const record = known(attempt);
      if (record === undefined) return { kind: "declined", reason: "declined" };
      note({ ...record, outcome: "reversed" });
      return { kind: "approved", reference: referenceOf(attempt) };
    },
    forward: async () => {
      if (behaviour.get() === "no-line") return [];
      const outcome = declinesLater.get() ? "declined" : "approved";
      return records()
        .filter((record) => record.outcome === "stored-offline")
        .map((record): Forwarded => {
          note({ ...record, outcome });
          return { attempt: record.attempt, outcome };
        });
    },
    charged: () => records().reduce((sum, { outcome, amount }) => (outcome === "approved" ? sum + amount : sum), 0),
  };
}

function outcomeOf(behaviour: CardBehaviour, { mayStore, amount }: ReaderRequest): Outcome | null {
  if (behaviour === "no-line") return mayStore && amount > 0 ? "stored-offline" : null;
  return behaviour === "decline" || behaviour === "lose-decline" ? "declined" : "approved";
}

function answerOf({ outcome, attempt }: Payment): ReaderAnswer {
  if (outcome === "declined" || outcome === "reversed") return { kind: "declined", reason: "declined" };
  return { kind: outcome, reference: referenceOf(attempt) };
}

function referenceOf(attempt: Uuid): string {
  return `SIM-${attempt.slice(-6).toUpperCase()}`;
}
