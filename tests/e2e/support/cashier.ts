import { expect, type Page } from "@playwright/test";
import type { Till } from "./till.ts";

/** What a cashier does at the till beyond scanning and taking cash; each as it is done with a finger or the keys. */

/** Goods that the demo shop treats differently, by the code that is scanned for them. */
export const SPECIAL = { kit: "2001", serial: "2002", lot: "2003", giftCard: "2004" } as const;

type Approved = { readonly approved?: boolean };

/** A percentage off the whole sale, or off the line that was rung up last. */
export async function discount(
  till: Till,
  percent: string,
  { approved = false, line = false }: Approved & { readonly line?: boolean } = {},
): Promise<void> {
  const { page } = till;
  await page.keyboard.press("F8");
  const dialog = page.getByRole("dialog", { name: "Discount" });
  if (!line) await dialog.getByText("The whole sale").click();
  await dialog.getByRole("button", { name: percent, exact: true }).click();
  if (approved) await till.approve();
  await expect(dialog).toBeHidden();
}

/** Another price for the line that was rung up last. */
export async function anotherPrice(till: Till, price: string): Promise<void> {
  const { page } = till;
  await page.getByRole("button", { name: "Change the price" }).click();
  const dialog = page.getByRole("dialog", { name: "Another price" });
  await press(dialog.getByRole("group", { name: "Keypad" }), price);
  await dialog.getByRole("button", { name: "Set the price" }).click();
  await till.approve();
  await expect(dialog).toBeHidden();
}

async function press(keypad: ReturnType<Page["getByRole"]>, figure: string): Promise<void> {
  for (const key of figure)
    await keypad.getByRole("button", { name: key === "." ? "Decimal point" : key, exact: true }).click();
}

export async function chooseCustomer(till: Till, name: string): Promise<void> {
  const { page } = till;
  await page.keyboard.press("F3");
  const dialog = page.getByRole("dialog", { name: "Customer" });
  await dialog.getByRole("searchbox").fill(name);
  await dialog.getByRole("list", { name: "Customers" }).getByRole("button").first().click();
  await expect(dialog).toBeHidden();
}

export async function newCustomer(till: Till, name: string): Promise<void> {
  const { page } = till;
  await page.keyboard.press("F3");
  await page.getByRole("dialog", { name: "Customer" }).getByRole("button", { name: "New customer" }).click();
  const dialog = page.getByRole("dialog", { name: "New customer" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Save and use" }).click();
  await expect(dialog).toBeHidden();
}

/** The tax comes off this sale, by the paper that is shown. */
export async function withoutTax(till: Till, certificate: string): Promise<void> {
  const dialog = till.page.getByRole("dialog", { name: /^Without tax/ });
  await dialog.getByLabel("Number of the certificate").fill(certificate);
  await dialog.getByRole("button", { name: "Take the tax off" }).click();
  await till.approve();
  await expect(dialog).toBeHidden();
}

/** A gift card is sold, or topped up. */
export async function loadCard(till: Till, code: string, amount: string): Promise<void> {
  const { page } = till;
  await till.scanText(SPECIAL.giftCard);
  const dialog = page.getByRole("dialog", { name: "Gift card" });
  await dialog.getByLabel("Code of the card").fill(code);
  await dialog.getByLabel("Put on it").fill(amount);
  await dialog.getByRole("button", { name: "Add to the cart" }).click();
  await expect(dialog).toBeHidden();
}

/** Goods with a number of their own. */
export async function scanNumbered(till: Till, kind: "serial" | "lot", number: string): Promise<void> {
  const { page } = till;
  await till.scanText(SPECIAL[kind]);
  const dialog = page.getByRole("dialog", { name: kind === "serial" ? "Which piece is it?" : "Which batch is it of?" });
  await dialog.getByRole("textbox").fill(number);
  await dialog.getByRole("button", { name: "Add to the cart" }).click();
  await expect(dialog).toBeHidden();
}

/** Pays with what a card or a credit is good for, all that is due if not said. */
export async function payStored(
  till: Till,
  kind: "Gift card" | "Store credit",
  { code, amount }: { readonly code: string; readonly amount?: string },
): Promise<void> {
  const { page } = till;
  if (amount !== undefined) await page.keyboard.type(amount);
  await page.getByRole("button", { name: kind, exact: true }).click();
  const dialog = page.getByRole("dialog", { name: kind });
  await dialog.getByLabel("Code of the card").fill(code);
  await dialog.getByRole("button", { name: /^Take/ }).click();
  await expect(dialog).toBeHidden();
}

export async function payOnAccount(till: Till): Promise<void> {
  await till.page.getByRole("button", { name: "On account" }).click();
  await till.approve();
}

/** What the simulated reader's next card does. */
export async function nextCard(till: Till, behaviour: "Approve" | "No line"): Promise<void> {
  await till.openScreen("Virtual printer");
  await till.page
    .getByRole("group", { name: "Next card" })
    .getByRole("button", { name: behaviour, exact: true })
    .click();
  await till.page.keyboard.press("Escape");
  await expect(till.page.getByRole("searchbox", { name: "Search products" })).toBeVisible();
}

/** The sale is complete, its paper out, and the next customer's turn. */
export async function done(till: Till): Promise<void> {
  await till.expectPaid();
  await till.next();
}
