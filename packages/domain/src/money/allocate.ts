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
  let total = 0;
  let largest = 0;
  for (const weight of weights) {
    assert(Number.isSafeInteger(weight) && weight >= 0, "weights are integers of at least 0");
    total += weight;
    if (weight > largest) largest = weight;
  }
  const magnitude = Math.abs(whole);
  if (total === 0)
    return allocate(
      whole,
      weights.map(() => 1),
    );
  if (!Number.isSafeInteger(magnitude * largest) || !Number.isSafeInteger(total)) {
    return allocateExactly(whole, weights.map(BigInt));
  }
  const parts: number[] = [];
  const remainders: number[] = [];
  let left = magnitude;
  for (const weight of weights) {
    const exact = magnitude * weight;
    const rest = exact % total;
    const part = (exact - rest) / total;
    parts.push(part);
    remainders.push(rest);
    left -= part;
  }
  if (left > 0) {
    for (const index of largestFirst(remainders).slice(0, left)) parts[index] = (parts[index] as number) + 1;
  }
  return parts.map((part) => amount(whole < 0 ? -part : part));
}

/**
 * The same for weights of any size, which exact shares of a tax are.
 * @param weights at least one above 0
 */
export function allocateExactly(whole: Amount, weights: readonly bigint[]): Amount[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  assert(total > 0n, "an exact allocation needs a weight above 0");
  const magnitude = BigInt(Math.abs(whole));
  const parts = weights.map((weight) => (magnitude * weight) / total);
  const remainders = weights.map((weight) => (magnitude * weight) % total);
  const left = Number(magnitude - parts.reduce((sum, part) => sum + part, 0n));
  for (const index of largestFirst(remainders).slice(0, left)) parts[index] = (parts[index] as bigint) + 1n;
  return parts.map((part) => amount(whole < 0 ? -Number(part) : Number(part)));
}

function largestFirst<Remainder extends number | bigint>(remainders: readonly Remainder[]): number[] {
  const value = (index: number): Remainder => remainders[index] as Remainder;
  return remainders
    .map((_, index) => index)
    .sort((a, b) => (value(a) === value(b) ? a - b : value(a) > value(b) ? -1 : 1));
}
