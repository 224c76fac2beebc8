import { firstPrints } from "../support/paper.ts";
import { expect, test } from "../support/shop.ts";
import { codeOf, type Till } from "../support/till.ts";

/** Goes on by Tab until what has the focus is called so: whoever has no mouse finds it the same way. */
async function tabTo(till: Till, name: RegExp): Promise<void> {
  const { page } = till;
  for (let steps = 0; steps < 80; steps += 1) {
    const focused = page.locator(":focus");
    const label = (await focused.count()) === 0 ? "" : await focused.evaluate(nameOf);
    if (name.test(label)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`nothing called ${name} takes the focus`);
}

function nameOf(element: Element): string {
  return element.getAttribute("aria-label") ?? element.textContent ?? "";
}

test("a sale is made with the keyboard alone, from the PIN to the next customer", async ({ shop }) => {
  const till = await shop.till();
  const { page } = till;
  await till.reload();
  await expect(page.getByRole("button", { name: "Mia Berger" })).toBeVisible();
  await tabTo(till, /Mia Berger/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("group", { name: "Keypad" })).toBeVisible();
  await page.keyboard.type("1111", { delay: 120 });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("searchbox")).toBeVisible();

  await page.keyboard.press("F2");
  await page.keyboard.type("espresso, to", { delay: 120 });
  await expect(page.getByRole("button", { name: /Espresso, to go/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("total")).toHaveText("€2.30");
  await page.keyboard.press("Escape");
  await page.keyboard.press("+");
  await expect(page.getByTestId("total")).toHaveText("€4.60");
  await page.keyboard.press("F9");
  await expect(page.getByTestId("due")).toHaveText("€4.60");
  await page.keyboard.type("10", { delay: 120 });
  await page.keyboard.press("Enter");
  await till.expectPaid();
  await expect(page.getByRole("button", { name: "Next customer" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("searchbox")).toBeVisible();

  const [paper] = firstPrints(till);
  expect(paper).toMatchObject({ total: 460, change: 540 });
  await shop.settle();
});

test("a sale is made with the scanner alone: goods, and the codes that lie beside the till", async ({ shop }) => {
  const till = await shop.till();
  const { page } = till;
  await till.scan("Espresso, to go", "Espresso, to go", "Whole milk 1 l");
  await till.scanText("HOLDFAST-VOID");
  await expect(page.getByTestId("total")).toHaveText("€4.60");
  await till.scanText("HOLDFAST-PAY");
  await expect(page.getByTestId("due")).toHaveText("€4.60");
  await expect(page.getByRole("group", { name: "Cash, quickly" }).getByRole("button").first()).toBeEnabled();
  await till.scanText("HOLDFAST-CASH");
  await till.expectPaid();
  await expect(page.getByRole("button", { name: "Next customer" })).toBeEnabled();
  await till.scanText("HOLDFAST-PAY");
  await expect(page.getByRole("searchbox")).toBeVisible();
  await till.scanText(codeOf("Whole milk 1 l"));
  await expect(page.getByTestId("total")).toHaveText("€1.49");

  const [paper] = firstPrints(till);
  expect(paper).toMatchObject({ total: 460, change: 0 });
  await shop.settle();
});
