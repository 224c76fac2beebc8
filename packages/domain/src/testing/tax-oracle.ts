import type { TaxableLine, TaxedLine, TaxRules } from "../tax/compute-tax.ts";
import type { Tax } from "../tax/tax.ts";

/*
 * The taxes of a receipt a second time, written from the rules alone and in another way than the product's: with reduced
 * fractions, by evaluating the definition of each tax at two nets instead of solving for it, and with the shares of a group
 * handed out cent by cent. It is slow and shares no arithmetic with what it judges.
 */

type Ratio = { readonly n: bigint; readonly d: bigint };

function ratio(n: bigint, d: bigint): Ratio {
  const sign = d < 0n ? -1n : 1n;
  const divisor = greatestCommon(n < 0n ? -n : n, d < 0n ? -d : d) || 1n;
  return { n: (sign * n) / divisor, d: (sign * d) / divisor };
}

function greatestCommon(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommon(b, a % b);
}

const whole = (value: number | bigint): Ratio => ratio(BigInt(value), 1n);
const plus = (a: Ratio, b: Ratio): Ratio => ratio(a.n * b.d + b.n * a.d, a.d * b.d);
const minus = (a: Ratio, b: Ratio): Ratio => ratio(a.n * b.d - b.n * a.d, a.d * b.d);
const times = (a: Ratio, b: Ratio): Ratio => ratio(a.n * b.n, a.d * b.d);
const over = (a: Ratio, b: Ratio): Ratio => ratio(a.n * b.d, a.d * b.n);
const magnitudeOf = (a: Ratio): Ratio => ratio(a.n < 0n ? -a.n : a.n, a.d);
const isLess = (a: Ratio, b: Ratio): boolean => a.n * b.d < b.n * a.d;

/** The largest integer that is not above it. */
function floorOf({ n, d }: Ratio): bigint {
  const quotient = n / d;
  return n < 0n && quotient * d !== n ? quotient - 1n : quotient;
}

const HALF = ratio(1n, 2n);

function rounded(value: Ratio, mode: TaxRules["rounding"]): number {
  const size = magnitudeOf(value);
  const below = floorOf(size);
  const rest = minus(size, whole(below));
  const isTie = rest.n * 2n === rest.d;
  const up: Readonly<Record<TaxRules["rounding"], boolean>> = {
    "half-away": !isLess(rest, HALF),
    "half-toward-zero": isLess(HALF, rest),
    "half-even": isTie ? below % 2n !== 0n : isLess(HALF, rest),
    "half-toward-positive": isTie ? value.n > 0n : isLess(HALF, rest),
    down: false,
    up: rest.n !== 0n,
  };
  const magnitude = below + (up[mode] ? 1n : 0n);
  return Number(value.n < 0n ? -magnitude : magnitude);
}

/** Each tax on a net, straight from its definition. */
function taxesAt(net: Ratio, line: TaxableLine, exponent: number): Ratio[] {
  const amounts: Ratio[] = [];
  for (const tax of line.taxes) {
    if (tax.kind === "fixed") {
      const perUnit = ratio(BigInt(tax.perUnit.units), 10n ** BigInt(tax.perUnit.scale));
      const pieces = ratio(BigInt(line.quantity.units), 10n ** BigInt(line.quantity.scale));
      amounts.push(times(times(perUnit, pieces), whole(10n ** BigInt(exponent))));
      continue;
    }
    const earlier = amounts.filter((_, index) => (line.taxes[index] as Tax).compound);
    const base = tax.onPrevious ? earlier.reduce(plus, net) : net;
    amounts.push(times(base, ratio(BigInt(tax.ratePpm), 1_000_000n)));
  }
  return amounts;
}

/** The net whose included taxes make up the amount: two points fix the straight line that every tax list is. */
function netOf(line: TaxableLine, exponent: number): Ratio {
  const priceAt = (net: Ratio): Ratio =>
    taxesAt(net, line, exponent).reduce((sum, tax, index) => (line.taxes[index]?.included ? plus(sum, tax) : sum), net);
  const [atZero, atOne] = [priceAt(whole(0)), priceAt(whole(1))];
  return over(minus(whole(line.amount), atZero), minus(atOne, atZero));
}

function roundedTaxes(line: TaxableLine, { exponent, rounding }: TaxRules): number[] {
  const exact = taxesAt(netOf(line, exponent), line, exponent);
  const included = line.taxes.map((tax, index) => (tax.included ? rounded(exact[index] as Ratio, rounding) : 0));
  const net = line.amount - included.reduce((sum, tax) => sum + tax, 0);
  const onTop = taxesAt(whole(net), line, exponent);
  return line.taxes.map((tax, index) =>
    tax.included ? (included[index] as number) : rounded(onTop[index] as Ratio, rounding),
  );
}

function sameGroup(a: TaxableLine, b: TaxableLine): boolean {
  const isNegative = (line: TaxableLine): boolean => line.amount < 0 || (line.amount === 0 && line.quantity.units < 0);
  return isNegative(a) === isNegative(b) && JSON.stringify(a.taxes) === JSON.stringify(b.taxes);
}

/** Hands a group's tax out: everybody the cents that are due in full, then one each to who is owed most. */
function handOut(total: number, exact: readonly Ratio[]): number[] {
  const sizes = exact.map(magnitudeOf);
  const sum = sizes.reduce(plus, whole(0));
  const fair = sizes.map((size) => (sum.n === 0n ? ratio(1n, BigInt(sizes.length)) : over(size, sum)));
  const owed = fair.map((share) => times(share, whole(Math.abs(total))));
  const parts = owed.map(floorOf);
  for (let left = BigInt(Math.abs(total)) - parts.reduce((a, b) => a + b, 0n); left > 0n; left -= 1n) {
    let next = 0;
    for (let index = 1; index < parts.length; index += 1) {
      const owes = (at: number): Ratio => minus(owed[at] as Ratio, whole(parts[at] as bigint));
      if (isLess(owes(next), owes(index))) next = index;
    }
    parts[next] = (parts[next] as bigint) + 1n;
  }
  return parts.map((part) => Number(total < 0 ? -part : part));
}

function finished(line: TaxableLine, amounts: readonly number[]): TaxedLine {
  const sumOf = (isIncluded: boolean): number =>
    amounts.reduce((sum, each, index) => (line.taxes[index]?.included === isIncluded ? sum + each : sum), 0);
  const taxes = line.taxes.map(({ tax }, index) => ({ tax, amount: amounts[index] as number }));
  const figures: unknown = { exTax: line.amount - sumOf(true), incTax: line.amount + sumOf(false), taxes };
  return figures as TaxedLine;
}

export function oracleTaxes(lines: readonly TaxableLine[], rules: TaxRules): TaxedLine[] {
  if (rules.scope === "line") return lines.map((line) => finished(line, roundedTaxes(line, rules)));
  return lines.map((line) => {
    const group = lines.filter((other) => sameGroup(line, other));
    if (group.length === 1) return finished(line, roundedTaxes(line, rules));
    const scale = Math.max(...group.map((each) => each.quantity.scale));
    const units = group.reduce((sum, each) => sum + each.quantity.units * 10 ** (scale - each.quantity.scale), 0);
    const sum = group.reduce((total, each) => total + each.amount, 0);
    const totals = roundedTaxes({ ...line, amount: sum as TaxableLine["amount"], quantity: { units, scale } }, rules);
    const place = group.indexOf(line);
    const exact = group.map((each) => taxesAt(netOf(each, rules.exponent), each, rules.exponent));
    const shares = totals.map(
      (total, tax) =>
        handOut(
          total,
          exact.map((taxes) => taxes[tax] as Ratio),
        )[place] as number,
    );
    return finished(line, shares);
  });
}
