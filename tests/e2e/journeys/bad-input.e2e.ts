import { gs1CheckDigit } from "@holdfast/domain/catalog/barcode/check-digit";
import { newCustomer } from "../support/cashier.ts";
import { type ImportedGood, importGoods } from "../support/import-goods.ts";
import { firstPrints } from "../support/paper.ts";
import { expect, test } from "../support/shop.ts";
import type { Till } from "../support/till.ts";

const total = (till: Till) => till.page.getByTestId("total");

/** What the till says of what just happened. */
const said = (till: Till, text: string | RegExp) => expect(till.page.getByText(text).first()).toBeVisible();

test("what nobody can have meant is said in words, and the cart stays as it was", async ({ shop }) => {
  const till = await shop.till();
  const { page } = till;
  await till.scan("Whole milk 1 l");

  await test.step("a code that nothing here has, and one that was misread", async () => {
    await till.scanText("5901234123457");
    await said(till, "Nothing here has the code 5901234123457");
    await till.scanText("5901234123458");
    await said(till, "5901234123458 was misread: scan it again");
  });

  await test.step("a quantity of nothing, and one of a thousand million", async () => {
    const keypad = page.getByRole("group", { name: "Keypad" });
    const quantity = async (digits: string): Promise<void> => {
      for (const digit of digits) await keypad.getByRole("button", { name: digit, exact: true }).click();
      await page.getByRole("button", { name: /^Quantity/ }).click();
    };
    await quantity("0");
    await said(till, "A quantity of nothing: void the line instead");
    await quantity("1000000000");
    await said(till, /^More than .* on one line: was a barcode scanned into the quantity\?/);
  });

  await test.step("a price below nothing, and a discount of more than all", async () => {
    await page.getByRole("button", { name: "Change the price" }).click();
    const price = page.getByRole("dialog", { name: "Another price" });
    await expect(price).toBeVisible();
    await page.keyboard.press("-");
    await said(till, "A price cannot be below nothing");
    await page.keyboard.press("Escape");
    await expect(price).toBeHidden();
    await page.keyboard.press("F8");
    const discount = page.getByRole("dialog", { name: "Discount" });
    await expect(discount).toBeVisible();
    await page.keyboard.type("150%", { delay: 120 });
    await page.keyboard.press("Enter");
    await said(till, "A discount is more than 0 and at most 100 percent");
    await page.keyboard.press("Escape");
    await expect(discount).toBeHidden();
  });

  await expect(total(till)).toHaveText("€1.49");
  await till.toPayment();
  await till.pay();
  await till.expectPaid();
  expect(firstPrints(till)).toMatchObject([{ total: 149 }]);
  await shop.settle();
});

test("whoever guesses a PIN waits longer each time, also after the page is loaded again", async ({ shop }) => {
  const till = await shop.till();
  const { page } = till;
  const tooMany = page.getByText(/^Too many wrong PINs: wait \d+ seconds?$/);
  await till.reload();
  await page.getByRole("button", { name: "Mia Berger" }).click();
  const keypad = page.getByRole("group", { name: "Keypad" });
  for (let guess = 0; guess < 10 && !(await tooMany.isVisible()); guess += 1) {
    for (const digit of "4321") await keypad.getByRole("button", { name: digit, exact: true }).click();
    await page.getByRole("button", { name: "Unlock" }).click();
    await expect(page.getByText("That PIN is not right").or(tooMany)).toBeVisible();
  }
  await expect(tooMany).toBeVisible();
  await till.reload();
  await page.getByRole("button", { name: "Mia Berger" }).click();
  await expect(tooMany).toBeVisible();
  await expect(page.getByRole("button", { name: "Unlock" })).toBeDisabled();
  await expect(tooMany).toBeHidden();
  for (const digit of "1111") await keypad.getByRole("button", { name: digit, exact: true }).click();
  await page.getByRole("button", { name: "Unlock" }).click();
  await expect(page.getByRole("searchbox")).toBeVisible();
});

const LINES = 300;

test("names in any script, and three hundred lines in one cart, come out on paper and in the books", async ({
  shop,
}) => {
  const goods = Array.from({ length: LINES }, (_, index): ImportedGood => {
    const payload = `952${String(index).padStart(9, "0")}`;
    const name = index === 0 ? "Gelato 🍦 עוגת שוקולד" : `Line ${index + 1}`;
    return { sku: `L${index + 1}`, name, price: "1.00", barcode: `${payload}${gs1CheckDigit(payload)}` };
  });
  await importGoods(shop.server, goods);
  const till = await shop.till();
  const { page } = till;
  const [first, ...others] = goods.map(({ barcode }) => barcode);
  await till.scanText(first ?? "");
  await expect(total(till)).toHaveText("€1.00");
  await expect(page.getByText("Gelato 🍦 עוגת שוקולד").first()).toBeVisible();
  await newCustomer(till, "محمد 🎉 O'Neill");
  await said(till, "محمد 🎉 O'Neill");
  for (const barcode of others) await till.scanText(barcode);
  await expect(total(till)).toHaveText("€300.00");
  await till.toPayment();
  await till.pay();
  await till.expectPaid();
  const [paper] = firstPrints(till);
  expect(paper).toMatchObject({ total: 30_000 });
  await shop.settle();
});
