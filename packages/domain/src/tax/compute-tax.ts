import { allocate, allocateExactly } from "../money/allocate.ts";
import { type Amount, add, amountFromBigInt, multiply, subtract, sumBy, ZERO } from "../money/amount.ts";
import { addDecimals, type Decimal, rescale } from "../money/decimal.ts";
import { type Rounding, roundRatio } from "../money/rounding.ts";
import { evaluate, type Fraction, type Linear, solveTaxes } from "./exact-tax.ts";
import { sameTaxes, type Tax, type TaxId, type TaxRounding } from "./tax.ts";

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
  if (rules.scope === "line") return lines.map((line) => taxedLine(line, taxAmounts(line, rules)));
  const taxed: TaxedLine[] = new Array(lines.length);
  for (const group of groupsOf(lines)) taxGroup(group, rules, taxed);
  return taxed;
}

/** Lines that share one rounding: same taxes in the same order, same sign (a return's tax mirrors its sale's). */
type Group = { readonly negative: boolean; readonly lines: TaxableLine[]; readonly indexes: number[] };

function groupsOf(lines: readonly TaxableLine[]): Group[] {
  const groups: Group[] = [];
  for (const [index, line] of lines.entries()) {
    const negative = line.amount < 0 || (line.amount === 0 && line.quantity.units < 0);
    const group = groups.find((each) => each.negative === negative && sameTaxes(firstOf(each).taxes, line.taxes));
    if (group === undefined) groups.push({ negative, lines: [line], indexes: [index] });
    else {
      group.lines.push(line);
      group.indexes.push(index);
    }
  }
  return groups;
}

function firstOf(group: Group): TaxableLine {
  return group.lines[0] as TaxableLine;
}

function taxGroup(group: Group, rules: TaxRules, taxed: TaxedLine[]): void {
  const { taxes, quantity } = firstOf(group);
  if (group.lines.length === 1) {
    taxed[group.indexes[0] as number] = taxedLine(firstOf(group), taxAmounts(firstOf(group), rules));
    return;
  }
  const whole = {
    amount: sumBy(group.lines, (line) => line.amount),
    quantity: taxes.some(isFixed) ? group.lines.map((line) => line.quantity).reduce(addDecimals) : quantity,
    taxes,
  };
  const shares = taxAmounts(whole, rules).map((total, tax) => shareOut(total, tax, { group, rules }));
  for (const [member, line] of group.lines.entries()) {
    const amounts = shares.map((share) => share[member] as Amount);
    taxed[group.indexes[member] as number] = taxedLine(line, amounts);
  }
}

/** Spreads a group's tax over its lines by their exact taxes; without a fixed part those are as the lines' amounts. */
function shareOut(total: Amount, tax: number, { group, rules }: { group: Group; rules: TaxRules }): Amount[] {
  if (firstOf(group).taxes.some(isFixed)) {
    const weights = exactTaxes(group, tax, rules.exponent);
    if (weights.some((weight) => weight > 0n)) return allocateExactly(total, weights);
  }
  return allocate(
    total,
    group.lines.map((line) => Math.abs(line.amount)),
  );
}

/** Each line's exact tax without its sign, over a denominator that all lines have in common once their quantities have one scale. */
function exactTaxes(group: Group, tax: number, exponent: number): bigint[] {
  const scale = Math.max(...group.lines.map((line) => line.quantity.scale));
  return group.lines.map((line) => {
    const { terms, net } = solveTaxes({ ...line, quantity: rescale(line.quantity, scale, "down") }, exponent);
    const { numerator } = evaluate(terms[tax] as Linear, net);
    return numerator < 0n ? -numerator : numerator;
  });
}

function taxedLine(line: TaxableLine, amounts: readonly Amount[]): TaxedLine {
  let exTax = line.amount;
  let incTax = line.amount;
  const taxes: LineTax[] = [];
  for (const [index, tax] of line.taxes.entries()) {
    const each = amounts[index] as Amount;
    taxes.push({ tax: tax.tax, amount: each });
    if (tax.included) exTax = subtract(exTax, each);
    else incTax = add(incTax, each);
  }
  return { exTax, incTax, taxes };
}

/** The rounded amount of each tax of the list, in its order. */
function taxAmounts(line: TaxableLine, rules: TaxRules): Amount[] {
  return plainPercentAmounts(line, rules.rounding) ?? solvedAmounts(line, rules);
}

/**
 * Percentages that do not build on each other and are all in the price or all on top of it, which nearly every sale has:
 * `tax = amount × rate ÷ (1 + Σ included rates)`, without solving anything. Null for any other list.
 */
function plainPercentAmounts(line: TaxableLine, rounding: Rounding): Amount[] | null {
  const included = line.taxes[0]?.included ?? false;
  let denominator = MILLION;
  for (const tax of line.taxes) {
    if (tax.kind !== "percent" || tax.compound || tax.included !== included) return null;
    if (included) denominator += tax.ratePpm;
  }
  return line.taxes.map((tax) =>
    multiply(line.amount, { numerator: (tax as Tax & { kind: "percent" }).ratePpm, denominator }, rounding),
  );
}

const MILLION = 1_000_000;

function solvedAmounts(line: TaxableLine, rules: TaxRules): Amount[] {
  const { terms, net } = solveTaxes(line, rules.exponent);
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

function roundFraction({ numerator, denominator }: Fraction, rounding: Rounding): Amount {
  return amountFromBigInt(roundRatio(numerator, denominator, rounding));
}

function isFixed(tax: Tax): boolean {
  return tax.kind === "fixed";
}
