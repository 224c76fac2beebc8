import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { addReturnLines } from "../cart/add-returns.ts";
import { priceCart } from "../cart/price-cart.ts";
import { present } from "../kernel/assert.ts";
import { DEFAULT_CHART } from "../ledger/chart.ts";
import type { JournalEntry } from "../ledger/journal-entry.ts";
import { amount } from "../money/amount.ts";
import { currencyCode } from "../money/currency.ts";
import { postVoid } from "../sale/post-void.ts";
import { returnLines } from "../sale/return-lines.ts";
import type { Sale } from "../sale/sale.ts";
import { deliver, EMPTY_POOL, issue, receive } from "../stock/valuation.ts";
import type { TaxId } from "../tax/tax.ts";
import {
  accepted,
  card,
  cash,
  fixedTax,
  percentTax,
  price,
  quantity,
  TEST_BRANCH,
  TEST_CASHIER,
  TEST_DAY,
  TEST_NOW,
  TEST_TERMINAL,
  testCart,
  testCircumstances,
  testId,
  testLine,
  testRules,
  testSale,
} from "../testing/build.ts";
import type { CashMoved, ShiftClosed, ShiftOpened } from "../till/shift-events.ts";
import { NO_GRAND_TOTALS } from "../till/till.ts";
import { breakageOf, postBreakage } from "./gift-card-posting.ts";
import { postSale, postSaleCosts } from "./sale-posting.ts";
import { postAccountPayment, postCashMovement, postFloat, postShiftClosing } from "./shift-posting.ts";
import { postDelivery, postOversellCorrections, postStockCount, postWriteOff } from "./stock-posting.ts";
import { postCardAnswer } from "./tender-posting.ts";

/*
 * The worked entries of the accounting design, from the events that cause them: same accounts, same sides, same amounts.
 */
type Template = {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly { readonly side: string; readonly account: string; readonly amountMinor: number }[];
};

const templates = (
  JSON.parse(readFileSync(new URL("../../vectors/journals.json", import.meta.url), "utf8")) as { entries: Template[] }
).entries;

const HAPPENING = {
  branch: TEST_BRANCH,
  postingDay: TEST_DAY,
  occurredAt: TEST_NOW,
  currency: currencyCode("EUR"),
};

const OPENED: ShiftOpened = {
  kind: "shift-opened",
  shift: testId(904),
  till: testId(905),
  branch: TEST_BRANCH,
  terminal: TEST_TERMINAL,
  businessDay: TEST_DAY,
  currency: currencyCode("EUR"),
  float: amount(10_000),
  carried: amount(0),
  by: TEST_CASHIER.staff,
  at: TEST_NOW,
};

const BELONGING = {
  shift: OPENED.shift,
  place: {
    till: OPENED.till,
    branch: OPENED.branch,
    terminal: OPENED.terminal,
    businessDay: OPENED.businessDay,
    currency: OPENED.currency,
  },
};

const CLOSED: ShiftClosed = {
  kind: "shift-closed",
  ...BELONGING,
  zNumber: 1,
  expected: amount(51_200),
  counted: amount(50_950),
  overShort: amount(-250),
  left: amount(10_000),
  dropped: amount(40_950),
  grandTotals: NO_GRAND_TOTALS,
  automatic: false,
  by: TEST_CASHIER.staff,
  at: TEST_NOW,
};

const VAT_20 = percentTax("vat", "20");

/** Twelve for one piece, paid as said. */
function soldFor12(tenders: Sale["tenders"]): Sale {
  return testSale(testCart({ tenders }));
}

function moved(
  kind: CashMoved["movementKind"],
  minorUnits: number,
  more: Partial<CashMoved> = {},
): JournalEntry | null {
  return postCashMovement({
    kind: "cash-moved",
    movement: testId(31),
    ...BELONGING,
    movementKind: kind,
    amount: amount(minorUnits),
    reason: "stamps",
    by: TEST_CASHIER.staff,
    at: TEST_NOW,
    ...more,
  });
}

/** The goods of `sale` come back, beside what else is sold. */
function returned(sale: Sale, tenders: Sale["tenders"], others: Parameters<typeof testLine>[0][] = []): Sale {
  const request = { line: 1, quantity: quantity("1"), reason: "did not fit", restock: true };
  const made = returnLines(sale, [request], { returned: new Map(), known: "own" });
  const cart = testCart({ sale: testId(2), lines: others.map((line) => testLine(line)) });
  return testSale({ ...accepted(addReturnLines(cart, accepted(made))), tenders });
}

function sold(
  lines: Parameters<typeof testLine>[0][],
  more: Parameters<typeof testCart>[0] = {},
  taxes = [VAT_20],
): Sale {
  return testSale(
    testCart({ ...more, lines: lines.map((line, index) => testLine({ line: index + 1, ...line })) }, taxes),
  );
}

const US_TAXES = [
  percentTax("state", "4", { included: false, jurisdiction: "state" }),
  percentTax("county", "4.5", { included: false, jurisdiction: "county" }),
  percentTax("city", "0.375", { included: false, jurisdiction: "city" }),
];

const WHOLE_COINS = testRules({ cashRounding: { increment: 5, method: "half-up", changeMethod: "half-down" } });

const EVENTS: Readonly<Record<string, () => readonly (JournalEntry | null)[]>> = {
  E01: () => [postSale(soldFor12([cash(2000)]))],
  E02: () => [postSale(soldFor12([card(1200)]))],
  E03a: () => [postSale(soldFor12([card(1200, "stored-offline")]))],
  E03b: () => [cardAnswer("authorised")],
  E04: () => [postSale(soldFor12([cash(500), card(700)]))],
  E05: () => [postSale(sold([{ unitPrice: price("10.00"), taxes: US_TAXES.map((tax) => tax.tax) }], {}, US_TAXES))],
  E06: () => [postSale(sold([{ discounts: [{ kind: "percent", percentPpm: 100_000, reason: "loyal" }] }]))],
  E07: () => [
    postSale(
      sold(
        [{}, { unitPrice: price("11.00"), taxes: ["reduced" as TaxId] }],
        { orderDiscounts: [{ kind: "amount", amount: amount(300), reason: "anniversary" }] },
        [VAT_20, percentTax("reduced", "10")],
      ),
    ),
  ],
  E08: () => [postSale(returned(testSale(), [cash(-1200)]))],
  E09: () => [postSale(returned(testSale(), [card(-1200)]))],
  E10: () => [postSale(returned(testSale(), [{ kind: "store-credit", amount: amount(-1200), credit: "C1" }]))],
  E11: () => [postSale(returned(testSale(), [cash(600)], [{ unitPrice: price("18.00") }]))],
  E12: () => [postSale(sold([{ giftCard: "G1", unitPrice: price("50.00"), taxes: [], stockQuantity: null }]))],
  E13: () => [postSale(sold([{ giftCard: "G1", unitPrice: price("60.00"), stockQuantity: null }]))],
  E14: () => [postSale(soldFor12([{ kind: "gift-card", amount: amount(1200), card: "G1" }]))],
  E15: () => [
    postBreakage(
      { period: testId(40), programme: "cards", amount: breakageOf(amount(5000), 200_000), to: "income" },
      HAPPENING,
    ),
  ],
  E16: () => [postSale(soldFor12([{ kind: "store-credit", amount: amount(1200), credit: "C1" }]))],
  E17: () => [postSale(soldFor12([{ kind: "on-account", amount: amount(1200), customer: testId(70) }]))],
  E18: () => [
    postAccountPayment({
      kind: "account-paid",
      payment: testId(32),
      ...BELONGING,
      customer: testId(70),
      amount: amount(1200),
      tenders: [cash(2000)],
      change: amount(800),
      cashRounding: amount(0),
      by: TEST_CASHIER.staff,
      at: TEST_NOW,
    }),
  ],
  E24: () => [postSale(sold([{ unitPrice: price("11.98") }], { rules: WHOLE_COINS }))],
  E25: () => [postSale(sold([{ unitPrice: price("12.02") }], { rules: WHOLE_COINS }))],
  E26: () => [postFloat(OPENED)],
  E27: () => [moved("paid-in", 5000)],
  E28: () => [moved("paid-out", 1000, { tax: { tax: "vat" as TaxId, amount: amount(167) } })],
  E29: () => [postShiftClosing(CLOSED).overShort],
  E30: () => [postShiftClosing(CLOSED).drop],
  E33: () => [cardAnswer("declined")],
  E36: () => [postSaleCosts(testSale(), new Map([[1, amount(600)]]))],
  E37: () => [postSaleCosts(returned(testSale(), [cash(-1200)]), new Map([[1, amount(600)]]))],
  E38: () => [postDelivery({ delivery: testId(50), lines: [{ category: "goods", cost: amount(6000) }] }, HAPPENING)],
  E44: () => [stockCount(issue(receive(EMPTY_POOL, 10, amount(6000)), 2).cost)],
  E45: () => [stockCount(amount(-600))],
  E46: () => [postWriteOff({ writeOff: testId(52), reason: "damaged", cost: amount(600) }, HAPPENING)],
  E48a: () => [postSaleCosts(testSale(), new Map([[1, issue(LAST_AT_6, 2, "sale").cost]]))],
  E48b: () => oversoldDelivery(),
  E52: () => [postSale(undone(soldFor12([cash(2000)])))],
};

const NOT_BUILT: Readonly<Record<string, string>> = {
  E19: "layaway",
  E20: "layaway",
  E21: "layaway",
  E22: "tips",
  E23: "tips",
  E31: "bank deposits",
  E32: "card settlement",
  E34: "bad debt",
  E35: "chargebacks",
  E39: "supplier invoices",
  E40: "supplier invoices",
  E41: "supplier payments",
  E42: "supplier credit notes",
  E43a: "transfers",
  E43b: "transfers",
  E47: "own use",
  E49: "loyalty",
  E50: "container deposits",
  E51: "tax settlement",
};

const LAST_AT_6 = { ...EMPTY_POOL, fallback: { value: amount(600), units: 1 } };

function cardAnswer(kind: "authorised" | "declined"): JournalEntry | null {
  const of = { attempt: testId(800), sale: testId(1), amount: amount(1200), terminal: TEST_TERMINAL };
  return postCardAnswer({ ...of, kind, acquirer: "standalone" }, HAPPENING);
}

function stockCount(missing: ReturnType<typeof amount>): JournalEntry | null {
  return postStockCount({ count: testId(51), line: 1, category: "goods", missing }, HAPPENING);
}

function oversoldDelivery(): (JournalEntry | null)[] {
  const short = issue(LAST_AT_6, 2, "sale").pool;
  const { corrections } = deliver(short, 5, amount(3500));
  const document = testId(53);
  return [
    postDelivery({ delivery: document, lines: [{ category: "goods", cost: amount(3500) }] }, HAPPENING),
    postOversellCorrections({ document, line: 1, category: "goods", corrections }, HAPPENING),
  ];
}

function undone(sale: Sale): Sale {
  const act = testCircumstances({ number: { ...sale.number, number: 2 } });
  const reason = "wrong customer";
  return accepted(postVoid(sale, { ...act, sale: testId(3), startedAt: TEST_NOW, reason, later: [] }));
}

const codeByRole = new Map(DEFAULT_CHART.map(({ role, code }) => [role, code]));

/** Taxes line by line, any other account as one sum a side: what else tells our lines apart is no matter of the template. */
function shown(entries: readonly (JournalEntry | null)[]): string[] {
  const sums = new Map<string, number>();
  const taxes: string[] = [];
  for (const line of entries.flatMap((entry) => present(entry, "there is an entry").lines)) {
    const place = `${line.side} ${codeByRole.get(line.account)}`;
    if (line.account === "output-tax") taxes.push(`${place} ${line.amount}`);
    else sums.set(place, (sums.get(place) ?? 0) + line.amount);
  }
  return [...taxes, ...[...sums].map(([place, sum]) => `${place} ${sum}`)].sort();
}

let built = 0;
afterAll(() => {
  const left = Object.entries(NOT_BUILT).map(([id, what]) => `${id} ${what}`);
  console.log(`journal templates: ${built} posted, ${left.length} not built yet (${left.join(", ")})`);
});

describe("the worked entries", () => {
  test.each(templates)("$id $title", ({ id, lines }) => {
    const event = EVENTS[id];
    if (event === undefined) {
      expect(Object.keys(NOT_BUILT), "a template that nothing posts says why").toContain(id);
      return;
    }
    built += 1;
    const wanted = lines.map((line) => `${line.side} ${line.account} ${line.amountMinor}`);
    expect(shown(event())).toEqual(wanted.sort());
  });

  test("all 55 of them are there, and the chart has every account they use", () => {
    expect(templates).toHaveLength(55);
    const codes = new Set(DEFAULT_CHART.map((account) => account.code));
    expect(templates.flatMap(({ lines }) => lines).filter((line) => !codes.has(line.account))).toEqual([]);
  });
});

test("fees per piece are booked beside percentages, one line for each tax", () => {
  const taxes = [VAT_20, fixedTax("bottle", "0.25", { jurisdiction: "eco" })];
  const entry = postSale(sold([{ taxes: ["vat" as TaxId, "bottle" as TaxId] }], {}, taxes));
  expect(shown([entry])).toEqual(["credit 2100 200", "credit 2100 25", "credit 4000 1000", "debit 1020 1225"]);
});

test("an entry's tax lines sum to the sale's taxes", () => {
  const sale = sold([{}, { unitPrice: price("3.33") }]);
  const taxLines = present(postSale(sale), "posted").lines.filter((line) => line.account === "output-tax");
  expect(taxLines.reduce((sum, line) => sum + line.amount, 0)).toBe(
    priceCart(testCart({ lines: sale.lines })).totals.tax,
  );
});
