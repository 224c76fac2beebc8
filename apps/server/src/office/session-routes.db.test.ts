import { meSchema, OFFICE_HEADER } from "@holdfast/protocol/office/session";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Answer, OWNER, officeClient, type SignIn, signInOffice } from "../testing/office-client.ts";
import { hire, openOtherShop } from "../testing/office-people.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let baseUrl: string;
let manager: SignIn;
let cashier: SignIn;

beforeAll(async () => {
  server = await startTestServer();
  baseUrl = `http://127.0.0.1:${server.ports[0]}`;
  manager = await hire(server.context, server.merchant, { slug: "demo", role: "manager", email: "m@demo.example" });
  cashier = await hire(server.context, server.merchant, { slug: "demo", role: "cashier", email: "c@demo.example" });
});

afterAll(async () => {
  await server?.stop();
});

async function signIn(as: Partial<SignIn>): Promise<Answer> {
  return await officeClient(baseUrl, "").send("POST", "/session", { ...OWNER, ...as });
}

const WRONG = { error: { code: "unauthorized", message: "Shop, e-mail or password is wrong." } };

test("the right password opens a session in a cookie that scripts and other sites cannot use", async () => {
  const { status, headers, body } = await signIn({});
  expect(status).toBe(201);
  expect(meSchema.parse(body)).toMatchObject({ staff: { role: "owner" }, merchant: { slug: "demo", currency: "EUR" } });
  const cookie = headers.get("set-cookie") ?? "";
  expect(cookie).toMatch(/^holdfast_office=[0-9a-f-]{36}\.[\w-]{43};/);
  expect(cookie).toContain("HttpOnly");
  expect(cookie).toContain("SameSite=Strict");
  expect(cookie).toContain("Path=/");
  expect(cookie).toContain("Max-Age=43200");
  expect(cookie).not.toMatch(/domain/i);
});

test("behind TLS the cookie never travels in the clear", async () => {
  const response = await fetch(`${baseUrl}/v1/office/session`, {
    method: "POST",
    headers: {
      origin: baseUrl,
      [OFFICE_HEADER]: "1",
      "content-type": "application/json",
      "x-forwarded-proto": "https",
    },
    body: JSON.stringify(OWNER),
  });
  expect(response.headers.get("set-cookie")).toContain("Secure");
});

test("the mail is read as people write it", async () => {
  expect((await signIn({ slug: " Demo ", email: " Owner@Harbour-Stores.example" })).status).toBe(201);
});

test("a wrong password, an unknown mail, an unknown shop and a cashier get the same answer", async () => {
  const answers = [
    await signIn({ password: "wrong" }),
    await signIn({ email: "nobody@harbour-stores.example" }),
    await signIn({ slug: "no-such-shop" }),
    await signIn(cashier),
  ];
  for (const { status, body, headers } of answers) {
    expect({ status, body }).toEqual({ status: 401, body: WRONG });
    expect(headers.get("set-cookie")).toBeNull();
  }
});

test("an unknown mail takes as much work as a wrong password", async () => {
  const timed = async (email: string): Promise<number> => {
    const start = performance.now();
    await signIn({ email, password: "wrong" });
    return performance.now() - start;
  };
  const [known, unknown] = [await timed("m@demo.example"), await timed("x@demo.example")];
  expect(unknown).toBeGreaterThan(known / 4);
});

test("a password of another shop opens nothing here", async () => {
  const other = await openOtherShop(server.context);
  expect((await signIn({ email: other.owner.email, password: other.owner.password })).status).toBe(401);
  expect((await signIn(other.owner)).status).toBe(201);
});

test("after five wrong tries even the right password has to wait, and the answer says how long", async () => {
  const locked = await hire(server.context, server.merchant, { slug: "demo", role: "owner", email: "l@demo.example" });
  for (let attempt = 0; attempt < 5; attempt += 1) {
    expect((await signIn({ ...locked, password: "wrong" })).status).toBe(401);
  }
  const { status, headers, body } = await signIn(locked);
  expect(status).toBe(429);
  expect(body).toMatchObject({ error: { code: "too_many_requests" } });
  expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await signIn({ email: "m@demo.example", password: manager.password })).status).toBe(201);
});

test.each([
  ["no JSON", "{", 400],
  ["an unknown field", { ...OWNER, remember: true }, 400],
  ["a missing field", { slug: "demo", email: "a@b.example" }, 400],
  ["a password beyond the limit", { ...OWNER, password: "x".repeat(201) }, 400],
  ["a body beyond the limit", `"${"x".repeat(2_000_001)}"`, 413],
])("%s is refused with what is wrong", async (_what, body, status) => {
  const answer = await officeClient(baseUrl, "").send("POST", "/session", body);
  expect(answer.status).toBe(status);
  expect(answer.body).toMatchObject({ error: { code: status === 413 ? "too_large" : "bad_request" } });
});

test("nothing is taken from another origin, from none, or without the header", async () => {
  const post = (headers: Record<string, string>): Promise<Response> =>
    fetch(`${baseUrl}/v1/office/session`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(OWNER),
    });
  const terminals = `http://127.0.0.1:${server.ports[1]}`;
  for (const headers of [
    { [OFFICE_HEADER]: "1" },
    { [OFFICE_HEADER]: "1", origin: "https://evil.example" },
    { [OFFICE_HEADER]: "1", origin: terminals },
    { [OFFICE_HEADER]: "1", origin: "null" },
    { origin: baseUrl },
  ]) {
    const response = await post(headers);
    expect(response.status).toBe(403);
    expect(response.headers.get("set-cookie")).toBeNull();
  }
});

test("signing out ends the session on the server too", async () => {
  const office = await signInOffice(baseUrl, manager);
  expect((await office.send("GET", "/session")).status).toBe(200);
  expect((await office.send("DELETE", "/session")).status).toBe(204);
  expect((await office.send("GET", "/session")).status).toBe(401);
});

test("a session ends after its hours, and is cleared away at the next sign-in", async () => {
  const office = await signInOffice(baseUrl, manager);
  await sql`UPDATE office_session SET expires_at = now() - interval '1 second' WHERE merchant = ${server.merchant}`.execute(
    server.context.db,
  );
  expect((await office.send("GET", "/session")).status).toBe(401);
  await signInOffice(baseUrl, manager);
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM office_session WHERE merchant = ${server.merchant}`.execute(server.context.db);
  expect(rows[0]?.count).toBe(1);
});

test("a role that is taken away, or a person who has left, is out at once", async () => {
  const office = await signInOffice(baseUrl, manager);
  const set = (change: ReturnType<typeof sql>): Promise<unknown> =>
    sql`UPDATE staff SET ${change} WHERE merchant = ${server.merchant} AND email = ${manager.email}`.execute(
      server.context.db,
    );
  await set(sql`role = 'cashier'`);
  expect((await office.send("GET", "/dashboard")).status).toBe(401);
  await set(sql`role = 'manager', deactivated_at = now()`);
  expect((await office.send("GET", "/dashboard")).status).toBe(401);
  await set(sql`deactivated_at = NULL`);
  expect((await office.send("GET", "/dashboard")).status).toBe(200);
});

test.each(["", "nonsense", "holdfast_office=", "holdfast_office=a.b", "holdfast_office=' OR 1=1 --"])(
  "a cookie that is none (%j) opens nothing",
  async (cookie) => {
    expect((await officeClient(baseUrl, cookie).send("GET", "/session")).status).toBe(401);
  },
);

test("a session of one shop is none of another, whatever merchant its cookie names", async () => {
  const { headers } = await signIn({});
  const secret = headers.get("set-cookie")?.split(";")[0]?.split(".")[1];
  const other = await sql<{ merchant: string }>`SELECT merchant FROM merchant WHERE slug = 'other'`.execute(
    server.context.db,
  );
  const forged = `holdfast_office=${other.rows[0]?.merchant}.${secret}`;
  expect((await officeClient(baseUrl, forged).send("GET", "/session")).status).toBe(401);
});
