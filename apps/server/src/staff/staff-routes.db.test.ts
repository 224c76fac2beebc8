import type { BranchId } from "@holdfast/domain/party/merchant";
import { type OfficeStaff, type SaveStaffRequest, staffListSchema } from "@holdfast/protocol/office/staff";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../testing/entry-maker.ts";
import { enrolHeadless, type HeadlessTerminal } from "../testing/headless-terminal.ts";
import { type OfficeClient, OWNER, officeClient, signInOffice } from "../testing/office-client.ts";
import { hire, openOtherShop } from "../testing/office-people.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let officeUrl: string;
let office: OfficeClient;
let manager: OfficeClient;
let terminal: HeadlessTerminal;

beforeAll(async () => {
  server = await startTestServer();
  officeUrl = `http://127.0.0.1:${server.ports[0]}`;
  office = await signInOffice(officeUrl);
  const as = await hire(server.context, server.merchant, { slug: "demo", role: "manager", email: "m@demo.example" });
  manager = await signInOffice(officeUrl, as);
  terminal = await enrolHeadless({ baseUrl: server.baseUrl, enrolmentCode: await server.codeFor(0) });
  terminal.loop.wake();
  await terminal.settled();
});

afterAll(async () => {
  terminal?.loop.stop();
  await server?.stop();
});

async function everybody(): Promise<OfficeStaff[]> {
  return (await office.get("/staff", staffListSchema)).staff;
}

async function named(name: string): Promise<OfficeStaff> {
  const found = (await everybody()).find((each) => each.name === name);
  if (found === undefined) throw new Error(`nobody is called ${name}`);
  return found;
}

function requestOf(change: Partial<SaveStaffRequest> = {}): SaveStaffRequest {
  const branches = [terminal.identity.branch as BranchId];
  return { name: "Lena Fuchs", role: "cashier", email: null, branches, active: true, ...change };
}

/** What the till knows of a person, once its copy is complete again. */
function atTheTill(staff: string): unknown {
  return terminal.replica.get(`s:${terminal.identity.branch}`, "staff", staff as never)?.body;
}

test("a person who is added, changed and gone is so at the till a moment later", async () => {
  const staff = newId();
  expect((await office.send("PUT", `/staff/${staff}`, requestOf())).status).toBe(200);
  expect(await named("Lena Fuchs")).toMatchObject({ hasPin: false, hasPassword: false, deactivatedAt: null });
  await expect.poll(() => atTheTill(staff), { timeout: 20_000 }).toMatchObject({ name: "Lena Fuchs", pin: null });

  expect((await office.send("POST", `/staff/${staff}/pin`, { pin: "4711" })).status).toBe(200);
  await expect.poll(() => atTheTill(staff), { timeout: 20_000 }).toMatchObject({ pin: { memoryKib: 19_456 } });
  expect(JSON.stringify(await everybody())).not.toContain("4711");

  await office.send("PUT", `/staff/${staff}`, requestOf({ role: "supervisor" }));
  await expect.poll(() => atTheTill(staff), { timeout: 20_000 }).toMatchObject({ role: "supervisor" });

  await office.send("PUT", `/staff/${staff}`, requestOf({ active: false }));
  await expect.poll(() => atTheTill(staff), { timeout: 20_000 }).toBeUndefined();
  expect((await named("Lena Fuchs")).deactivatedAt).not.toBeNull();
});

test("a manager sets the PIN of those below and their own, and of nobody else", async () => {
  const [cashier, owner, self] = [await named("Mia Berger"), await named("Robin Vale"), await named("The manager")];
  const pin = { pin: "8520" };
  expect((await manager.send("POST", `/staff/${cashier.staff}/pin`, pin)).status).toBe(200);
  expect((await manager.send("POST", `/staff/${self.staff}/pin`, pin)).status).toBe(200);
  expect((await manager.send("POST", `/staff/${owner.staff}/pin`, pin)).status).toBe(403);
});

test("the last owner who can sign in stays one", async () => {
  const owner = await named("Robin Vale");
  const change = { name: owner.name, email: owner.email, branches: owner.branches };
  for (const loss of [{ role: "manager" }, { active: false }, { email: null }] as const) {
    const body = requestOf({ ...change, role: "owner", ...loss });
    expect((await office.send("PUT", `/staff/${owner.staff}`, body)).status, JSON.stringify(loss)).toBe(409);
  }
  expect(await named("Robin Vale")).toEqual(owner);
});

test("a new password ends the sessions of the old one", async () => {
  const staff = newId();
  const email = "kim@demo.example";
  await office.send("PUT", `/staff/${staff}`, requestOf({ name: "Kim", role: "owner", email }));
  await office.send("POST", `/staff/${staff}/password`, { password: "first long password" });
  const kim = await signInOffice(officeUrl, { ...OWNER, email, password: "first long password" });
  expect((await kim.send("GET", "/staff")).status).toBe(200);
  await office.send("POST", `/staff/${staff}/password`, { password: "second long password" });
  expect((await kim.send("GET", "/staff")).status).toBe(401);
  const again = { ...OWNER, email, password: "first long password" };
  expect((await officeClient(officeUrl, "").send("POST", "/session", again)).status).toBe(401);
  await office.send("PUT", `/staff/${staff}`, requestOf({ name: "Kim", role: "owner", email, active: false }));
});

test.each([
  ["an e-mail that somebody has", { email: OWNER.email.toUpperCase() }, 409],
  ["a branch that is none", { branches: [newId() as BranchId] }, 400],
  ["no name", { name: "" }, 400],
  ["a role that is none", { role: "emperor" as "owner" }, 400],
])("refuses %s", async (_what, change, status) => {
  const before = await everybody();
  expect((await office.send("PUT", `/staff/${newId()}`, requestOf(change))).status).toBe(status);
  expect(await everybody()).toEqual(before);
});

test.each(["123", "1234567890123", "12a4", ""])("%j is no PIN", async (pin) => {
  const { staff } = await named("Mia Berger");
  expect((await office.send("POST", `/staff/${staff}/pin`, { pin })).status).toBe(400);
});

test("people of another shop are not there", async () => {
  const other = await openOtherShop(server.context);
  const stranger = await signInOffice(officeUrl, other.owner);
  const { staff } = await named("Mia Berger");
  expect((await stranger.get("/staff", staffListSchema)).staff.map(({ name }) => name)).toEqual(["The owner"]);
  expect((await stranger.send("POST", `/staff/${staff}/pin`, { pin: "1234" })).status).toBe(404);
  await stranger.send("PUT", `/staff/${staff}`, { ...requestOf({ branches: [] }), name: "Mine now" });
  expect((await named("Mia Berger")).role).toBe("cashier");
});
