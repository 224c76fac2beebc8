import { present } from "@holdfast/domain/kernel/assert";
import type { Uuid } from "@holdfast/domain/kernel/id";
import { type Amount, amount } from "@holdfast/domain/money/amount";
import type { TerminalId } from "@holdfast/domain/party/merchant";
import { allot } from "@holdfast/domain/tender/stored-value";
import { terminalChannel } from "@holdfast/protocol/channel";
import type { DocumentKey } from "../feed/project.ts";
import type { DayStore, StoredValueKey } from "../sync/day-store.ts";

export type AllotRequest = StoredValueKey & {
  /** Of the transfer, made by whoever asks, so that asking twice allots once. */
  readonly transfer: Uuid;
  readonly terminal: TerminalId;
  readonly wanted: Amount;
  readonly at: string;
};

export type Allotted = {
  /** What the terminal may spend now, with what it had. */
  readonly allotted: Amount;
  readonly documents: readonly DocumentKey[];
};

/** Transfers the right to spend so much of a card to a terminal, as far as it is available. */
export async function allotTo(store: DayStore, request: AllotRequest): Promise<Allotted> {
  const { transfer, terminal, kind, code, wanted, at } = request;
  const [held] = await store.lockStoredValue([{ kind, code }]);
  const before = present(held, "the card is locked");
  const { value, movements } = allot(before.value, wanted, terminal);
  const allotted = value.allotted.get(terminal) ?? amount(0);
  if (movements.length === 0) return { allotted, documents: [] };
  await store.updateStoredValue([{ kind, code, value }]);
  await store.insertFacts(
    movements.map((movement) => ({
      table: "stored_value_movement",
      row: { source: transfer, line: 1, ...movement, kind, code, cause: "allot", occurred_at: at },
    })),
  );
  return { allotted, documents: [{ channel: terminalChannel(terminal), kind: "allotment", id: `${kind}:${code}` }] };
}
