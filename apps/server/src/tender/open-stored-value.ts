import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Amount } from "@holdfast/domain/money/amount";
import type { Happening } from "@holdfast/domain/posting/entry";
import { postOpeningCards } from "@holdfast/domain/posting/stored-value-posting";
import type { StoredValueKey } from "../sync/day-store.ts";
import { NO_EFFECTS, officeContext } from "../sync/event-effects.ts";
import type { IngestStore } from "../sync/ingest-store.ts";
import { writeEffects } from "../sync/write-effects.ts";

/** Cards that customers held before the shop was opened here: what they are good for was owed already. */
export async function openStoredValue(
  store: IngestStore,
  { source, happening }: { readonly source: Uuid; readonly happening: Happening },
  cards: readonly (StoredValueKey & { readonly amount: Amount })[],
): Promise<void> {
  const { branch, occurredAt } = happening;
  const storedValue = cards.map((card, index) => ({ ...card, deed: "load" as const, line: index + 1 }));
  const post = () => {
    const entry = postOpeningCards({ source, cards }, happening);
    return entry === null ? [] : [entry];
  };
  const effects = { ...NO_EFFECTS, branch, occurredAt, happening, storedValue, post };
  await writeEffects([{ context: officeContext(source, occurredAt), effects }], [], store);
}
