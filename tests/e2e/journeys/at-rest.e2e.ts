import { WIPE_HEADER } from "@holdfast/protocol/contact";
import { terminalListSchema } from "@holdfast/protocol/office/terminals";
import { signInOffice } from "../../../apps/server/src/testing/office-client.ts";
import { newCustomer } from "../support/cashier.ts";
import { firstPrints } from "../support/paper.ts";
import { textsInProfile } from "../support/profile-files.ts";
import { expect, type Shop, test } from "../support/shop.ts";
import type { Till } from "../support/till.ts";

const CUSTOMER = "Quirina Zwettlhofer";
/** As a person reads it, and as a record has it. */
const GIVEN = ["7361.94", "7,361.94", "736194"] as const;
/** A code that nothing else on a disk looks like. */
const PIN = "73619402";

/** A sale to somebody with a name, paid with a sum that stands nowhere else. */
async function sellToSomebody(till: Till): Promise<void> {
  await newCustomer(till, CUSTOMER);
  await till.sell(["Butter croissant"], { cash: GIVEN[0] });
}

async function tillWithUnsentSale(shop: Shop) {
  const line = await shop.line();
  const till = await shop.till({ line });
  await till.sell(["Butter croissant"]);
  await till.expectAllSent();
  const cut = line.add({ path: /^\/v1\//, fault: { kind: "cut" } });
  await sellToSomebody(till);
  return { line, till, cut };
}

/** Somebody whose PIN no file could hold by chance works in every branch. */
async function hire(shop: Shop): Promise<void> {
  const office = await signInOffice(shop.server.officeUrl);
  const { terminals } = await office.get("/terminals", terminalListSchema);
  const branches = [...new Set(terminals.map(({ branch }) => branch))];
  const staff = crypto.randomUUID();
  const person = { name: "Nadja Quist", role: "cashier", email: null, branches, active: true };
  expect((await office.send("PUT", `/staff/${staff}`, person)).status).toBe(200);
  expect((await office.send("POST", `/staff/${staff}/pin`, { pin: PIN })).status).toBe(200);
}

async function logInAsHired({ page }: Till): Promise<void> {
  await page.getByRole("button", { name: /lock or switch cashier/ }).click();
  await page.getByRole("button", { name: "Somebody else" }).click();
  await page.getByRole("button", { name: "Nadja Quist" }).click();
  await page.keyboard.type(PIN);
  await page.getByRole("button", { name: "Unlock" }).click();
  await expect(page.getByRole("searchbox")).toBeVisible();
}

/** A manager asks in the back office that the shop's first terminal be wiped. */
async function askToWipe(shop: Shop): Promise<string> {
  const office = await signInOffice(shop.server.officeUrl);
  const { terminals } = await office.get("/terminals", terminalListSchema);
  const { terminal = "" } = terminals.find(({ enrolledAt }) => enrolledAt !== null) ?? {};
  expect((await office.send("POST", `/terminals/${terminal}/wipe`)).status).toBe(200);
  return terminal;
}

async function expectWipedInOffice(shop: Shop): Promise<void> {
  const office = await signInOffice(shop.server.officeUrl);
  const { terminals } = await office.get("/terminals", terminalListSchema);
  expect(terminals.filter(({ wipedAt }) => wipedAt !== null)).toHaveLength(1);
}

test("a copied profile shows no customer's name, no amount and no PIN", async ({ shop }) => {
  await hire(shop);
  const till = await shop.till();
  await sellToSomebody(till);
  await till.expectAllSent();
  await logInAsHired(till);
  await till.scan("Avocado");
  await till.waitForKit();
  // What is stored in the clear would be found: otherwise this test says nothing.
  await till.page.evaluate(async () => {
    const opening = indexedDB.open("control", 1);
    const db = await new Promise<IDBDatabase>((resolve) => {
      opening.onupgradeneeded = () => opening.result.createObjectStore("control");
      opening.onsuccess = () => resolve(opening.result);
    });
    const tx = db.transaction("control", "readwrite", { durability: "strict" });
    tx.objectStore("control").put("stored in the clear", 1);
    await new Promise((resolve) => {
      tx.oncomplete = resolve;
    });
  });
  await till.kill();
  const found = await textsInProfile(till.browser.profile, [CUSTOMER, ...GIVEN, PIN, "stored in the clear"]);
  expect([...found]).toEqual(["stored in the clear"]);
});

test("a till is wiped from afar: its unsent sales are in the books, and nothing of the shop is left on it", async ({
  shop,
}) => {
  const { till, cut } = await tillWithUnsentSale(shop);
  await askToWipe(shop);
  cut.remove();
  await expect(till.page.getByText("knows that the device is wiped")).toBeVisible();

  await expectOnlyTheMark(till);
  await shop.inBooks();
  await expectWipedInOffice(shop);
  await till.reload();
  await till.page.getByRole("button", { name: "Set this device up anew" }).click();
  await expect(till.page.getByRole("heading", { name: "Set up this terminal" })).toBeVisible();
});

test("what a wiped till cannot send is sealed to the server, and is in the books once there is a line", async ({
  shop,
}) => {
  const { line, till, cut } = await tillWithUnsentSale(shop);
  // A server that cannot take records just now, and says with its refusal what it says with every answer.
  const refused = line.add({
    path: /^\/v1\/log/,
    fault: { kind: "status", status: 503, headers: { [WIPE_HEADER]: "1" } },
  });
  await askToWipe(shop);
  cut.remove();
  await till.page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(till.page.getByText("sealed to the server's key")).toBeVisible();
  expect(await databasesOf(till)).toEqual([]);

  refused.remove();
  await till.reload();
  await expect(till.page.getByText("knows that the device is wiped")).toBeVisible();
  await shop.inBooks();
  await expectWipedInOffice(shop);
  expect(firstPrints(till)).toHaveLength(2);
});

async function databasesOf(till: Till): Promise<(string | undefined)[]> {
  return await till.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
}

/** Of all that a browser can keep, only the app itself and the word that this device was wiped. */
async function expectOnlyTheMark(till: Till): Promise<void> {
  const left = await till.page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const mirror = await root.getDirectoryHandle("mirror");
    const files: string[] = [];
    for await (const [name] of mirror.entries()) files.push(name);
    return { files, caches: (await caches.keys()).filter((name) => !name.startsWith("holdfast-shell-")) };
  });
  expect({ ...left, databases: await databasesOf(till) }).toEqual({ files: [], caches: [], databases: [] });
}
