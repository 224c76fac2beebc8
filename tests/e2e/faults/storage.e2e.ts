import { join } from "node:path";
import { terminalListSchema } from "@holdfast/protocol/office/terminals";
import type { CDPSession, Page } from "@playwright/test";
import { signInOffice } from "../../../apps/server/src/testing/office-client.ts";
import { firstPrints } from "../support/paper.ts";
import { Disk } from "../support/power.ts";
import { expect, test } from "../support/shop.ts";
import type { Till } from "../support/till.ts";

async function devtools(page: Page): Promise<CDPSession> {
  return await page.context().newCDPSession(page);
}

const NOT_STORED = "The sale could not be stored. Nothing is lost: try again.";
/** A sale may still fit into the blocks that the browser has; not so many of them. */
const FITTING_MAX = 20;

/** Sells for as long as the disk takes it; then there is a cart that is paid and cannot be stored. */
async function sellUntilRefused(till: Till): Promise<number> {
  const refused = till.page.getByText(NOT_STORED);
  const paid = till.page.getByRole("heading", { name: "Sale complete" });
  for (let sold = 0; sold < FITTING_MAX; sold += 1) {
    await till.scan("Sourdough loaf 750 g", "Avocado");
    await till.toPayment();
    await till.pay();
    await expect(refused.or(paid).first()).toBeVisible();
    if (await refused.isVisible()) return sold;
    await till.expectPaid();
    await till.next();
  }
  throw new Error("the disk was not full");
}

test("the disk is full at the moment of payment: nothing is printed, the cart stays, and once there is room it is one sale", async ({
  shop,
}, testInfo) => {
  const disk = await Disk.plugIn();
  testInfo.skip(disk === null, "a disk can be mounted by root with a loop device only");
  if (disk === null) return;
  try {
    const till = await shop.till({ profile: join(disk.folder, "profile") });
    await till.sell(["Butter croissant"]);
    await disk.fill();
    const sold = 1 + (await sellUntilRefused(till));
    const complete = till.page.getByRole("button", { name: "Complete the sale" });
    await complete.click();
    await expect(complete).toBeEnabled();
    expect(firstPrints(till), "no paper of what is not stored").toHaveLength(sold);
    await disk.makeRoom();
    await complete.click();
    await till.expectPaid();
    await till.next();
    await till.sell(["Cinnamon bun"]);
    expect(new Set(firstPrints(till).map(({ number }) => number)).size).toBe(sold + 2);
    await shop.settle();
    await till.dispose();
  } finally {
    await disk.unplug();
  }
});

test("a window freezes with a cart in it, another one takes over and sells; thawed, the old one cannot", async ({
  shop,
}) => {
  const till = await shop.till();
  await till.sell(["Butter croissant"]);
  await till.scan("Avocado");
  await till.toPayment();
  const frozen = till.page;
  const session = await devtools(frozen);
  await till.open();
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  // The open cart comes along, in the middle of its payment.
  await till.takeOver();
  await till.logIn();
  await till.pay();
  await till.expectPaid();
  await till.next();
  await till.sell(["Cola 0.5 l"]);
  await session.send("Page.setWebLifecycleState", { state: "active" });
  await expect(frozen.getByText("The till is open in another window")).toBeVisible();
  await till.sell(["Cinnamon bun"]);
  expect(new Set(firstPrints(till).map(({ sale }) => sale)).size).toBe(4);
  await shop.settle();
});

test("a browser that promises nothing: the till says so before anybody sells, the back office knows, and both hear of the change", async ({
  shop,
}) => {
  const till = await shop.till();
  const session = await devtools(till.page);
  const answer = (setting: "denied" | "granted") =>
    session.send("Browser.setPermission", { permission: { name: "persistent-storage" }, setting, origin: till.url });
  const office = await signInOffice(shop.server.officeUrl);
  const known = async (): Promise<boolean | null | undefined> =>
    (await office.get("/terminals", terminalListSchema)).terminals.find(({ enrolledAt }) => enrolledAt !== null)
      ?.persisted;
  const warning = till.page.getByTestId("storage-warning");
  const ask = warning.getByRole("button", { name: "Ask the browser again" });
  await answer("denied");
  await till.reload();
  await expect(warning).toContainText("may throw away what is stored here");
  await ask.click();
  await expect(warning).toContainText("The browser said no");
  await expect.poll(known).toBe(false);
  // It warns, and keeps nobody from selling.
  await till.unlock();
  await expect(warning).toBeHidden();
  await till.sell(["Butter croissant"]);
  await till.reload();
  await expect(warning).toBeVisible();
  await answer("granted");
  await ask.click();
  await expect(warning).toBeHidden();
  await expect.poll(known).toBe(true);
  await till.unlock();
  await shop.settle();
});

test("two windows: one sells, the other says so and takes over when a person wants it", async ({ shop }) => {
  const till = await shop.till();
  const first = till.page;
  await till.sell(["Butter croissant"]);
  await till.open();
  await expect(till.page.getByText("The till is open in another window")).toBeVisible();
  await till.takeOver();
  await till.unlock();
  await expect(first.getByText("The till is open in another window")).toBeVisible();
  await till.sell(["Avocado"]);
  await till.page.close();
  // Whoever is left takes over by itself, or when asked.
  await till.open();
  await till.unlock();
  await till.sell(["Cola 0.5 l"]);
  await shop.settle();
});

test("the browser throws everything away while the till is closed: it says so, is set up anew, and no number comes twice", async ({
  shop,
}) => {
  const till = await shop.till();
  await till.sell(["Butter croissant"]);
  await till.sell(["Avocado"]);
  await till.expectAllSent();
  const session = await devtools(await till.browser.newPage());
  await till.page.close();
  await session.send("Storage.clearDataForOrigin", { origin: till.url, storageTypes: "all" });
  await till.open();
  await expect(till.page.getByLabel("Code")).toBeVisible();
  await till.open(`/#enrol=${await shop.newCode()}`);
  await till.unlock();
  await till.sell(["Cola 0.5 l"]);
  const numbers = firstPrints(till).map(({ number }) => number.slice(0, -5));
  expect(new Set(numbers).size).toBe(3);
  await shop.settle();
});
