import type { CurrencyCode } from "../money/currency.ts";
import { type CashRoundingRule, NO_CASH_ROUNDING } from "./cash-rounding.ts";

/** What a country's coins make of a cash amount: the rule a new branch starts with. */
export type CountryCashRounding = {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly currency: CurrencyCode;
  readonly rule: CashRoundingRule;
};

/** A tie is paid up, and the change of the same sale goes down, which is one and the same amount of cash. */
const tiesUp = (increment: number): CashRoundingRule => ({ increment, method: "half-up", changeMethod: "half-down" });
const tiesDown = (increment: number): CashRoundingRule => ({ increment, method: "half-down", changeMethod: "half-up" });

const rule = (country: string, currency: string, cash: CashRoundingRule): CountryCashRounding => ({
  country,
  currency: currency as CurrencyCode,
  rule: cash,
});

export const CASH_ROUNDING_RULES: readonly CountryCashRounding[] = [
  // Canada's Economic Action Plan 2012: the cash total after tax, 1 and 2 down, 3 and 4 up, 6 and 7 down, 8 and 9 up.
  rule("CA", "CAD", tiesUp(5)),
  // CLDR supplemental data, `cashRounding` 5.
  rule("CH", "CHF", tiesUp(5)),
  // Casio's programming manual and Wikipedia's "Cash rounding": 0 to 2 down, 3 to 7 to five, 8 and 9 up.
  rule("FI", "EUR", tiesUp(5)),
  rule("NL", "EUR", tiesUp(5)),
  rule("BE", "EUR", tiesUp(5)),
  rule("IE", "EUR", tiesUp(5)),
  rule("AU", "AUD", tiesUp(5)),
  rule("MY", "MYR", tiesUp(5)),
  // Casio: payment of 25 øre goes up, change of 25 øre down.
  rule("DK", "DKK", tiesUp(50)),
  // Casio: payment of 50 öre goes up, change of 50 öre down. CLDR: whole crowns in both countries.
  rule("SE", "SEK", tiesUp(100)),
  rule("NO", "NOK", tiesUp(100)),
  // Casio: at 5 cents the shop decides; down is to the customer's favour, so we begin with it.
  rule("NZ", "NZD", tiesDown(10)),
  // Casio: always down, never against the customer.
  rule("ZA", "ZAR", { increment: 5, method: "down", changeMethod: "up" }),
  // Commonly stated, not confirmed by a source of ours: 5 Ft, 1 and 2 down, 3 and 4 up. (CLDR's 1 Ft is a display hint.)
  rule("HU", "HUF", tiesUp(500)),
];

/** @param country ISO 3166-1 alpha-2; without a rule of ours (the USA has none by law) every cent is there */
export function cashRoundingOf(country: string, currency: CurrencyCode): CashRoundingRule {
  const found = CASH_ROUNDING_RULES.find((each) => each.country === country && each.currency === currency);
  return found?.rule ?? NO_CASH_ROUNDING;
}
