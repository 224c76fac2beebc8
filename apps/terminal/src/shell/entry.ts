import type { Amount } from "@holdfast/domain/money/amount";
import { type CurrencyCode, parseAmount } from "@holdfast/domain/money/currency";
import { type Decimal, parseDecimal } from "@holdfast/domain/money/decimal";
import type { KeypadKey } from "@holdfast/ui/Keypad.tsx";
import { createValue, type Value } from "./value.ts";

/** What was typed on the keypad and not yet used: digits and at most one point. */
export type Entry = {
  readonly text: Value<string>;
  readonly press: (key: KeypadKey) => void;
  /** A character from a keyboard; false where it is none of an entry. */
  readonly type: (char: string) => boolean;
  readonly empty: () => void;
  readonly decimal: () => Decimal | null;
  readonly amount: (currency: CurrencyCode) => Amount | null;
};

const CHARS_MAX = 20;

export function createEntry(): Entry {
  const text = createValue("");
  const press = (key: KeypadKey): void => {
    const before = text.get();
    if (key === "erase") text.set(before.slice(0, -1));
    else if (before.length < CHARS_MAX && !(key === "." && before.includes("."))) {
      text.set(key === "." && before === "" ? "0." : before + key);
    }
  };
  const type = (char: string): boolean => {
    const key = char === "," ? "." : char;
    if (!/^[\d.]$/.test(key)) return false;
    press(key as KeypadKey);
    return true;
  };
  // `12.` is twelve while the rest is still to come.
  const whole = (): string => text.get().replace(/\.$/, "");
  return {
    text,
    press,
    type,
    empty: () => text.set(""),
    decimal: () => parseDecimal(whole()),
    amount: (currency) => parseAmount(whole(), currency),
  };
}
