import { query } from "./support/books.ts";
import { expect, test } from "./support/shop.ts";
import type { Till } from "./support/till.ts";

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
    await till.expectPaid();
    await till.next();
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
    await till.expectPaid();
    await till.next();
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
    await till.expectPaid();
    await till.next();
  });

  await test.step("goods without any receipt come back with a manager's PIN, and the store credit is issued for them", async () => {
    await till.takeBlind(["Sparkling water 0.75 l", "Cola 0.5 l"]);
    await till.toPayment();
    await till.page.getByRole("button", { name: "Store credit" }).click();
    await till.page.getByRole("button", { name: /as store credit/ }).click();
    await till.expectPaid();
    await till.next();
  });

  await test.step("a receipt that no scanner reads is typed with its day, with a manager's PIN", async () => {
    await till.takeBlind(["Avocado"], { receipt: bought.number });
    await till.toPayment();
    await till.page.getByRole("button", { name: /back in cash/ }).click();
    await till.expectPaid();
    await till.next();
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
    await expectZInBooks(till, shop.server.database.ownerUrl);
  });
});

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
  const sold = till.papers.filter(({ copy }) => !copy);
  const kept = sold.reduce(
    (sum, { tenders, change }) =>
      sum + tenders.reduce((cashSum, { kind, amount }) => (kind === "cash" ? cashSum + amount : cashSum), 0) - change,
    0,
  );
  expect(cash.expected, "float, cash of the sales, paid in and out").toBe(10_000 + kept - 1_250 + 500);
  const opened = sold.reduce((sum, { total }) => sum + total, 0);
  expect(z.net).toBe(opened);
}
