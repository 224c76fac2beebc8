import { type Amount, amount } from "../money/amount.ts";
import { type CurrencyCode, exponentOf, minorPerMajor } from "../money/currency.ts";

/** Face values of the cash in a drawer, ascending, in minor units: what a cash count counts. */
export type Denominations = { readonly coins: readonly number[]; readonly notes: readonly number[] };

const BY_CURRENCY: Readonly<Record<string, Denominations>> = {
  EUR: { coins: [1, 2, 5, 10, 20, 50, 100, 200], notes: [500, 1000, 2000, 5000, 10_000, 20_000] },
  USD: { coins: [1, 5, 10, 25], notes: [100, 500, 1000, 2000, 5000, 10_000] },
  GBP: { coins: [1, 2, 5, 10, 20, 50, 100, 200], notes: [500, 1000, 2000, 5000] },
  CHF: { coins: [5, 10, 20, 50, 100, 200, 500], notes: [1000, 2000, 5000, 10_000, 20_000, 100_000] },
  CAD: { coins: [5, 10, 25, 100, 200], notes: [500, 1000, 2000, 5000, 10_000] },
  AUD: { coins: [5, 10, 20, 50, 100, 200], notes: [500, 1000, 2000, 5000, 10_000] },
  NZD: { coins: [10, 20, 50, 100, 200], notes: [500, 1000, 2000, 5000, 10_000] },
  SEK: { coins: [100, 200, 500, 1000], notes: [2000, 5000, 10_000, 20_000, 50_000, 100_000] },
  NOK: { coins: [100, 500, 1000, 2000], notes: [5000, 10_000, 20_000, 50_000, 100_000] },
  DKK: { coins: [50, 100, 200, 500, 1000, 2000], notes: [5000, 10_000, 20_000, 50_000] },
  JPY: { coins: [1, 5, 10, 50, 100, 500], notes: [1000, 2000, 5000, 10_000] },
  PLN: { coins: [1, 2, 5, 10, 20, 50, 100, 200, 500], notes: [1000, 2000, 5000, 10_000, 20_000, 50_000] },
  CZK: { coins: [100, 200, 500, 1000, 2000, 5000], notes: [10_000, 20_000, 50_000, 100_000, 200_000, 500_000] },
  HUF: {
    coins: [500, 1000, 2000, 5000, 10_000, 20_000],
    notes: [50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000],
  },
};

/** The cash of a currency; of one we have no table for, the usual 1, 2 and 5. */
export function denominationsOf(currency: CurrencyCode): Denominations {
  const known = BY_CURRENCY[currency];
  if (known !== undefined) return known;
  const major = Number(minorPerMajor(exponentOf(currency)));
  const scaled = (values: readonly number[]): number[] => values.map((value) => value * major);
  return { coins: scaled([1, 2]), notes: scaled([5, 10, 20, 50, 100]) };
}

/**
 * The amounts a customer most likely hands over: the exact one, then the next multiples of the values that people round up
 * to. Twos and twenties are left out: who has no ten for 23.40 gives fifty, not two twenties.
 * @param due what is to be paid in cash, already rounded to coins
 */
export function fastCash(due: Amount, currency: CurrencyCode): Amount[] {
  const offers = new Set<number>([due]);
  for (const step of fastCashSteps(currency)) offers.add(Math.ceil(due / step) * step);
  return [...offers]
    .sort((a, b) => a - b)
    .slice(0, FAST_CASH_KEYS)
    .map(amount);
}

const FAST_CASH_KEYS = 5;

/** Values that begin with 1 or 5, down to a fifth of the smallest note: nobody rounds up to a coin that hardly counts. */
function fastCashSteps(currency: CurrencyCode): number[] {
  const { coins, notes } = denominationsOf(currency);
  const smallest = (notes[0] as number) / 5;
  return [...coins, ...notes].filter((value) => value >= smallest && /^[15]0*$/.test(String(value)));
}
