import { present } from "@holdfast/domain/kernel/assert";
import type { JournalEntry } from "@holdfast/domain/ledger/journal-entry";
import { amount, subtract } from "@holdfast/domain/money/amount";
import type { CustomerId, TerminalId } from "@holdfast/domain/party/merchant";
import { postShortfall } from "@holdfast/domain/posting/stored-value-posting";
import { giveBack, load, shortfallOf, spend } from "@holdfast/domain/tender/stored-value";
import { MERCHANT_CHANNEL, terminalChannel } from "@holdfast/protocol/channel";
import type { DocumentKey } from "../feed/project.ts";
import type { CaseDraft } from "../inbox/case.ts";
import { EVERY_CUSTOMER } from "../party/channels.ts";
import { closingEntries, closingRow } from "../till/shift-effects.ts";
import type { Applied } from "./book-event.ts";
import type { AccountRow, CustomerRow, StoredValueRow } from "./day-store.ts";
import type { EventEffects, FactRow, StoredValueDeed } from "./event-effects.ts";
import type { IngestStore } from "./ingest-store.ts";
import { ShiftBook } from "./shift-book.ts";

/** What an event did to accounts, cards, shifts and customers. */
export type DayOutcome = {
  readonly rows: readonly FactRow[];
  readonly entries: readonly JournalEntry[];
  readonly cases: readonly CaseDraft[];
};

/**
 * The books of a cashier's day that are sums: what customers owe, what cards hold, which shifts are closed, which edition of a
 * customer is the last. Read and locked once for a batch, changed event by event in the order of acceptance, written once.
 */
export class DayBook {
  readonly #store: IngestStore;
  readonly #accounts: Map<CustomerId, AccountRow>;
  readonly #cards: Map<string, StoredValueRow>;
  readonly #editions: Map<CustomerId, number>;
  readonly #shifts: ShiftBook;
  readonly #customers = new Map<CustomerId, CustomerRow>();
  readonly #documents: DocumentKey[] = [];

  private constructor(
    store: IngestStore,
    held: {
      readonly accounts: readonly AccountRow[];
      readonly cards: readonly StoredValueRow[];
      readonly editions: ReadonlyMap<CustomerId, number>;
      readonly shifts: ShiftBook;
    },
  ) {
    this.#store = store;
    this.#accounts = new Map(held.accounts.map((row) => [row.customer, row]));
    this.#cards = new Map(held.cards.map((row) => [cardKey(row), row]));
    this.#editions = new Map(held.editions);
    this.#shifts = held.shifts;
  }

  /** Reads and locks what these events touch; what nobody touches costs no statement. */
  static async open(events: readonly Applied[], store: IngestStore): Promise<DayBook> {
    const effects = events.map((each) => each.effects);
    const shifts = await ShiftBook.open(events, store.day);
    const edited = unique(effects.flatMap(({ customer }) => customer?.customer ?? []));
    const editions = edited.length === 0 ? new Map() : await store.day.lockCustomers(edited);
    const owing = unique(effects.flatMap(({ owed }) => owed.map(({ customer }) => customer)));
    const accounts = owing.length === 0 ? [] : await store.day.lockAccounts(owing);
    const keys = new Map(
      effects.flatMap(({ storedValue }) => storedValue.map((deed) => [cardKey(deed), deed] as const)),
    );
    const cards = keys.size === 0 ? [] : await store.day.lockStoredValue([...keys.values()]);
    return new DayBook(store, { accounts, cards, editions, shifts });
  }

  apply(applied: Applied): DayOutcome {
    const outcomes = [
      this.#closeShift(applied),
      this.#shifts.notice(applied),
      this.#owe(applied),
      ...applied.effects.storedValue.map((deed) => this.#moveValue(applied, deed)),
      this.#saveCustomer(applied),
      this.#useCoupons(applied),
    ];
    return {
      rows: outcomes.flatMap(({ rows }) => rows),
      entries: outcomes.flatMap(({ entries }) => entries),
      cases: outcomes.flatMap(({ cases }) => cases),
    };
  }

  /** Writes the sums. Documents are published separately, last. */
  async write(): Promise<readonly DocumentKey[]> {
    const { day } = this.#store;
    if (this.#customers.size > 0) await day.saveCustomers([...this.#customers.values()]);
    if (this.#accounts.size > 0) await day.updateAccounts([...this.#accounts.values()]);
    if (this.#cards.size > 0) await day.updateStoredValue([...this.#cards.values()]);
    return this.#documents;
  }

  #closeShift({ context: { event }, effects }: Applied): DayOutcome {
    const { closing } = effects;
    if (closing === null) return NOTHING;
    const { isFirst, cases } = this.#shifts.close(closing);
    return {
      rows: [{ table: "z_report", row: closingRow(closing, event, isFirst) }],
      entries: isFirst ? closingEntries(closing) : [],
      cases,
    };
  }

  #owe({ context: { event }, effects }: Applied): DayOutcome {
    const rows: FactRow[] = [];
    const cases: CaseDraft[] = [];
    for (const [customer, { sum, cause }] of sumsByCustomer(effects)) {
      const before = present(this.#accounts.get(customer), `the account of ${customer} is locked`);
      const owed = amount(before.owed + sum);
      this.#accounts.set(customer, { ...before, owed });
      this.#documents.push({ channel: EVERY_CUSTOMER, kind: "customer", id: customer });
      rows.push({
        table: "customer_movement",
        row: { source: event, customer, amount: sum, cause, occurred_at: effects.occurredAt },
      });
      if (sum > 0 && owed > (before.creditLimit ?? 0)) {
        const details = { owed, creditLimit: before.creditLimit, sale: effects.sale?.sale };
        cases.push({ kind: "credit-limit", subject: customer, branch: effects.branch, details });
      }
    }
    return { rows, entries: [], cases };
  }

  #moveValue({ context: { event, terminal }, effects }: Applied, deed: StoredValueDeed): DayOutcome {
    const before = present(this.#cards.get(cardKey(deed)), `the card of ${deed.kind} ${deed.code} is locked`);
    const { value, movements } = changed(before, deed, terminal);
    const { kind, code, line } = deed;
    this.#cards.set(cardKey(deed), { ...before, value });
    for (const { place } of movements) {
      if (place === "available") continue;
      this.#documents.push({ channel: terminalChannel(place), kind: "allotment", id: `${kind}:${code}` });
    }
    const cause = deed.deed === "load" ? "issue" : deed.deed;
    const rows = movements.map(
      (movement): FactRow => ({
        table: "stored_value_movement",
        row: { source: event, line, ...movement, kind, code, cause, occurred_at: effects.occurredAt },
      }),
    );
    const shortfall = shortfallOf(value);
    const grownBy = subtract(shortfall, shortfallOf(before.value));
    const source = { source: event, line, kind, code, grownBy };
    const entry = effects.happening === null ? null : postShortfall(source, effects.happening);
    const overspent: CaseDraft = {
      ...{ kind: "overspent", subject: `${kind}:${code}`, branch: effects.branch },
      details: { code, kind, shortfall, sale: effects.sale?.sale },
    };
    return { rows, entries: entry === null ? [] : [entry], cases: grownBy > 0 ? [overspent] : [] };
  }

  #saveCustomer({ effects }: Applied): DayOutcome {
    const { customer: saved } = effects;
    if (saved === null) return NOTHING;
    const { customer, ifRev, details } = saved;
    const held = this.#editions.get(customer);
    if (held !== undefined && held !== ifRev) {
      const conflict = { theirs: details, on: ifRev, held, by: saved.by };
      return {
        ...NOTHING,
        cases: [{ kind: "customer-conflict", subject: customer, branch: saved.branch, details: conflict }],
      };
    }
    const edition = (held ?? 0) + 1;
    this.#editions.set(customer, edition);
    this.#customers.set(customer, { ...details, customer, edition });
    this.#documents.push({ channel: EVERY_CUSTOMER, kind: "customer", id: customer });
    return NOTHING;
  }

  #useCoupons({ effects }: Applied): DayOutcome {
    for (const { table, row } of effects.rows) {
      if (table === "coupon_use")
        this.#documents.push({ channel: MERCHANT_CHANNEL, kind: "coupon", id: String(row.coupon) });
    }
    return NOTHING;
  }
}

const NOTHING: DayOutcome = { rows: [], entries: [], cases: [] };

function changed({ value }: StoredValueRow, { deed, amount: by }: StoredValueDeed, terminal: TerminalId) {
  switch (deed) {
    case "load":
      return load(value, by);
    case "spend":
      return spend(value, by, terminal);
    case "give-back":
      return giveBack(value, by, terminal);
  }
}

function sumsByCustomer({ owed }: EventEffects) {
  const sums = new Map<CustomerId, { sum: ReturnType<typeof amount>; cause: "sale" | "payment" }>();
  for (const { customer, amount: by, cause } of owed) {
    sums.set(customer, { sum: amount((sums.get(customer)?.sum ?? 0) + by), cause });
  }
  return sums;
}

function cardKey({ kind, code }: { readonly kind: string; readonly code: string }): string {
  return `${kind} ${code}`;
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
