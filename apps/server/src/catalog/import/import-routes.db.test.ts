import type { VariantDocument } from "@holdfast/protocol/documents";
import { type ImportNews, type ImportReport, importNewsSchema } from "@holdfast/protocol/office/import";
import { catalogOptionsSchema, type Product, productListSchema } from "@holdfast/protocol/office/products";
import { OFFICE_HEADER } from "@holdfast/protocol/office/session";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { enrolHeadless, type HeadlessTerminal } from "../../testing/headless-terminal.ts";
import { realGoods } from "../../testing/many-goods.ts";
import { type OfficeClient, OWNER, signInOffice } from "../../testing/office-client.ts";
import { hire } from "../../testing/office-people.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";

let server: TestServer;
let baseUrl: string;
let office: OfficeClient;
let cookie: string;
let terminal: HeadlessTerminal;

beforeAll(async () => {
  server = await startTestServer();
  baseUrl = `http://127.0.0.1:${server.ports[0]}`;
  office = await signInOffice(baseUrl);
  cookie = await cookieOf(OWNER);
  terminal = await enrolHeadless({ baseUrl: server.baseUrl, enrolmentCode: await server.codeFor(0) });
  terminal.loop.wake();
  await terminal.settled();
});

afterAll(async () => {
  terminal?.loop.stop();
  await server?.stop();
});

async function cookieOf(person: object): Promise<string> {
  const headers = { origin: baseUrl, [OFFICE_HEADER]: "1", "content-type": "application/json" };
  const response = await fetch(`${baseUrl}/v1/office/session`, {
    method: "POST",
    headers,
    body: JSON.stringify(person),
  });
  return response.headers.get("set-cookie")?.split(";")[0] ?? "";
}

type Asked = { readonly apply?: boolean; readonly tax?: string; readonly basis?: string; readonly as?: string };

async function send(file: string, { apply = false, tax, basis, as = cookie }: Asked = {}): Promise<Response> {
  const query = new URLSearchParams({ apply: String(apply), ...(tax && { tax }), ...(basis && { basis }) });
  const headers = { cookie: as, origin: baseUrl, [OFFICE_HEADER]: "1", "content-type": "text/csv" };
  return await fetch(`${baseUrl}/v1/office/products/import?${query}`, { method: "POST", headers, body: file });
}

async function newsOf(file: string, asked?: Asked): Promise<ImportNews[]> {
  const text = await (await send(file, asked)).text();
  return text
    .trim()
    .split("\n")
    .map((line) => importNewsSchema.parse(JSON.parse(line)));
}

async function reportOf(file: string, asked?: Asked): Promise<ImportReport> {
  const last = (await newsOf(file, asked)).at(-1);
  if (last?.kind !== "report") throw new Error(`no report: ${JSON.stringify(last)}`);
  return last.report;
}

async function found(q: string): Promise<Product[]> {
  return (await office.get(`/products?q=${encodeURIComponent(q)}`, productListSchema)).products;
}

async function rowsInShop(): Promise<unknown> {
  const { rows } = await sql`
    SELECT (SELECT count(*) FROM variant) AS variants, (SELECT count(*) FROM product) AS products,
      (SELECT count(*) FROM barcode) AS barcodes, (SELECT count(*) FROM price) AS prices,
      (SELECT sum(rev) FROM feed_head) AS revs`.execute(server.context.db);
  return rows[0];
}

test("a comparison shows every difference and changes nothing; carrying it out does just that", async () => {
  const [bread] = await found("Sourdough");
  if (bread === undefined) throw new Error("the demo sells bread");
  const file = `sku,name,price,barcode,category\n${bread.sku},${bread.name},9.90,,\nNEW-1,Import tea,3.20,9520000000004,Tea\n`;
  const before = await rowsInShop();
  const compared = await reportOf(file, { tax: "vat-20" });
  expect(compared).toMatchObject({ applied: false, rows: 2, created: 1, changed: 1, unchanged: 0, errorCount: 0 });
  expect(compared.differences[0]).toMatchObject({
    line: 2,
    kind: "changed",
    changes: [{ column: "price", after: "9.9" }],
  });
  expect(compared.differences[1]).toMatchObject({ line: 3, kind: "new", name: "Import tea" });
  expect(await rowsInShop()).toEqual(before);

  const { basis } = compared;
  expect(await reportOf(file, { tax: "vat-20", basis, apply: true })).toMatchObject({
    applied: true,
    created: 1,
    changed: 1,
  });
  expect((await found("Sourdough"))[0]?.prices[0]?.price).toEqual({ units: 990, scale: 2, per: 1 });
  expect((await found("NEW-1"))[0]).toMatchObject({ name: "Import tea", category: "Tea", taxes: ["vat-20"] });
  await expect
    .poll(() => [...terminal.replica.all("m", "variant")].map(({ body }) => (body as VariantDocument).sku))
    .toContain("NEW-1");
  expect(await reportOf(file, { tax: "vat-20" })).toMatchObject({ created: 0, changed: 0, unchanged: 2 });
});

test("twelve planted errors are told by line, and nothing is taken in", async () => {
  const [bread] = await found("Sourdough");
  const file = [
    "sku,name,price,barcode,tax",
    "OK-1,Good tea,1.20,9520000001001,vat-20",
    "E-1,Nul\u0000byte,1.00,,vat-20",
    "E-2,Twice,1.00,9520000001001,vat-20",
    "E-3,Negative,-1.00,,vat-20",
    "E-4,Check digit,1.00,9520000001002,vat-20",
    `E-5,${"x".repeat(10_000_000)},1.00,,vat-20`,
    "E-6,Unknown tax,1.00,,vat-99",
    "OK-1,Same SKU,1.00,,vat-20",
    "E-7,Too many,1.00,,vat-20,what is this",
    "E-8,Too fine,1.999,,vat-20",
    "E-9,,1.00,,vat-20",
    `E-10,Taken,1.00,${bread?.barcodes[0]?.code},vat-20`,
    "E-11,No tax,1.00,,",
  ].join("\n");
  const before = await rowsInShop();
  const report = await reportOf(file, { apply: true });
  expect(report.errors.map(({ line, column, fault }) => [line, column, fault])).toEqual([
    [3, "name", "control-character"],
    [4, "barcode", "barcode-twice"],
    [5, "price", "price-negative"],
    [6, "barcode", "barcode-check-digit"],
    [7, null, "row-too-long"],
    [8, "tax", "tax-unknown"],
    [9, "sku", "sku-twice"],
    [10, null, "too-many-cells"],
    [11, "price", "price-too-fine"],
    [12, "name", "name-missing"],
    [13, "barcode", "barcode-taken"],
    [14, "tax", "tax-missing"],
  ]);
  expect(report).toMatchObject({ applied: false, errorCount: 12 });
  expect(await rowsInShop()).toEqual(before);
  expect((await reportOf("sku,nmae\n1,Tea\n")).errors.map(({ line, fault }) => [line, fault])).toEqual([
    [1, "column-unknown"],
    [1, "column-missing"],
  ]);
});

test("what was compared with another catalogue is not carried out", async () => {
  const file = "sku,name,tax\nSTALE-1,Stale,vat-20\n";
  const { basis } = await reportOf(file);
  await reportOf("sku,name,tax\nOTHER-1,Other,vat-20\n", { apply: true });
  const news = await newsOf(file, { apply: true, basis });
  expect(news.at(-1)).toMatchObject({ kind: "failed", error: { code: "conflict", field: "basis" } });
  expect(await found("STALE-1")).toEqual([]);
});

test("a GTIN is the same with thirteen digits and with twelve", async () => {
  await reportOf("sku,name,barcode,tax\nUPC-1,Upc,036000291452,vat-20\n", { apply: true });
  const again = await reportOf("barcode,name\n0036000291452,Upc renamed\n");
  expect(again).toMatchObject({ created: 0, changed: 1, errorCount: 0 });
});

test("who may not edit the catalogue may not import, and another site may not either", async () => {
  const manager = await cookieOf(
    await hire(server.context, server.merchant, { slug: OWNER.slug, role: "manager", email: "m@x.example" }),
  );
  expect([200, 403]).toContain((await send("sku,name\n", { as: manager })).status);
  expect((await send("sku,name\n", { as: "" })).status).toBe(401);
  const foreign = { cookie, origin: "https://elsewhere.example", [OFFICE_HEADER]: "1" };
  const response = await fetch(`${baseUrl}/v1/office/products/import`, { method: "POST", headers: foreign, body: "" });
  expect(response.status).toBe(403);
});

test("20 000 real products are taken in within seconds, and their progress is told", async () => {
  const goods = realGoods();
  if (goods === null) {
    console.log(
      "left out: the 20 000 real products are not beside this repository (../shared/data/products-20k.csv.gz)",
    );
    return;
  }
  const { taxes } = await office.get("/catalog", catalogOptionsSchema);
  const file = `barcode,name\n${goods.map(({ barcode, name }) => `${barcode},"${name.replaceAll('"', '""')}"`).join("\n")}`;
  const started = performance.now();
  const news = await newsOf(file, { apply: true, tax: String(taxes[0]?.tax) });
  const seconds = (performance.now() - started) / 1000;
  const last = news.at(-1);
  console.log(`20 000 real products: ${seconds.toFixed(1)} s, ${JSON.stringify(last).slice(0, 300)}`);
  expect(last).toMatchObject({ kind: "report", report: { applied: true, rows: goods.length, errorCount: 0 } });
  expect(news.filter(({ kind }) => kind === "progress").length).toBeGreaterThan(5);
}, 300_000);
