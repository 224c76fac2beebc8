import { type Amount, add, amount, negate, subtract, sum, ZERO } from "../money/amount.ts";
import type { TerminalId } from "../party/merchant.ts";

/**
 * What a gift card or a store credit is good for. Part of it may be allotted to terminals, which can then spend it whatever
 * the line does; the rest is available to whoever asks. Less than nothing is available where more was spent than there was.
 */
export type StoredValue = {
  readonly available: Amount;
  /** Never negative. */
  readonly allotted: ReadonlyMap<TerminalId, Amount>;
};

/** The code of a card as it is kept and compared, however it was typed or scanned. */
export function cardCode(text: string): string {
  return text.replace(/\s/g, "").toUpperCase();
}

/** Long enough that nobody hits upon another's by mistyping one. */
export function isCardCode(code: string): boolean {
  return /^[A-Z0-9][A-Z0-9-]{3,99}$/.test(code);
}

/** One side of a transfer: a change at one place. */
export type StoredValueMovement = { readonly place: "available" | TerminalId; readonly amount: Amount };

export type StoredValueChange = { readonly value: StoredValue; readonly movements: readonly StoredValueMovement[] };

export const NO_STORED_VALUE: StoredValue = { available: ZERO, allotted: new Map() };

/** What the customer holds: available and allotted together; negative where it was overspent. */
export function balanceOf({ available, allotted }: StoredValue): Amount {
  return add(available, sum(allotted.values()));
}

/** Spent beyond the balance: nobody owes it to the customer any more, somebody owes it to the shop. */
export function shortfallOf(value: StoredValue): Amount {
  return amount(Math.max(0, -balanceOf(value)));
}

/** Value comes onto the card; negative where a sale of it is undone. */
export function load(value: StoredValue, loaded: Amount): StoredValueChange {
  return change(value, [{ place: "available", amount: loaded }]);
}

/** A terminal took it in payment: what it was allotted goes first, the rest is taken from what is available, or lacking. */
export function spend(value: StoredValue, spent: Amount, terminal: TerminalId): StoredValueChange {
  const own = amount(Math.min(spent, value.allotted.get(terminal) ?? 0));
  return change(value, [
    { place: terminal, amount: negate(own) },
    { place: "available", amount: subtract(own, spent) },
  ]);
}

/** Gives a terminal the right to spend so much, as far as it is available. */
export function allot(value: StoredValue, wanted: Amount, terminal: TerminalId): StoredValueChange {
  const given = amount(Math.max(0, Math.min(wanted, value.available)));
  return change(value, [
    { place: "available", amount: negate(given) },
    { place: terminal, amount: given },
  ]);
}

/** A terminal returns what it may spend, as far as it has it. */
export function giveBack(value: StoredValue, returned: Amount, terminal: TerminalId): StoredValueChange {
  const given = amount(Math.min(returned, value.allotted.get(terminal) ?? 0));
  return change(value, [
    { place: terminal, amount: negate(given) },
    { place: "available", amount: given },
  ]);
}

function change(value: StoredValue, movements: readonly StoredValueMovement[]): StoredValueChange {
  const moved = movements.filter((movement) => movement.amount !== 0);
  const allotted = new Map(value.allotted);
  let { available } = value;
  for (const { place, amount: by } of moved) {
    if (place === "available") available = add(available, by);
    else allotted.set(place, add(allotted.get(place) ?? ZERO, by));
  }
  return { value: { available, allotted }, movements: moved };
}
