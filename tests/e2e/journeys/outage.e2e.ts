import { expectPaperInBooks, openCases, query } from "../support/books.ts";
import { firstPrints } from "../support/paper.ts";
import { expect, test } from "../support/shop.ts";

/** What the demo shop opens with, of everything. */
const PIECES_ON_SHELF = 40;

test("the network is cut in the middle of a sale, and the sale goes through", async ({ shop }) => {
  const line = await shop.line();
  const till = await shop.till({ line });
  await till.sell(["Butter croissant"]);
  await till.expectAllSent();

  await till.scan("Sourdough loaf 750 g", "Cola 0.5 l");
  const cut = line.add({ path: /^\/v1\//, fault: { kind: "cut" } });
  await till.scan("Cola 0.5 l");
  await till.toPayment();
  await till.pay({ cash: "20" });
  await till.expectPaid();
  await till.next();
  await expect(till.light).toContainText("Server unreachable: selling continues");
  await till.sell(["Avocado"], { card: "4711" });
  await expect(till.light).toContainText("2 records stored here");

  cut.remove();
  await shop.settle();
});

test("the server is stopped, the page is loaded again in the middle of a sale, and the sale is seen once when the server is back", async ({
  shop,
}) => {
  const till = await shop.till();
  await till.expectAllSent();
  await till.scan("Salted butter 250 g", "Whole milk 1 l");
  await shop.server.stop();
  await till.reload();
  await till.unlock();
  await expect(till.page.getByTestId("total")).toHaveText("€4.94");
  await till.scan("Whole milk 1 l");
  await till.toPayment();
  await till.pay({ cash: "10" });
  await till.expectPaid();
  await till.next();
  await shop.server.up();
  await shop.settle();

  const [paper] = firstPrints(till);
  expect(paper).toMatchObject({ total: 643, change: 357 });
  await expectPaperInBooks(shop.server.database.ownerUrl, firstPrints(till));
});

test("the browser is killed after the receipt came out, and the till sells on without a network", async ({ shop }) => {
  const till = await shop.till();
  await till.sell(["Butter croissant", "Espresso, to go"]);
  await till.expectAllSent();
  await shop.server.kill();
  await till.scan("Cinnamon bun");
  await till.toPayment();
  await till.pay();
  await till.expectPaid();
  await till.kill();

  await till.switchOn();
  await till.unlock();
  await till.sell(["Bagel, sesame"]);
  expect(firstPrints(till)).toHaveLength(3);
  await shop.server.up();
  await shop.settle();
});

test("the server dies between storing a sale and saying so, and there is one sale", async ({ shop }) => {
  const line = await shop.line();
  const till = await shop.till({ line });
  await till.expectAllSent();
  const lost = line.add({
    path: /^\/v1\/log$/,
    times: 1,
    fault: { kind: "drop-reply", after: () => shop.server.kill() },
  });
  await till.sell(["Wild flower honey 350 g"]);
  await expect.poll(lost.fired).toBe(1);
  await expect.poll(() => shop.server.isUp).toBe(false);
  expect(await query(shop.server.database.ownerUrl, "SELECT 1 FROM sale")).toHaveLength(1);
  await till.sell(["Sea salt, coarse 500 g"]);
  await shop.server.up();
  await shop.settle();
});

test("two tills sell the last piece: both sales stand, and one case says so", async ({ shop }) => {
  const { ownerUrl } = shop.server.database;
  const first = await shop.till({ index: 0 });
  const second = await shop.till({ index: 1 });
  await first.scan("Beeswax candle");
  await first.setQuantity(PIECES_ON_SHELF - 1);
  await first.toPayment();
  await first.pay({ card: "4712" });
  await first.expectPaid();
  await first.next();
  await first.expectAllSent();
  await second.expectAllSent();
  await shop.server.stop();
  await first.sell(["Beeswax candle"]);
  await second.sell(["Beeswax candle"]);
  await shop.server.up();
  await shop.settle();
  const left = await query(
    ownerUrl,
    `SELECT units::int / (10 ^ scale)::int AS pieces FROM stock_balance JOIN variant
    USING (merchant, variant) WHERE name = 'Beeswax candle' ORDER BY units LIMIT 1`,
  );
  expect(left).toEqual([{ pieces: -1 }]);
  expect((await openCases(ownerUrl)).map(({ kind }) => kind)).toEqual(["oversold"]);
});
