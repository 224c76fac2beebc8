import { fieldCheckDigit, gs1CheckDigit } from "@holdfast/domain/catalog/barcode/check-digit";
import { DEMO_GOODS } from "../../apps/server/src/seed/demo-goods.ts";
import { openCases, query } from "./support/books.ts";
import {
  anotherPrice,
  chooseCustomer,
  discount,
  done,
  loadCard,
  newCustomer,
  nextCard,
  payOnAccount,
  payStored,
  SPECIAL,
  scanNumbered,
  withoutTax,
} from "./support/cashier.ts";
import { firstPrints, type ReportPaper } from "./support/paper.ts";
import { expect, test } from "./support/shop.ts";
import { codeOf, type Till } from "./support/till.ts";

/*
 * A cashier's whole day with the network unplugged, on one till beside another. Its steps are one story: each stands on what
 * the one before left in the drawer. What each row of docs/offline.md promises is named in a step.
 */

/** Everything here is waited for; on a busy machine a step takes its time. */
test.setTimeout(600_000);

test("a cashier's whole day with the network unplugged, and every figure of it in the books when the line is back", async ({
  shop,
}) => {
  const line = await shop.line();
  const till = await shop.till({ line });
  const other = await shop.till({ index: 1 });
  await till.expectAllSent();
  await other.sell(["Butter croissant", "Butter croissant", "Avocado"], { cash: "20" });
  const [bought] = other.papers;
  if (bought === undefined) throw new Error("the other till sold nothing");

  const cut = line.add({ path: /^\/v1\//, fault: { kind: "cut" } });

  await test.step("cold start: the browser is killed and starts with no network", async () => {
    await till.kill();
    await till.switchOn();
    await till.unlock();
  });

  await test.step("cash with change, card by its slip, a split of both", async () => {
    await till.sell(["Sourdough loaf 750 g"], { cash: "10" });
    await till.sell(["Cola 0.5 l"], { card: "4711" });
    await till.scan("Rye bread, sliced 500 g", "Whole milk 1 l");
    await till.toPayment();
    await till.pay({ card: "4712", amount: "2" });
    await till.pay({ cash: "20" });
    await done(till);
    await till.sell(["Matches, long"]);
  });

  await test.step("discounts, another price, promotions and a coupon, with a manager's PIN beyond the cap", async () => {
    await till.scan("Beeswax candle", "Tote bag, cotton");
    await discount(till, "10%", { line: true });
    await discount(till, "20%", { approved: true });
    await till.toPayment();
    await till.pay({ cash: "20" });
    await done(till);
    await till.scan("AA batteries, 4");
    await anotherPrice(till, "4.50");
    await till.toPayment();
    await till.pay();
    await done(till);
    await till.scan("Cola 0.5 l", "Cola 0.5 l");
    await till.scanText(codeOf("Cola 0.5 l"));
    await till.toPayment();
    await till.pay();
    await done(till);
    await till.sell(["Butter croissant", "Espresso, to go"]);
    await till.scan("Riesling 2024 0.75 l");
    await till.setQuantity(3);
    await till.scanText("WELCOME5");
    await till.toPayment();
    await till.pay({ card: "4713" });
    await done(till);
  });

  await test.step("a line is taken back, a cart set aside and taken up again, another cancelled", async () => {
    await till.scan("Kitchen roll, 3", "Dish soap 500 ml");
    await till.page.keyboard.press("Delete");
    await expect(till.page.getByTestId("total")).toHaveText(/3\.49/);
    await till.page.keyboard.press("F4");
    await expect(till.page.getByTestId("total").filter({ hasText: "3.49" })).toHaveCount(0);
    await till.scan("Lemon, organic");
    await till.page.getByRole("button", { name: "Cancel sale" }).click();
    await till.page.getByRole("button", { name: "Cancel the sale" }).click();
    // Keys are the dialog's as long as it is there.
    await expect(till.page.getByRole("dialog")).toBeHidden();
    await till.page.keyboard.press("F4");
    const aside = till.page.getByRole("dialog", { name: "Carts set aside" });
    await aside.getByRole("listitem").getByRole("button").first().click();
    await till.toPayment();
    await till.pay();
    await done(till);
  });

  await test.step("goods by weight, by a scale's label, as a kit, by serial number and by lot", async () => {
    await till.scanText(codeOf("Bananas, fair trade"));
    await till.page.getByRole("button", { name: "Weigh it" }).click();
    await till.scanText(codeOf("Apples, Gala"));
    const howMuch = till.page.getByRole("dialog", { name: "How much of it?" });
    await expect(howMuch).toBeVisible();
    await till.page.keyboard.type("1.25");
    await till.page.keyboard.press("Enter");
    await expect(howMuch).toBeHidden();
    await till.scanText(labelOf("Vine tomatoes", 480));
    await expect(till.page.getByTestId("total")).toHaveText(/7\.28/);
    await till.toPayment();
    await till.pay({ cash: "10" });
    await done(till);
    await till.scanText(SPECIAL.kit);
    await till.toPayment();
    await till.pay();
    await done(till);
    await scanNumbered(till, "serial", "SN-000471");
    await scanNumbered(till, "lot", "L2650");
    await till.toPayment();
    await till.pay({ card: "4714" });
    await done(till);
  });

  await test.step("customers are found and made; trade prices, an account, a sale without tax", async () => {
    await till.scan("Olive oil, extra virgin 500 ml");
    await chooseCustomer(till, "Morgenrot");
    await expect(till.page.getByTestId("total")).toHaveText(/8\.99/);
    await till.toPayment();
    await payOnAccount(till);
    await done(till);
    await till.scan("Cold brew coffee 0.25 l");
    await newCustomer(till, "Noor Haddad");
    await till.toPayment();
    await till.pay();
    await done(till);
    await till.scan("Craft lager 0.5 l", "Craft lager 0.5 l");
    await till.page.keyboard.press("F3");
    const dialog = till.page.getByRole("dialog", { name: "Customer" });
    await dialog.getByRole("searchbox").fill("Embassy");
    await till.page.keyboard.press("Enter");
    await withoutTax(till, "A-2026-17");
    await till.toPayment();
    await till.pay({ cash: "20" });
    await done(till);
    expect(till.papers.at(-1)?.tax).toBe(0);
  });

  await test.step("gift cards are sold, topped up and spent, and beyond what is sure they are not", async () => {
    await loadCard(till, "gc 5000 0001", "25");
    await till.toPayment();
    await till.pay({ cash: "50" });
    await done(till);
    await loadCard(till, "GC50000001", "10");
    await till.scan("Lemon, organic");
    await till.toPayment();
    await till.pay({ card: "4715" });
    await done(till);
    await till.scan("Tote bag, cotton");
    await till.toPayment();
    await payStored(till, "Gift card", { code: "GC50000001" });
    await done(till);
    await till.scan("Espresso beans, house blend 250 g");
    await till.toPayment();
    await payStored(till, "Gift card", { code: "GC10000001", amount: "5" });
    await till.pay();
    await done(till);
    await till.scan("Hazelnut wafer 75 g");
    await till.toPayment();
    await till.page.getByRole("button", { name: "Gift card", exact: true }).click();
    await till.page.getByLabel("Code of the card").fill("GC99990000");
    await expect(till.page.getByRole("dialog").getByRole("alert")).toBeVisible();
    await till.page.keyboard.press("Escape");
    await till.pay();
    await done(till);
  });

  await test.step("the reader takes a card, and stores one that it cannot ask about", async () => {
    await till.scan("Dark chocolate 70 % 100 g");
    await till.toPayment();
    await till.page.getByRole("button", { name: "Card reader" }).click();
    await done(till);
    await nextCard(till, "No line");
    await till.scan("Fruit gums 200 g");
    await till.toPayment();
    await till.page.getByRole("button", { name: "Card reader" }).click();
    await done(till);
    await nextCard(till, "Approve");
  });

  await test.step("goods of another till come back by the code on its receipt, in an exchange", async () => {
    for (const symbol of other.roll.codes.get(bought.sale) ?? []) await till.scanText(symbol);
    await expect(till.page.getByRole("heading", { name: "Which goods come back?" })).toBeVisible();
    await till.page.getByLabel("How many of Butter croissant").first().fill("1");
    await till.page.getByRole("button", { name: "Does not work" }).click();
    await till.page.getByRole("button", { name: "Into the cart" }).click();
    await expect(till.page.getByRole("searchbox")).toBeVisible();
    await till.scan("Sourdough loaf 750 g");
    await till.toPayment();
    await till.pay();
    await done(till);
  });

  await test.step("a forged code is refused", async () => {
    const [symbol = ""] = other.roll.codes.get(bought.sale) ?? [];
    const forged = symbol.slice(0, -9) + (symbol.at(-9) === "A" ? "B" : "A") + symbol.slice(-8);
    await till.scanText(forged);
    await expect(till.page.getByRole("region", { name: "Which receipt is it?" }).getByRole("alert")).toBeVisible();
    await till.page.keyboard.press("Escape");
  });

  await test.step("the browser is killed a second time, and the shift is open still", async () => {
    await till.kill();
    await till.switchOn();
    await till.unlock();
  });

  await test.step("goods of this till come back, and the money goes out of the drawer", async () => {
    await till.openScreen("Take goods back");
    await till.page.getByLabel("Receipt number").fill(till.papers[0]?.number ?? "");
    await till.page.getByRole("button", { name: "Find" }).click();
    await till.page.getByRole("button", { name: "All of it" }).first().click();
    await till.page.getByRole("button", { name: "Damaged", exact: true }).click();
    await till.page.getByRole("button", { name: "Into the cart" }).click();
    await expect(till.page.getByRole("searchbox")).toBeVisible();
    await till.toPayment();
    await till.page.getByRole("button", { name: /back in cash/ }).click();
    await done(till);
  });

  await test.step("goods without any receipt come back with a manager's PIN, and the store credit is issued for them", async () => {
    await till.takeBlind(["Sparkling water 0.75 l", "Cola 0.5 l"]);
    await till.toPayment();
    await till.page.getByRole("button", { name: "Store credit" }).click();
    const credit = await till.page.getByLabel("Code of the card").inputValue();
    await till.page.getByRole("button", { name: /as store credit/ }).click();
    await done(till);
    await till.scan("Ginger beer 0.33 l");
    await till.toPayment();
    await payStored(till, "Store credit", { code: credit });
    await done(till);
  });

  await test.step("a receipt that no scanner reads is typed with its day, with a manager's PIN", async () => {
    await till.takeBlind(["Avocado"], { receipt: bought.number });
    await till.toPayment();
    await till.page.getByRole("button", { name: /back in cash/ }).click();
    await done(till);
  });

  await test.step("a sale is undone in its own shift, with a manager's PIN", async () => {
    await till.sell(["Cola 0.5 l"], { cash: "5" });
    await till.undoLast("Rung up twice");
    expect(till.papers.at(-1)?.total).toBe(-(till.papers.at(-2)?.total ?? 0));
  });

  await test.step("the drawer is opened without a sale, and cash is paid out: each with a manager's PIN", async () => {
    await till.openScreen("Shift and cash");
    await till.cashAct("Open the drawer", { reason: "Change for the bus", approved: true });
    await till.cashAct("Paid out", { amount: "12.50", reason: "Window cleaner", approved: true });
    await till.cashAct("Paid in", { amount: "5", reason: "Found under the counter" });
  });

  await test.step("an X resets nothing", async () => {
    await till.page.getByRole("button", { name: "X report" }).click();
    await till.page.getByRole("button", { name: "Print", exact: true }).click();
    await expect.poll(() => till.roll.reports.length).toBe(1);
    await till.page.getByRole("button", { name: "Back", exact: true }).click();
  });

  await test.step("the drawer is counted blind, and the Z is printed", async () => {
    await till.page.getByRole("button", { name: "Count and close" }).click();
    await till.page.getByLabel("Pieces of €50.00").fill("2");
    await expect(till.page.getByTestId("counted")).toHaveText("€100.00");
    await till.page.getByRole("button", { name: "This is what is there" }).click();
    await till.page.getByRole("button", { name: "Close and print the Z" }).click();
    await expect.poll(() => till.roll.reports.length).toBe(2);
  });

  await test.step("the line is back: every sale and the Z are in the books to the cent", async () => {
    cut.remove();
    await shop.settle();
    const sales = firstPrints(till);
    expect(sales.length).toBeGreaterThanOrEqual(30);
    expect(new Set(sales.flatMap(({ tenders }) => tenders.map(({ kind }) => kind)))).toEqual(
      new Set(["cash", "card", "gift-card", "store-credit", "on-account"]),
    );
    await expectZInBooks(till, shop.server.database.ownerUrl);
    const unexplained = (await openCases(shop.server.database.ownerUrl)).filter(({ kind }) => kind !== "oversold");
    expect(unexplained, "everything was somebody's right, and adds up").toEqual([]);
  });
});

/** A label as the shop's scale prints it. */
function labelOf(name: string, grams: number): string {
  const sku = String(1001 + DEMO_GOODS.findIndex((good) => good.name === name));
  const weight = String(grams).padStart(5, "0");
  const payload = `28${sku}${fieldCheckDigit(weight)}${weight}`;
  return payload + gs1CheckDigit(payload);
}

/** The Z on paper, the one in the books, and the cash accounts are the same to the cent. */
async function expectZInBooks(till: Till, url: string): Promise<void> {
  const z = till.roll.reports.at(-1);
  if (z === undefined) throw new Error("no Z was printed");
  const reports = await query<{ number: number; expected: number; counted: number; over_short: number; grand: number }>(
    url,
    `SELECT number, expected::float8 AS expected, counted::float8 AS counted, over_short::float8 AS over_short,
            grand_sales::float8 AS grand
     FROM z_report WHERE terminal = $1`,
    [z.opened.terminal],
  );
  const { cash, grandTotals, zNumber } = z;
  expect(reports).toEqual([
    {
      number: zNumber,
      expected: cash.expected,
      counted: cash.counted,
      over_short: cash.overShort,
      grand: grandTotals.sales,
    },
  ]);
  const sold = firstPrints(till);
  const kept = sold.reduce(
    (sum, { tenders, change }) =>
      sum + tenders.reduce((cashSum, { kind, amount }) => (kind === "cash" ? cashSum + amount : cashSum), 0) - change,
    0,
  );
  expect(cash.expected, "float, cash of the sales, paid in and out").toBe(10_000 + kept - 1_250 + 500);
  const total = sold.reduce((sum, paper) => sum + paper.total, 0);
  expect(z.net + z.storedValueSold.amount, "goods and cards of all papers").toBe(total);
  await expectTendersInBooks(z, url);
  const ofShift = "source IN (SELECT sale FROM sale WHERE shift = $1)";
  const [booked] = await query<{ turnover: number; tax: number; cards: number; cash: number }>(
    url,
    `SELECT sum(credit - debit) FILTER (WHERE account IN ('sales', 'sales-returns', 'line-discounts', 'order-discounts', 'output-tax'))::float8 AS turnover,
            sum(credit - debit) FILTER (WHERE account = 'output-tax')::float8 AS tax,
            sum(credit - debit) FILTER (WHERE account = 'gift-card-liability')::float8 AS cards,
            sum(debit - credit) FILTER (WHERE account = 'till-cash')::float8 AS cash
     FROM journal_line WHERE kind = 'rev' AND ${ofShift}`,
    [z.opened.shift],
  );
  const spent = z.byTender.find(({ tender }) => tender === "gift-card")?.amount ?? 0;
  expect(booked).toEqual({
    turnover: z.net,
    tax: z.byRate.reduce((sum, { amount }) => sum + amount, 0),
    cards: z.storedValueSold.amount - spent,
    cash: kept,
  });
}

/** What the Z says was taken by each tender is what the sales of its shift say. */
async function expectTendersInBooks(z: ReportPaper["report"], url: string): Promise<void> {
  const taken = await query<{ tender: string; amount: number }>(
    url,
    `SELECT kind AS tender, (sum(amount) - CASE kind WHEN 'cash' THEN (SELECT sum(change) FROM sale WHERE shift = $1) ELSE 0 END)::float8 AS amount
     FROM sale_tender JOIN sale USING (merchant, sale) WHERE shift = $1 GROUP BY kind ORDER BY kind`,
    [z.opened.shift],
  );
  expect(taken).toEqual(z.byTender.map(({ tender, amount }) => ({ tender, amount })));
}
