import { accept, type Result, refuse } from "../kernel/result.ts";
import { type Amount, amount } from "../money/amount.ts";

/**
 * What a terminal may spend of gift cards and store credit while their balance cannot be asked: what was allotted to it is
 * sure; beyond that it takes the risk of a card that was spent elsewhere, up to a cap by card and by terminal.
 */
export type StoredValueCaps = { readonly cardMax: Amount; readonly terminalMax: Amount };

export type StoredValueState = {
  /** Allotted of this card, less what was spent of it here and is not yet in that figure; below 0 where more was. */
  readonly allottedLeft: Amount;
  /** Spent here beyond allotments, over all cards. */
  readonly exposure: Amount;
};

export type SpendRefusal =
  | { readonly kind: "amount-invalid" }
  /** `left` may still be taken from this card here. */
  | { readonly kind: "over-card-cap"; readonly left: Amount }
  | { readonly kind: "over-terminal-cap"; readonly left: Amount };

/** What of a spending is sure, and what of it is on trust. */
export type Spending = { readonly sure: Amount; readonly onTrust: Amount };

export function maySpend(
  value: Amount,
  state: StoredValueState,
  caps: StoredValueCaps,
): Result<Spending, SpendRefusal> {
  if (value <= 0) return refuse({ kind: "amount-invalid" });
  const sure = Math.max(0, Math.min(value, state.allottedLeft));
  const onTrustBefore = Math.max(0, -state.allottedLeft);
  const onTrust = value - sure;
  const cardRoom = Math.max(0, caps.cardMax - onTrustBefore);
  if (onTrust > cardRoom) return refuse({ kind: "over-card-cap", left: amount(sure + cardRoom) });
  const terminalRoom = Math.max(0, caps.terminalMax - state.exposure);
  if (onTrust > terminalRoom) return refuse({ kind: "over-terminal-cap", left: amount(sure + terminalRoom) });
  return accept({ sure: amount(sure), onTrust: amount(onTrust) });
}

export type CreditRefusal = { readonly kind: "no-credit" } | { readonly kind: "over-limit"; readonly left: Amount };

/** Whether a customer may owe so much more. `owed` is the server's figure with what was sold and paid here since. */
export function mayOwe(
  value: Amount,
  { owed, limit }: { readonly owed: Amount; readonly limit: Amount | null },
): Result<null, CreditRefusal> {
  if (limit === null) return refuse({ kind: "no-credit" });
  const left = Math.max(0, limit - owed);
  return value > left ? refuse({ kind: "over-limit", left: amount(left) }) : accept(null);
}
