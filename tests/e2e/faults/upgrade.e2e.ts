import { query } from "../support/books.ts";
import { makeOlderBuild } from "../support/older-build.ts";
import { expect, type Shop, test } from "../support/shop.ts";
import type { Till } from "../support/till.ts";

/** A till looks for a safe moment every five seconds; this is one look more. */
const ONE_LOOK_MS = 5_500;
const MINUTE_MS = 61_000;
const LOGIN_PAGE = "<!doctype html><title>Welcome</title><h1>Sign in to the hotel's network</h1>";

async function buildOf(shop: Shop): Promise<string | undefined> {
  const rows = await query<{ build: string }>(
    shop.server.database.ownerUrl,
    "SELECT build FROM terminal WHERE last_seen_at IS NOT NULL ORDER BY last_seen_at DESC LIMIT 1",
  );
  return rows[0]?.build;
}

/** The browser says that the network is back: the till looks for a newer build. */
async function lookForUpdate(till: Till): Promise<void> {
  await till.page.evaluate(() => void window.dispatchEvent(new Event("online")));
}

type Workers = { readonly isInstalling: boolean; readonly isWaiting: boolean };

async function workers(till: Till): Promise<Workers> {
  return await till.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    return { isInstalling: registration?.installing != null, isWaiting: registration?.waiting != null };
  });
}

/** Nobody touches the till for a minute, as far as its clock tells. */
async function letMinutePass(till: Till): Promise<void> {
  await till.page.evaluate((ms) => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + ms;
  }, MINUTE_MS);
}

async function lookHasPassed(till: Till): Promise<void> {
  const began = Date.now();
  await expect
    .poll(() => Date.now() - began, { message: "the till looked for a safe moment" })
    .toBeGreaterThan(ONE_LOOK_MS);
  await expect(till.page.locator("html[data-same-page]")).toHaveCount(1);
}

test("an open till of an older build sells through an upgrade, updates when nobody is at it, and starts without a network", async ({
  shop,
}) => {
  const older = await makeOlderBuild();
  try {
    await shop.server.releaseSite(older.folder);
    const line = await shop.line();
    const till = await shop.till({ line });
    await till.sell(["Butter croissant"]);
    await till.expectAllSent();
    await expect.poll(() => buildOf(shop)).toBe(older.build);
    await till.page.evaluate(() => document.documentElement.setAttribute("data-same-page", ""));

    await till.scan("Avocado");
    await shop.server.releaseSite(null);
    // A worker that is none, and a login page in place of the app's: the till goes on with what it has.
    const noWorker = line.add({ path: /^\/sw\.js/, times: 1, fault: { kind: "portal", body: LOGIN_PAGE } });
    await lookForUpdate(till);
    await expect.poll(noWorker.fired).toBe(1);
    const login = line.add({ path: /^\/index\.html/, fault: { kind: "portal", body: LOGIN_PAGE } });
    await lookForUpdate(till);
    await expect.poll(login.fired).toBeGreaterThan(0);
    await expect.poll(() => workers(till)).toEqual({ isInstalling: false, isWaiting: false });
    login.remove();
    await lookForUpdate(till);
    await expect.poll(() => workers(till)).toEqual({ isInstalling: false, isWaiting: true });

    // There is a cart, and a minute has passed: nobody takes it away. Its build's own parts are still there to pay with.
    await letMinutePass(till);
    await lookHasPassed(till);
    await till.scan("Cola 0.5 l");
    await till.toPayment();
    await letMinutePass(till);
    await lookHasPassed(till);
    await till.pay();
    await till.expectPaid();
    await till.next();
    await till.expectAllSent();
    expect(await buildOf(shop)).toBe(older.build);

    await letMinutePass(till);
    await expect(till.page.locator("html[data-same-page]")).toHaveCount(0);
    await till.unlock();
    await till.sell(["Bagel, sesame"]);
    await till.expectAllSent();
    await expect.poll(() => buildOf(shop)).not.toBe(older.build);
    const shells = till.page.evaluate(
      async () => (await caches.keys()).filter((name) => name.includes("shell")).length,
    );
    expect(await shells, "the build before is kept until this one has started again").toBe(2);

    await shop.server.stop();
    await till.reload();
    await till.unlock();
    await till.sell(["Cinnamon bun"]);
    await shop.server.up();
    await shop.settle();
  } finally {
    await older.remove();
  }
});
