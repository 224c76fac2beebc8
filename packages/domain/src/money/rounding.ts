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
  if (rest === 0n) return negative ? -floor : floor;
  const twiceRest = 2n * rest;
  const half = twiceRest < d ? "below" : twiceRest > d ? "above" : "tie";
  const magnitude = roundsAway({ half, odd: floor % 2n === 1n, negative }, rounding) ? floor + 1n : floor;
  return negative ? -magnitude : magnitude;
}

/**
 * `value × numerator ÷ denominator`, rounded once. Stays in plain numbers while the product is a safe integer, which it is
 * for every usual sale, and takes BigInt beyond; both ways give the same (property `a product is rounded the same…`).
 */
export function roundProduct(
  value: number,
  { numerator, denominator }: { readonly numerator: number; readonly denominator: number },
  rounding: Rounding,
): number {
  const product = value * numerator;
  if (!Number.isSafeInteger(product) || denominator <= 0) {
    return Number(roundRatio(BigInt(value) * BigInt(numerator), BigInt(denominator), rounding));
  }
  const negative = product < 0;
  const n = negative ? -product : product;
  const rest = n % denominator;
  // The remainder of two safe integers is exact, and so is the division of what is left: no quotient is ever approximate.
  const floor = (n - rest) / denominator;
  if (rest === 0) return negative ? -floor : floor;
  const twiceRest = 2 * rest;
  const half = twiceRest < denominator ? "below" : twiceRest > denominator ? "above" : "tie";
  const magnitude = roundsAway({ half, odd: floor % 2 === 1, negative }, rounding) ? floor + 1 : floor;
  return negative ? -magnitude : magnitude;
}

/** What the rounding needs to know of an inexact quotient: where its fraction lies, its floor's parity, its sign. */
type Inexact = { readonly half: "below" | "tie" | "above"; readonly odd: boolean; readonly negative: boolean };

function roundsAway({ half, odd, negative }: Inexact, rounding: Rounding): boolean {
  if (rounding === "down") return false;
  if (rounding === "up") return true;
  if (half !== "tie") return half === "above";
  switch (rounding) {
    case "half-away":
      return true;
    case "half-toward-zero":
      return false;
    case "half-even":
      return odd;
    case "half-toward-positive":
      return !negative;
    default:
      return unreachable(rounding);
  }
}
