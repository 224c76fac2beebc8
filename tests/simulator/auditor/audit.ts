import type { BookedSale, Books } from "./books.ts";

/** What the customer holds: written down at the moment the paper came out, and never asked of the product again. */
export type Paper = {
  readonly sale: string;
  readonly number: string;
  readonly total: number;
  readonly tax: number;
  readonly change: number;
  readonly tenders: readonly { readonly kind: string; readonly amount: number }[];
  readonly lines: readonly {
    readonly line: number;
    readonly variant: string | null;
    readonly units: number;
    readonly amount: number;
  }[];
};

export type Violation = { readonly rule: string; readonly detail: string };

/**
 * The auditor's own small books: from the papers alone it knows what must stand in the shop's books, and compares to the cent.
 * @param papers every receipt that came out
 * @param unprinted sales that may be without one: their mark that it is still to come was lost with a disk
 */
export function audit(books: Books, papers: readonly Paper[], unprinted: ReadonlySet<string> = new Set()): Violation[] {
  return [
    ...everyPaperIsOneSale(books, papers),
    ...everySaleHasItsPaper(books, papers, unprinted),
    ...figuresAddUp(books),
    ...entriesBalance(books),
    ...balancesEqualEntries(books),
    ...stockEqualsMovements(books),
    ...takingsAreInTheLedger(books),
  ];
}

function everyPaperIsOneSale({ sales }: Books, papers: readonly Paper[]): Violation[] {
  const bySale = groupBy(sales, ({ sale }) => sale);
  return papers.flatMap((paper) => {
    const booked = bySale.get(paper.sale) ?? [];
    if (booked.length !== 1)
      return [violation("paper-is-one-sale", `${paper.number} is booked ${booked.length} times`)];
    const wrong = differences(booked[0] as BookedSale, paper);
    return wrong.map((field) => violation("books-as-printed", `${paper.number}: ${field} is not as printed`));
  });
}

function differences(booked: BookedSale, paper: Paper): string[] {
  const fields = ["number", "total", "tax", "change"] as const;
  const wrong: string[] = fields.filter((field) => booked[field] !== paper[field]);
  if (JSON.stringify(booked.tenders.map(plainTender)) !== JSON.stringify(paper.tenders.map(plainTender)))
    wrong.push("tenders");
  if (JSON.stringify(booked.lines.map(plainLine)) !== JSON.stringify(paper.lines.map(plainLine))) wrong.push("lines");
  return wrong;
}

function plainTender({ kind, amount }: Paper["tenders"][number]): unknown {
  return [kind, amount];
}

function plainLine({ line, variant, units, amount }: Paper["lines"][number]): unknown {
  return [line, variant, units, amount];
}

function everySaleHasItsPaper({ sales }: Books, papers: readonly Paper[], unprinted: ReadonlySet<string>): Violation[] {
  const printed = new Set(papers.map(({ sale }) => sale));
  return sales
    .filter(({ sale }) => !printed.has(sale) && !unprinted.has(sale))
    .map(({ number }) => violation("sale-has-paper", `${number} is on no paper`));
}

function figuresAddUp({ sales }: Books): Violation[] {
  return sales.flatMap(({ number, total, change, tenders, lines }) => {
    const linesSum = sumOf(lines, ({ amount }) => amount);
    const taken = sumOf(tenders, ({ amount }) => amount) - change;
    const wrong: Violation[] = [];
    if (linesSum !== total) wrong.push(violation("lines-make-total", `${number}: lines ${linesSum}, total ${total}`));
    if (tenders.some(({ kind }) => kind === "cash") ? Math.abs(taken - total) > 100 : taken !== total) {
      wrong.push(violation("tenders-make-total", `${number}: taken ${taken}, total ${total}`));
    }
    return wrong;
  });
}

function entriesBalance({ entries }: Books): Violation[] {
  const doubled = [...groupBy(entries, ({ source, kind }) => `${source} ${kind}`)].filter(
    ([, same]) => same.length > 1,
  );
  const unbalanced = entries.filter(({ lines }) => {
    const byBranch = groupBy(lines, ({ branch }) => branch);
    return [...byBranch.values()].some((of) => sumOf(of, ({ debit }) => debit) !== sumOf(of, ({ credit }) => credit));
  });
  return [
    ...doubled.map(([key]) => violation("entry-once", `${key} is posted more than once`)),
    ...unbalanced.map(({ source, kind }) => violation("entry-balances", `${kind} of ${source} does not balance`)),
  ];
}

function balancesEqualEntries({ entries, balances }: Books): Violation[] {
  const posted = new Map<string, { debit: number; credit: number }>();
  for (const { account, branch, debit, credit } of entries.flatMap(({ lines }) => lines)) {
    const key = `${branch} ${account}`;
    const sum = posted.get(key) ?? { debit: 0, credit: 0 };
    posted.set(key, { debit: sum.debit + debit, credit: sum.credit + credit });
  }
  const wrong = balances.filter(({ branch, account, debit, credit }) => {
    const sum = posted.get(`${branch} ${account}`) ?? { debit: 0, credit: 0 };
    return sum.debit !== debit || sum.credit !== credit;
  });
  const total = sumOf(balances, ({ debit }) => debit) - sumOf(balances, ({ credit }) => credit);
  const missing = posted.size - balances.length;
  return [
    ...wrong.map(({ account }) =>
      violation("balance-equals-entries", `the balance of ${account} is not the sum of its lines`),
    ),
    ...(missing === 0 ? [] : [violation("balance-equals-entries", `${missing} accounts with lines have no balance`)]),
    ...(total === 0 ? [] : [violation("trial-balance", `the trial balance is off by ${total}`)]),
  ];
}

function stockEqualsMovements({ movements, onHand }: Books): Violation[] {
  const moved = new Map<string, number>();
  for (const { branch, variant, units } of movements)
    moved.set(`${branch} ${variant}`, (moved.get(`${branch} ${variant}`) ?? 0) + units);
  return onHand
    .filter(({ branch, variant, units }) => (moved.get(`${branch} ${variant}`) ?? 0) !== units)
    .map(({ variant, units }) =>
      violation("stock-equals-movements", `${variant}: on hand ${units} is not the sum of its movements`),
    );
}

/** Money in the drawers and with the acquirer is what the sales took in, and nothing else. */
function takingsAreInTheLedger({ sales, entries }: Books): Violation[] {
  const counted = sales.filter(({ training }) => !training);
  const ofSales = new Set(counted.map(({ sale }) => sale));
  const revenue = entries
    .filter(({ kind, source }) => kind === "rev" && ofSales.has(source))
    .flatMap(({ lines }) => lines);
  const inLedger = (account: string): number =>
    sumOf(
      revenue.filter((line) => line.account === account),
      ({ debit, credit }) => debit - credit,
    );
  const cash = sumOf(counted, ({ tenders, change }) => tendered(tenders, "cash") - change);
  const card = sumOf(counted, ({ tenders }) => tendered(tenders, "card"));
  const tax = sumOf(counted, (sale) => sale.tax);
  return [
    ...compare("cash-in-ledger", cash, inLedger("till-cash")),
    ...compare("card-in-ledger", card, inLedger("card-clearing") + inLedger("offline-card-pending")),
    ...compare("tax-in-ledger", tax, -inLedger("output-tax")),
  ];
}

function tendered(tenders: BookedSale["tenders"], kind: string): number {
  return sumOf(
    tenders.filter((tender) => tender.kind === kind),
    ({ amount }) => amount,
  );
}

function compare(rule: string, expected: number, found: number): Violation[] {
  return expected === found ? [] : [violation(rule, `expected ${expected}, the ledger says ${found}`)];
}

function violation(rule: string, detail: string): Violation {
  return { rule, detail };
}

function sumOf<T>(items: Iterable<T>, pick: (item: T) => number): number {
  let total = 0;
  for (const item of items) total += pick(item);
  return total;
}

function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
