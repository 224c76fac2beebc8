import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "../support/shop.ts";
import { codeOf, type Till } from "../support/till.ts";

/** What the menu leads to. */
const SCREENS = [
  "Shift and cash",
  "Take goods back",
  "Sales of this terminal",
  "Records and sending",
  "Virtual printer",
  "Ready for an outage?",
  "What can I do now?",
  "Settings",
] as const;

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** WCAG 2.2 AA, in both colour schemes. */
async function expectAccessible(till: Till, place: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await till.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const axe = new AxeBuilder({ page: till.page }).setLegacyMode();
    // Nothing but colours is different in the dark.
    const { violations } = await (colorScheme === "light"
      ? axe.withTags(RULES)
      : axe.withRules("color-contrast")
    ).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    expect.soft(found, `${place}, ${colorScheme}`).toEqual([]);
  }
}

test("no screen and no dialog of a day's selling breaks WCAG 2.2 AA, in light or dark colours", async ({ shop }) => {
  const till = await shop.till();
  const { page } = till;
  const dialogBehind = async (button: string, place: string): Promise<void> => {
    await page.getByRole("button", { name: button, exact: true }).first().click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectAccessible(till, place);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  };

  await expectAccessible(till, "selling, nothing in the cart");
  await till.scan("Butter croissant", "Avocado");
  await till.scanText("4006381333930");
  await expectAccessible(till, "selling, and a code that was misread");
  await page.getByRole("searchbox").fill("co");
  await expectAccessible(till, "what a search found");
  await page.getByRole("searchbox").fill("");
  await dialogBehind("Cancel sale", "cancelling the sale");
  await page.keyboard.press("F8");
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(till, "a discount");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await expectAccessible(till, "the keys and the codes for the scanner");
  await page.keyboard.press("Escape");

  await till.toPayment();
  await expectAccessible(till, "paying");
  await page.getByRole("button", { name: "Card", exact: true }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(till, "a card's slip");
  await page.keyboard.press("Escape");
  await till.pay();
  await till.expectPaid();
  await expectAccessible(till, "paid");
  await till.next();

  for (const name of SCREENS) {
    await till.openScreen(name);
    await expectAccessible(till, name);
    await page.keyboard.press("Escape");
  }
  await till.openScreen("Sales of this terminal");
  await page.getByRole("region", { name: "Sales" }).getByRole("button").first().click();
  await expectAccessible(till, "a sale");
  await page.keyboard.press("Escape");
  await till.openScreen("Shift and cash");
  await page.getByRole("button", { name: "Paid out" }).click();
  await expectAccessible(till, "paying out");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Count and close" }).click();
  await expectAccessible(till, "counting blind");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: /lock or switch cashier/ }).click();
  await expectAccessible(till, "a PIN");
  await page.getByRole("button", { name: "Somebody else" }).click();
  await expectAccessible(till, "locked");
});

test("the same holds where it is read from right to left", async ({ shop }) => {
  const till = await shop.till();
  await till.page.evaluate(() => {
    localStorage.setItem("holdfast.settings", JSON.stringify({ language: "ar" }));
  });
  await till.reload();
  await expect(till.page.locator("html")).toHaveAttribute("dir", "rtl");
  await expectAccessible(till, "locked, in Arabic");
  await till.page.getByRole("button", { name: "Mia Berger" }).click();
  await till.page.keyboard.type("1111");
  await till.page.keyboard.press("Enter");
  await expect(till.page.getByRole("searchbox")).toBeVisible();
  await till.scanText(codeOf("Butter croissant"));
  await expect(till.page.getByTestId("total")).not.toBeEmpty();
  await expectAccessible(till, "selling, in Arabic");
  await till.toPayment();
  await expectAccessible(till, "paying, in Arabic");
});
