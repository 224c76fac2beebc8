import { allocate } from "../money/allocate.ts";
import { type Amount, add, amount, amountFromBigInt, subtract, sumBy, ZERO } from "../money/amount.ts";
import { type Decimal, powerOfTen } from "../money/decimal.ts";
import { type Rounding, roundRatio } from "../money/rounding.ts";
import type { Tax, TaxId, TaxRounding } from "./tax.ts";

/** What is taxed: the line's amount as the price list gives it, with included taxes in and others not. */
export type TaxableLine = { readonly amount: Amount; readonly quantity: Decimal; readonly taxes: readonly Tax[] };

export type LineTax = { readonly tax: TaxId; readonly amount: Amount };

/** `incTax = exTax + Σ taxes`, always. */
export type TaxedLine = { readonly exTax: Amount; readonly incTax: Amount; readonly taxes: readonly LineTax[] };

export type TaxRules = { readonly exponent: number; readonly scope: TaxRounding; readonly rounding: Rounding };

/**
 * Taxes of every line. Included taxes are rounded one by one and the net is what remains of the price, so that the total
 * of tax-inclusive lines equals the sum of the displayed amounts; excluded taxes are computed on that rounded net.
 * With scope `document` one rounding serves all lines of the same tax list and sign, and is then allocated to them.
 */
export function computeTaxes(lines: readonly TaxableLine[], rules: TaxRules): TaxedLine[] {
  if (rules.scope === "line") return lines.map((line) => taxOne(line, rules));
  const taxed: TaxedLine[] = new Array(lines.length);
  for (const group of groupsOf(lines)) taxGroup(group, lines, { taxed, rules });
  return taxed;
}

function taxOne(line: TaxableLine, rules: TaxRules): TaxedLine {
  const amounts = taxAmounts(line, rules);
  return taxedLine(line, amounts);
}

function taxGroup(
  indexes: readonly number[],
  lines: readonly TaxableLine[],
  { taxed, rules }: { taxed: TaxedLine[]; rules: TaxRules },
): void {
  const members = indexes.map((index) => lines[index] as TaxableLine);
  const first = members[0] as TaxableLine;
  if (members.length === 1) {
    taxed[indexes[0] as number] = taxOne(first, rules);
    return;
  }
  const whole: TaxableLine = {
    amount: sumBy(members, (line) => line.amount),
    quantity: sumQuantities(members),
    taxes: first.taxes,
  };
  const totals = taxAmounts(whole, rules);
  const weights = members.map((line) => exactTaxWeights(line, rules.exponent));
  const shares = first.taxes.map((_, tax) =>
    allocate(
      totals[tax] ?? ZERO,
      weights.map((weight) => weight[tax] ?? 0),
    ),
  );
  for (const [member, line] of members.entries()) {
    taxed[indexes[member] as number] = taxedLine(
      line,
      shares.map((share) => share[member] ?? ZERO),
    );
  }
}

function taxedLine(line: TaxableLine, amounts: readonly Amount[]): TaxedLine {
  let exTax = line.amount;
  let incTax = line.amount;
  const taxes: LineTax[] = [];
  for (const [index, tax] of line.taxes.entries()) {
    const each = amounts[index] ?? ZERO;
    taxes.push({ tax: tax.tax, amount: each });
    if (tax.included) exTax = subtract(exTax, each);
    else incTax = add(incTax, each);
  }
  return { exTax, incTax, taxes };
}

/** The rounded amount of each tax of the list, in its order. */
function taxAmounts(line: TaxableLine, rules: TaxRules): Amount[] {
  const { terms, net } = solve(line, rules.exponent);
  const amounts: Amount[] = line.taxes.map(() => ZERO);
  let roundedNet = line.amount;
  for (const [index, tax] of line.taxes.entries()) {
    if (!tax.included) continue;
    const each = roundFraction(evaluate(terms[index] as Linear, net), rules.rounding);
    amounts[index] = each;
    roundedNet = subtract(roundedNet, each);
  }
  const base: Fraction = { numerator: BigInt(roundedNet), denominator: 1n };
  for (const [index, tax] of line.taxes.entries()) {
    if (tax.included) continue;
    amounts[index] = roundFraction(evaluate(terms[index] as Linear, base), rules.rounding);
  }
  return amounts;
}

/** Allocation weights of a line for each tax: its exact tax in millionths of a minor unit, without sign. */
function exactTaxWeights(line: TaxableLine, exponent: number): number[] {
  const { terms, net } = solve(line, exponent);
  return terms.map((term) => {
    const { numerator, denominator } = evaluate(term, net);
    const micro = Number((numerator * 1_000_000n) / denominator);
    return Math.min(Math.abs(micro), Number.MAX_SAFE_INTEGER);
  });
}

type Fraction = { readonly numerator: bigint; readonly denominator: bigint };

/** A tax as a linear function of the net: `(slope × net + fixed) ÷ denominator`. */
type Linear = { readonly slope: bigint; readonly fixed: bigint; readonly denominator: bigint };

/** Every tax as a function of the net, and the exact net that makes included taxes fit into the line's amount. */
function solve(line: TaxableLine, exponent: number): { terms: Linear[]; net: Fraction } {
  const terms: Linear[] = [];
  let slope = 1n;
  let fixed = 0n;
  let denominator = 1n;
  for (const [index, tax] of line.taxes.entries()) {
    const term =
      tax.kind === "fixed" ? fixedTerm(tax.perUnit, line.quantity, exponent) : percentTerm(line.taxes, terms, index);
    terms.push(term);
    if (!tax.included) continue;
    slope = slope * term.denominator + term.slope * denominator;
    fixed = fixed * term.denominator + term.fixed * denominator;
    denominator *= term.denominator;
  }
  return { terms, net: { numerator: BigInt(line.amount) * denominator - fixed, denominator: slope } };
}

function fixedTerm(perUnit: Decimal, quantity: Decimal, exponent: number): Linear {
  return {
    slope: 0n,
    fixed: BigInt(perUnit.units) * BigInt(quantity.units) * powerOfTen(exponent),
    denominator: powerOfTen(perUnit.scale + quantity.scale),
  };
}

const MILLION = 1_000_000n;

function percentTerm(taxes: readonly Tax[], earlier: readonly Linear[], index: number): Linear {
  const tax = taxes[index] as Tax & { kind: "percent" };
  let base: Linear = { slope: 1n, fixed: 0n, denominator: 1n };
  if (tax.onPrevious) {
    for (const [before, term] of earlier.entries()) if (taxes[before]?.compound) base = addLinear(base, term);
  }
  const rate = BigInt(tax.ratePpm);
  return { slope: base.slope * rate, fixed: base.fixed * rate, denominator: base.denominator * MILLION };
}

function addLinear(a: Linear, b: Linear): Linear {
  return {
    slope: a.slope * b.denominator + b.slope * a.denominator,
    fixed: a.fixed * b.denominator + b.fixed * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}

function evaluate(term: Linear, net: Fraction): Fraction {
  return {
    numerator: term.slope * net.numerator + term.fixed * net.denominator,
    denominator: term.denominator * net.denominator,
  };
}

function roundFraction({ numerator, denominator }: Fraction, rounding: Rounding): Amount {
  return amountFromBigInt(roundRatio(numerator, denominator, rounding));
}

/** Lines that share one rounding: same taxes in the same order, same sign (a return's tax mirrors its sale's). */
function groupsOf(lines: readonly TaxableLine[]): number[][] {
  const groups = new Map<string, number[]>();
  for (const [index, line] of lines.entries()) {
    const key = `${line.amount < 0 ? "-" : "+"}${line.taxes.map(taxKey).join("|")}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  }
  return [...groups.values()];
}

function taxKey(tax: Tax): string {
  return tax.kind === "percent" ? `${tax.tax}@${tax.ratePpm}` : `${tax.tax}@${tax.perUnit.units}e-${tax.perUnit.scale}`;
}

function sumQuantities(lines: readonly TaxableLine[]): Decimal {
  const scale = Math.max(...lines.map((line) => line.quantity.scale));
  const units = lines.reduce(
    (total, line) => total + line.quantity.units * Number(powerOfTen(scale - line.quantity.scale)),
    0,
  );
  return { units: amount(units), scale };
}
