import { assert } from "../kernel/assert.ts";
import { type Amount, amount } from "./amount.ts";

/**
 * Splits an amount over weights so that the parts always sum to the whole: floor of each exact share, then one unit to
 * each of the largest remainders, ties to the lowest index. Zero weights get nothing; weights that are all zero share equally.
 * The sign is set aside first, so that the parts of a return mirror those of its sale.
 * @param weights integers ≥ 0, at least one
 */
export function allocate(whole: Amount, weights: readonly number[]): Amount[] {
  assert(weights.length > 0, "an allocation needs at least one weight");
  assert(
    weights.every((weight) => Number.isSafeInteger(weight) && weight >= 0),
    "weights are integers of at least 0",
  );
  const shares = weights.some((weight) => weight > 0) ? weights : weights.map(() => 1);
  const total = shares.reduce((sum, weight) => sum + BigInt(weight), 0n);
  const magnitude = BigInt(Math.abs(whole));
  const parts: bigint[] = [];
  const remainders: bigint[] = [];
  for (const weight of shares) {
    const exact = magnitude * BigInt(weight);
    parts.push(exact / total);
    remainders.push(exact % total);
  }
  let left = Number(magnitude - parts.reduce((sum, part) => sum + part, 0n));
  const byRemainder = shares.map((_, index) => index).sort((a, b) => compare(remainders[b], remainders[a]) || a - b);
  for (const index of byRemainder) {
    if (left === 0) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    left -= 1;
  }
  return parts.map((part) => amount(whole < 0 ? -Number(part) : Number(part)));
}

function compare(a: bigint | undefined, b: bigint | undefined): number {
  return (a ?? 0n) < (b ?? 0n) ? -1 : (a ?? 0n) > (b ?? 0n) ? 1 : 0;
}
