import { assert, unreachable } from "../kernel/assert.ts";

/**
 * How a tie is broken. `half-away` is commercial rounding: symmetric, so that a return mirrors its sale to the cent.
 * Names differ between libraries (dinero's `halfUp` goes toward +∞, moneyphp's `ROUND_HALF_UP` goes away from zero), so ours say what they do.
 */
export type Rounding = "half-away" | "half-even" | "half-toward-positive" | "half-toward-zero" | "down" | "up";

/** The integer nearest to `numerator ÷ denominator`. `down` is toward zero, `up` away from it. */
export function roundRatio(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  assert(denominator !== 0n, "a ratio needs a denominator");
  const negative = numerator < 0n !== denominator < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  const floor = n / d;
  const rest = n - floor * d;
  const magnitude =
    rest !== 0n && roundsAway({ floor, twiceRest: 2n * rest, d, negative }, rounding) ? floor + 1n : floor;
  return negative ? -magnitude : magnitude;
}

type Remainder = { floor: bigint; twiceRest: bigint; d: bigint; negative: boolean };

function roundsAway({ floor, twiceRest, d, negative }: Remainder, rounding: Rounding): boolean {
  if (rounding === "down") return false;
  if (rounding === "up") return true;
  if (twiceRest !== d) return twiceRest > d;
  switch (rounding) {
    case "half-away":
      return true;
    case "half-toward-zero":
      return false;
    case "half-even":
      return floor % 2n === 1n;
    case "half-toward-positive":
      return !negative;
    default:
      return unreachable(rounding);
  }
}
