import { AxeBuilder } from "@axe-core/playwright";
import { receiptNumberToText } from "@holdfast/domain/sale/receipt-number";
import type { Sale } from "@holdfast/domain/sale/sale";
import { toWire } from "@holdfast/sync/outbox";
import { type Page, expect as patient, test } from "@playwright/test";
import { DEMO_OWNER, DEMO_SLUG } from "../../apps/server/src/seed/open-demo.ts";
import { enrolHeadless, type HeadlessTerminal } from "../../apps/server/src/testing/headless-terminal.ts";
import { sell, shopOf } from "../../apps/server/src/testing/make-sale.ts";
import { ServerProcess } from "./support/server-process.ts";

/** Slow machines may take their time: a wait ends when the thing is there. */
const expect = patient.configure({ timeout: 30_000 });

test.describe.configure({ mode: "serial" });

let server: ServerProcess;
let terminal: HeadlessTerminal;
let page: Page;
let sale: Sale;

test.beforeAll(async ({ browser }) => {
  server = await ServerProcess.start();
  terminal = await enrolHeadless({ baseUrl: server.terminalUrl(0), enrolmentCode: server.enrolmentCode(0) });
  terminal.loop.wake();
  await terminal.settled();
  sale = await sellOne();
  page = await (await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Vienna" })).newPage();
});

test.afterAll(async () => {
  terminal?.loop.stop();
  await page?.context().close();
  await server?.dispose();
});

/** Three loaves and two coffees, now; more of the loaves than there are makes a case. */
async function sellOne(loaves = 3): Promise<Sale> {
  const shop = shopOf(terminal);
  const [bread, coffee] = ["Sourdough loaf", "Espresso, to go"].map((name) => {
    const variant = shop.variants.find((each) => each.name.startsWith(name));
    if (variant === undefined) throw new Error(`the demo shop sells no ${name}`);
    return variant;
  });
  if (bread === undefined || coffee === undefined) throw new Error("both are found");
  const sold = await sell(terminal, {
    shop,
    lines: [
      { variant: bread, units: loaves },
      { variant: coffee, units: 2 },
    ],
  });
  terminal.loop.wake();
  await terminal.settled();
  return sold;
}

async function signIn(password: string): Promise<void> {
  await page.getByLabel("Shop").fill(DEMO_SLUG);
  await page.getByLabel("E-mail").fill(DEMO_OWNER.email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** WCAG 2.2 AA, in both colour schemes. */
async function expectAccessible(): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
      .analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
    expect(found, `${colorScheme} ${page.url()}`).toEqual([]);
  }
}

const heading = (name: string | RegExp) => page.getByRole("heading", { level: 1, name });
const number = (): string => receiptNumberToText(sale.number);

test("a wrong password is refused in words, and the right one lands where one wanted to go", async () => {
  await page.goto(`${server.officeUrl}/products`);
  await expectAccessible();
  await signIn("not-the-password");
  await expect(page.getByRole("alert")).toContainText("Not signed in");
  await expect(page.getByRole("textbox", { name: "Password" })).toHaveValue("");
  await expectAccessible();
  await signIn(DEMO_OWNER.password);
  await expect(heading("Products")).toBeVisible();
  await expect(page).toHaveURL(`${server.officeUrl}/products`);
});

test("a figure on the dashboard leads to the receipts, the books and the signed record behind it", async () => {
  await page.getByRole("link", { name: "Today" }).click();
  await expect(page.getByText("Figures are whole")).toBeVisible();
  await page.getByRole("table", { name: "By branch" }).getByRole("link", { name: "Harbour Street" }).click();
  await page.getByRole("link", { name: number() }).click();
  await expect(heading(`Sale ${number()}`)).toBeVisible();
  const paper = page.getByRole("region", { name: `Receipt ${number()}` });
  await expect(paper).toContainText("€19.30");
  await expect(paper).toContainText("Sourdough loaf 750 g");
  await expect(page.getByText("Balanced")).toHaveCount(2);
  await expect(page.getByText("Verified", { exact: true })).toBeVisible();
  await page.getByText("Show the signed text").click();
  await expect(page.locator("pre")).toContainText(`"event": "${sale.sale}"`);
  await expectAccessible();

  await page.getByRole("link", { name: "Till cash" }).click();
  await expect(heading("1020 Till cash")).toBeVisible();
  await expectAccessible();
  await page.getByRole("link", { name: number() }).click();
  await expect(heading("Journal entries of a document")).toBeVisible();
  await expect(page.getByRole("table", { name: "Revenue" }).getByRole("row", { name: /Sum/ })).toContainText("€19.30");
  await expectAccessible();
  await page.getByRole("link", { name: `Receipt ${number()}` }).click();
  await expect(heading(`Sale ${number()}`)).toBeVisible();
});

test("somebody with the paper in hand finds the sale by its number, with the keyboard alone", async () => {
  await page.goto(`${server.officeUrl}/sales`);
  await expect(page.getByRole("link", { name: number() })).toBeVisible();
  await expectAccessible();
  await page.keyboard.press("/");
  await page.keyboard.type(`${sale.number.series}-${sale.number.number}`);
  await expect(page).toHaveURL(/number=/);
  await page.getByRole("link", { name: number() }).focus();
  await page.keyboard.press("Enter");
  await expect(heading(`Sale ${number()}`)).toBeVisible();
  await page.goto(`${server.officeUrl}/sales?number=T9-99`);
  await expect(page.getByText("No sale fits these filters")).toBeVisible();
});

test("the books balance, and every account leads to its lines", async () => {
  await page.getByRole("link", { name: "Trial balance" }).click();
  await expect(page.getByText("Balanced", { exact: true })).toBeVisible();
  const table = page.getByRole("table", { name: "Trial balance" });
  await expect(table.getByRole("row", { name: /1020/ })).toContainText("19.30");
  await expectAccessible();
});

test("a product that two people edit at once is never overwritten unseen", async () => {
  await page.getByRole("link", { name: "Products" }).click();
  await page.getByLabel("Name, SKU or barcode").fill("sourdough");
  await page.getByRole("link", { name: "Sourdough loaf 750 g" }).click();
  await expect(page.getByRole("table", { name: /^Movements at/ })).toContainText(number());
  await expectAccessible();
  await page.getByRole("button", { name: "Edit" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Price on Shop prices").fill("5,20");
  await expectAccessible();
  await changeElsewhere(page.url().split("/").at(-1) ?? "");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Somebody else changed this product meanwhile");
  await dialog.getByRole("button", { name: "Load it again" }).click();
  await expect(dialog.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("Sourdough loaf, large");
  await dialog.getByLabel("Price on Shop prices").fill("5,20");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(heading("Sourdough loaf, large")).toBeVisible();
  await expect(page.getByText("€5.20")).toBeVisible();
});

/** Another person renames the product in a window of their own. */
async function changeElsewhere(variant: string): Promise<void> {
  const renamed = await page.evaluate(async (id) => {
    const path = `/v1/office/products/${id}`;
    const product = await (await fetch(path)).json();
    const { variant: _variant, onHand: _onHand, ...facts } = product;
    const body = JSON.stringify({ ...facts, name: "Sourdough loaf, large" });
    const headers = { "Holdfast-Office": "1", "content-type": "application/json" };
    return (await fetch(path, { method: "PUT", headers, body })).status;
  }, variant);
  expect(renamed).toBe(200);
}

test("goods sold beyond the stock are a case that a person closes with a note", async () => {
  const oversold = await sellOne(50);
  await page.getByRole("link", { name: "Inbox" }).click();
  await page.getByRole("link", { name: "Sold more than there was" }).click();
  await expect(page.getByRole("link", { name: receiptNumberToText(oversold.number) })).toBeVisible();
  await expectAccessible();
  await page.getByRole("button", { name: "Close case" }).click();
  await expect(page.getByText("Say it in a few words.")).toBeVisible();
  await page.getByLabel("What was done").fill("Counted: a box stood in the cellar.");
  await page.getByRole("button", { name: "Close case" }).click();
  await expect(page.getByText("Counted: a box stood in the cellar.")).toBeVisible();
  await expect(page.getByText(/^Robin Vale,/)).toBeVisible();
  await page.getByRole("link", { name: "Inbox", exact: true }).first().click();
  await expect(page.getByText("Nothing waits for you")).toBeVisible();
  await expectAccessible();
});

test("a new terminal gets a code, and the screen notices the device that typed it", async () => {
  await page.getByRole("link", { name: "Terminals" }).click();
  await expectAccessible();
  await page.getByRole("button", { name: "Add terminal" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("Harbour 3");
  await expectAccessible();
  await dialog.getByRole("button", { name: "Add" }).click();
  await dialog.getByRole("button", { name: "Make code" }).click();
  const code = await dialog
    .getByText(/^[0-9A-F]{6}(-[0-9A-Z]{4}){3}$/)
    .first()
    .textContent();
  await expect(dialog.getByRole("img", { name: "Address of the terminal with its code" })).toBeVisible();
  await expectAccessible();
  const device = await enrolHeadless({ baseUrl: server.terminalUrl(1), enrolmentCode: code ?? "" });
  await expect(dialog.getByText("Enrolled. Harbour 3 can sell now.")).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Revoke Harbour 3" }).click();
  await expectAccessible();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByRole("row", { name: /Harbour 3/ })).toContainText("Revoked");
  device.loop.stop();
});

test("whoever has the file of a terminal brings its records, and none is booked twice", async () => {
  const entries = await terminal.store.entries(terminal.log.stream, 0, 100);
  const text = entries.map((entry) => `${JSON.stringify(toWire(entry))}\n`).join("");
  await page.getByRole("button", { name: "Upload unsent records" }).click();
  const dialog = page.getByRole("dialog");
  await expectAccessible();
  const file = { name: "harbour-1.ndjson", mimeType: "application/x-ndjson", buffer: Buffer.from(text) };
  await page.locator('input[type="file"]').setInputFiles(file);
  await dialog.getByRole("button", { name: "Upload" }).click();
  await expect(dialog.getByText("Records that are here now")).toBeVisible();
  await expect(dialog).toContainText(String(entries.length));
  await dialog.getByRole("button", { name: "Done" }).click();
  await page.getByRole("link", { name: "Sales" }).click();
  await expect(page.getByText("2 sales")).toBeVisible();
});

test("an owner sets the PIN of a cashier, and shifts say what would bring some", async () => {
  await page.getByRole("link", { name: "Staff" }).click();
  await expect(heading("Staff")).toBeVisible();
  await expect(page.getByRole("row", { name: /Mia Berger/ })).toBeVisible();
  await expectAccessible();
  await page.getByRole("button", { name: "Set PIN Mia Berger" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "New PIN" }).fill("12");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("4 to 12 digits.", { exact: true })).toBeVisible();
  await expectAccessible();
  await dialog.getByRole("textbox", { name: "New PIN" }).fill("4711");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toHaveCount(0);
  await page.getByRole("link", { name: "Shifts and cash" }).click();
  await expect(page.getByText("No shift yet")).toBeVisible();
  await expectAccessible();
});

test("a server that is away is said, and everything comes back by itself", async () => {
  await page.getByRole("link", { name: "Today" }).click();
  await expectAccessible();
  await server.kill();
  await page.getByRole("link", { name: "Sales" }).click();
  await expect(page.getByText("The server cannot be reached").first()).toBeVisible();
  await server.up();
  await expect(page.getByText("The server cannot be reached")).toHaveCount(0);
  await expect(page.getByRole("link", { name: number() })).toBeVisible();
});

test("signing out leaves nothing of the shop on the screen", async () => {
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(heading("Sign in to the back office")).toBeVisible();
  await page.goto(`${server.officeUrl}/sales/${sale.sale}`);
  await expect(heading("Sign in to the back office")).toBeVisible();
  await expect(page.getByText(number())).toHaveCount(0);
});
