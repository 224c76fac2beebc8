import { join } from "node:path";
import type { Page } from "@playwright/test";
import { DEMO_OWNER, DEMO_SLUG } from "../../apps/server/src/seed/open-demo.ts";
import { firstPrints } from "./support/paper.ts";
import { expect, test } from "./support/shop.ts";

/** The README's pictures, taken from the real thing: `npm run screenshots`. */
const IMAGES = join(import.meta.dirname, "../../docs/images");

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(IMAGES, `${name}.png`), animations: "disabled", caret: "hide" });
}

test("the till sells, is paid, and sells on without a server; the back office shows what arrived", async ({
  shop,
  browser,
}) => {
  const till = await shop.till();
  await till.scan(
    "Sourdough loaf 750 g",
    "Flat white, to go",
    "Butter croissant",
    "Butter croissant",
    "Craft lager 0.5 l",
  );
  await till.expectAllSent();
  await picture(till.page, "till-selling");
  await till.toPayment();
  await till.pay({ cash: "20" });
  await till.expectPaid();
  await picture(till.page, "till-paid");
  await till.next();
  await till.expectAllSent();

  await shop.server.stop();
  await till.sell(["Espresso, to go", "Cinnamon bun"], { card: "004711" });
  await till.scan("Apple juice, cloudy 1 l", "Bagel, sesame");
  await expect(till.light).toContainText("selling continues");
  await picture(till.page, "till-offline");
  await shop.server.up();
  await shop.settle();

  const context = await browser.newContext({
    viewport: { width: 1366, height: 900 },
    locale: "en-GB",
    timezoneId: "Europe/Vienna",
  });
  const page = await context.newPage();
  const [paper] = firstPrints(till);
  if (paper === undefined) throw new Error("the till printed a receipt");
  await page.goto(`${shop.server.officeUrl}/sales/${paper.sale}`);
  await page.getByLabel("Shop").fill(DEMO_SLUG);
  await page.getByLabel("E-mail").fill(DEMO_OWNER.email);
  await page.getByRole("textbox", { name: "Password" }).fill(DEMO_OWNER.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Balanced").first()).toBeVisible();
  await picture(page, "office-sale");
  await context.close();
});
