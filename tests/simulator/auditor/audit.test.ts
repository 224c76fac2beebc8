import { describe, expect, test } from "vitest";
import { audit, type Paper } from "./audit.ts";
import type { Books } from "./books.ts";

const PAPER: Paper = {
  sale: "sale-1",
  number: "T1-000001-ABCD",
  total: 1200,
  tax: 200,
  change: 800,
  tenders: [{ kind: "cash", amount: 2000 }],
  lines: [{ line: 1, variant: "apple", units: 3, amount: 1200 }],
};

const BOOKS: Books = {
  sales: [{ ...PAPER, training: false }],
  movements: [
    { branch: "A", variant: "apple", units: 10 },
    { branch: "A", variant: "apple", units: -3 },
  ],
  onHand: [{ branch: "A", variant: "apple", units: 7 }],
  entries: [
    {
      source: "sale-1",
      kind: "rev",
      lines: [
        { account: "till-cash", branch: "A", debit: 1200, credit: 0 },
        { account: "sales", branch: "A", debit: 0, credit: 1000 },
        { account: "output-tax", branch: "A", debit: 0, credit: 200 },
      ],
    },
  ],
  balances: [
    { branch: "A", account: "till-cash", debit: 1200, credit: 0 },
    { branch: "A", account: "sales", debit: 0, credit: 1000 },
    { branch: "A", account: "output-tax", debit: 0, credit: 200 },
  ],
  quarantined: [],
};

test("books that say what the papers say are clean", () => {
  expect(audit(BOOKS, [PAPER])).toEqual([]);
});

describe("the auditor sees", () => {
  const [sale] = BOOKS.sales;
  const [entry] = BOOKS.entries;
  if (sale === undefined || entry === undefined) throw new Error("the books have a sale");
  const changed = (change: Partial<Books>): Books => ({ ...BOOKS, ...change });

  test.each<[string, string, Books]>([
    ["a lost sale", "paper-is-one-sale", changed({ sales: [] })],
    ["a doubled sale", "paper-is-one-sale", changed({ sales: [sale, sale] })],
    ["a sale nobody was given", "sale-has-paper", changed({ sales: [sale, { ...sale, sale: "sale-2" }] })],
    ["another total than printed", "books-as-printed", changed({ sales: [{ ...sale, total: 1199 }] })],
    ["another number than printed", "books-as-printed", changed({ sales: [{ ...sale, number: "T1-000002-ABCD" }] })],
    [
      "another tender than printed",
      "books-as-printed",
      changed({ sales: [{ ...sale, tenders: [{ kind: "card", amount: 2000 }] }] }),
    ],
    ["lines that do not make the total", "lines-make-total", changed({ sales: [{ ...sale, lines: [] }] })],
    ["an entry posted twice", "entry-once", changed({ entries: [entry, entry] })],
    ["an unbalanced entry", "entry-balances", changed({ entries: [{ ...entry, lines: entry.lines.slice(1) }] })],
    [
      "a balance that drifted",
      "balance-equals-entries",
      changed({ balances: BOOKS.balances.map((each) => ({ ...each, debit: each.debit + 1 })) }),
    ],
    [
      "stock that drifted",
      "stock-equals-movements",
      changed({ onHand: [{ branch: "A", variant: "apple", units: 8 }] }),
    ],
    ["cash that is not in the ledger", "cash-in-ledger", changed({ sales: [{ ...sale, change: 799 }] })],
  ])("%s", (_, rule, books) => {
    expect(audit(books, [PAPER]).map((violation) => violation.rule)).toContain(rule);
  });
});
