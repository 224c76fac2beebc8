import { priceCart } from "../../cart/price-cart.ts";
import { present } from "../../kernel/assert.ts";
import type { AccountRole } from "../../ledger/account.ts";
import type { JournalEntry } from "../../ledger/journal-entry.ts";
import { amount } from "../../money/amount.ts";
import { breakageOf } from "../../posting/gift-card-posting.ts";
import { postSale, postSaleCosts } from "../../posting/sale-posting.ts";
import { chainHash, type HashedField, type Sha256 } from "../../receipt/hash-chain.ts";
import type { Tender } from "../../tender/tender.ts";
import { card, cash, testCart, testId, testLine, testRules, testSale } from "../build.ts";
import { type Adapters, adapter } from "./adapter.ts";
import { percentToPpm } from "./money.ts";
import { lineOf, taxesOf, type VectorLine } from "./tax.ts";

type Session = {
  readonly event: "pos_session";
  readonly orders: readonly { readonly lines: readonly VectorLine[]; readonly tender: string }[];
};
type SessionCosts = {
  readonly event: "pos_session_cogs";
  readonly sales: number;
  readonly tender: string;
  readonly issues: readonly number[];
};
type OnAccount = { readonly event: "sale_on_account"; readonly net: number; readonly taxes: readonly number[] };
type JournalInput = Session | SessionCosts | OnAccount;
type Expected = { readonly lines: readonly { readonly account: string }[] };

const NAMES: Partial<Record<AccountRole, string>> = {
  "till-cash": "cash",
  "card-clearing": "card_clearing",
  "output-tax": "tax_payable",
  sales: "sales",
  "sales-returns": "sales_returns",
  receivable: "accounts_receivable",
  "cost-of-goods-sold": "cogs",
  inventory: "inventory",
};

/** Adds our entries up by account as the sources do, which post once a session, and shows them in the source's order. */
const journal = adapter<JournalInput, Expected>((input, { lines: wanted }) => {
  const splitsTax = wanted.some(({ account }) => account.startsWith("tax_payable:"));
  const balances = new Map<string, number>();
  for (const line of entriesOf(input).flatMap((entry) => entry?.lines ?? [])) {
    const name = present(NAMES[line.account], `unexpected account ${line.account}`);
    const key = name === "tax_payable" && splitsTax ? `${name}:${line.dimensions.tax}` : name;
    balances.set(key, (balances.get(key) ?? 0) + (line.side === "debit" ? line.amount : -line.amount));
  }
  const shown = [...balances].filter(([, balance]) => balance !== 0);
  const place = ([account]: [string, number]): number => wanted.findIndex((line) => line.account === account);
  shown.sort((a, b) => place(a) - place(b));
  return {
    lines: shown.map(([account, balance]) => ({
      account,
      debit: Math.max(balance, 0),
      credit: Math.max(-balance, 0),
    })),
  };
});

function entriesOf(input: JournalInput): (JournalEntry | null)[] {
  if (input.event === "pos_session") {
    return input.orders.map(({ lines, tender }) => postSale(paidSale(lines, tender)));
  }
  if (input.event === "pos_session_cogs") {
    const line: VectorLine = { qty: "1", unitPrice: String(input.sales / 100), taxes: [] };
    const free: VectorLine = { qty: "1", unitPrice: "0", taxes: [] };
    const sale = paidSale([line, ...input.issues.slice(1).map(() => free)], input.tender);
    return [postSale(sale), postSaleCosts(sale, new Map(input.issues.map((cost, index) => [index + 1, amount(cost)])))];
  }
  const taxes = input.taxes.map((tax, index) => ({
    id: `t${index}`,
    kind: "percent" as const,
    rate: String((tax / input.net) * 100),
    priceIncluded: false,
  }));
  return [postSale(paidSale([{ qty: "1", unitPrice: String(input.net / 100), taxes }], "account"))];
}

function paidSale(lines: readonly VectorLine[], tender: string) {
  const rules = testRules({ taxRounding: "line" });
  const facts = lines
    .map(lineOf)
    .map((line) => testLine({ ...line, kind: line.quantity.units < 0 ? "return" : "sale" }));
  const cart = { ...testCart({ rules, lines: facts }), taxes: taxesOf(lines) };
  return testSale({ ...cart, tenders: [tenderOf(tender, priceCart(cart).totals.total)] });
}

function tenderOf(tender: string, total: number): Tender {
  if (tender === "cash") return cash(total);
  if (tender === "card") return card(total);
  return { kind: "on-account", amount: amount(total), customer: testId(70) };
}

export function booksAdapters(sha256: Sha256): Adapters {
  return {
    journal,
    "giftcard.breakage": adapter<{ redeemed: number; expectedBreakagePercent: string }>((input) => ({
      breakage: breakageOf(amount(input.redeemed), percentToPpm(input.expectedBreakagePercent)),
    })),
    "hash.chain": adapter<{ fields: HashedField[] }>(({ fields }) => ({ hexUpper: chainHash(fields, sha256) })),
  };
}
