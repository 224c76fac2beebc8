import { OFFICE_HEADER, OFFICE_RIGHTS } from "@holdfast/protocol/office/session";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OfficeClient, OWNER, officeClient, signInOffice } from "../testing/office-client.ts";
import { hire } from "../testing/office-people.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { createApp } from "./app.ts";

type Operation = {
  readonly summary?: string;
  readonly security?: unknown[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
};
type Document = { readonly openapi: string; readonly paths: Record<string, Record<string, Operation>> };

let server: TestServer;
let baseUrl: string;
let document: Document;
let manager: OfficeClient;

beforeAll(async () => {
  server = await startTestServer();
  baseUrl = `http://127.0.0.1:${server.ports[0]}`;
  document = (await (await fetch(`${baseUrl}/openapi.json`)).json()) as Document;
  const as = await hire(server.context, server.merchant, { slug: "demo", role: "manager", email: "m@demo.example" });
  manager = await signInOffice(baseUrl, as);
});

afterAll(async () => {
  await server?.stop();
});

type Route = { readonly method: string; readonly path: string; readonly operation: Operation };

const ID = "00000000-0000-7000-8000-000000000001";

function officeOperations(): Route[] {
  return Object.entries(document.paths)
    .filter(([path]) => path.startsWith("/v1/office/"))
    .flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => ({
        method: method.toUpperCase(),
        path: path.replace("/v1/office", "").replaceAll(/\{\w+\}/g, ID),
        operation,
      })),
    )
    .filter(({ method, path }) => !(method === "POST" && path === "/session"));
}

describe("the document of the interface", () => {
  test("says every route that the server has, and no other", () => {
    const app = createApp({ context: server.context, siteOf: () => null, ports: () => [] });
    const routes = app.routes
      .filter(({ method, path }) => method !== "ALL" && path !== "/*" && path !== "/openapi.json")
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
    const said = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(said.length).toBeGreaterThan(20);
    expect([...new Set(said)].sort()).toEqual([...new Set(routes)].sort());
  });

  test("is OpenAPI 3.1 and explains every operation and its answers", () => {
    expect(document.openapi).toBe("3.1.0");
    for (const { path, operation } of officeOperations()) {
      expect(operation.summary, path).toBeTruthy();
      expect(Object.keys(operation.responses), path).toEqual(expect.arrayContaining(["401", "403"]));
    }
  });
});

describe("without a session", () => {
  test("every route answers 401, whatever is asked", async () => {
    const operations = officeOperations();
    expect(operations.length).toBeGreaterThanOrEqual(19);
    const stranger = officeClient(baseUrl, "");
    for (const { method, path } of operations) {
      const answer = await stranger.send(method, path, method === "GET" || method === "DELETE" ? undefined : {});
      expect(`${method} ${path} ${answer.status}`).toBe(`${method} ${path} 401`);
    }
  });

  test("so does an address where nothing is", async () => {
    expect((await officeClient(baseUrl, "").send("GET", "/nothing-here")).status).toBe(401);
    expect((await manager.send("GET", "/nothing-here")).status).toBe(404);
  });
});

test("a session opens nothing at the addresses of terminals", async () => {
  const { headers } = await officeClient(baseUrl, "").send("POST", "/session", OWNER);
  const cookie = headers.get("set-cookie")?.split(";")[0] ?? "";
  expect((await officeClient(baseUrl, cookie).send("GET", "/session")).status).toBe(200);
  expect((await officeClient(server.baseUrl, cookie).send("GET", "/session")).status).toBe(404);
});

test("every route that changes something asks for the header and our own origin first", async () => {
  const changing = officeOperations().filter(({ method }) => method !== "GET");
  expect(changing.length).toBeGreaterThanOrEqual(5);
  for (const { method, path } of changing) {
    const headers = [{ origin: baseUrl }, { [OFFICE_HEADER]: "1", origin: "https://evil.example" }];
    for (const each of headers) {
      const response = await fetch(`${baseUrl}/v1/office${path}`, { method, headers: each as Record<string, string> });
      expect(`${method} ${path} ${response.status}`).toBe(`${method} ${path} 403`);
    }
  }
});

test("a manager is refused what is the owner's, before anything is looked up", async () => {
  const refused: string[] = [];
  for (const { method, path } of officeOperations().filter((route) => route.method !== "DELETE")) {
    const { status } = await manager.send(method, path, method === "GET" ? undefined : {});
    if (status === 403) refused.push(`${method} ${path.replaceAll(ID, "{id}")}`);
  }
  expect(OFFICE_RIGHTS.manager).not.toContain("read-ledger");
  expect(refused.sort()).toEqual([
    "GET /ledger/accounts/{id}",
    "GET /ledger/entries/{id}",
    "GET /ledger/trial-balance",
    "POST /products/import",
    "POST /staff/{id}/password",
    "POST /terminals",
    "POST /terminals/{id}/revoke",
    "PUT /products/{id}",
    "PUT /staff/{id}",
  ]);
});

test("a list refuses an unknown parameter, a page that is too large, and a place it never named", async () => {
  const lists = officeOperations().filter(({ operation }) =>
    operation.parameters?.some(({ name }) => name === "limit"),
  );
  expect(lists.length).toBeGreaterThanOrEqual(5);
  const owner = await signInOffice(baseUrl);
  for (const { path, operation } of lists) {
    const needed = operation.parameters?.some(({ name }) => name === "branch") ? `branch=${ID}&` : "";
    const ask = async (query: string): Promise<unknown> => (await owner.send("GET", `${path}?${needed}${query}`)).body;
    const field = (name: string): object => ({ error: { code: "bad_request", field: name } });
    expect(await ask("limit=0"), path).toMatchObject(field("limit"));
    expect(await ask("limit=201"), path).toMatchObject(field("limit"));
    expect(await ask("limit=all"), path).toMatchObject(field("limit"));
    expect(await ask("after=!"), path).toMatchObject(field("after"));
    expect(await ask("after=bm9uc2Vuc2U"), path).toMatchObject(field("after"));
    expect(await ask(`after=${Buffer.from('["x"]').toString("base64url")}`), path).toMatchObject(field("after"));
    expect(await ask("colour=red"), path).toMatchObject({ error: { code: "bad_request" } });
    expect((await owner.send("GET", `${path}?${needed}limit=200`)).status, path).toBeLessThan(405);
  }
});
