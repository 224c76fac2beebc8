import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { VariantDocument } from "@holdfast/protocol/documents";
import {
  catalogOptionsSchema,
  type Product,
  productListSchema,
  productSchema,
  type SaveProductRequest,
} from "@holdfast/protocol/office/products";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { newId } from "../testing/entry-maker.ts";
import { enrolHeadless, type HeadlessTerminal } from "../testing/headless-terminal.ts";
import { shopOf } from "../testing/make-sale.ts";
import { type OfficeClient, signInOffice } from "../testing/office-client.ts";
import { openOtherShop } from "../testing/office-people.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let office: OfficeClient;
let terminal: HeadlessTerminal;
let priceList: SaveProductRequest["prices"][number]["priceList"];
let bread: Product;

beforeAll(async () => {
  server = await startTestServer();
  office = await signInOffice(`http://127.0.0.1:${server.ports[0]}`);
  terminal = await enrolHeadless({ baseUrl: server.baseUrl, enrolmentCode: await server.codeFor(0) });
  terminal.loop.wake();
  await terminal.settled();
  const options = await office.get("/catalog", catalogOptionsSchema);
  priceList = (options.priceLists[0] as (typeof options.priceLists)[number]).priceList;
});

beforeEach(async () => {
  bread = await productNamed("Sourdough");
});

afterAll(async () => {
  terminal?.loop.stop();
  await server?.stop();
});

async function productNamed(q: string): Promise<Product> {
  const { products } = await office.get(`/products?q=${encodeURIComponent(q)}`, productListSchema);
  return products[0] as Product;
}

function edit(
  { onHand: _stock, variant: _id, ...product }: Product,
  change: Partial<SaveProductRequest> = {},
): SaveProductRequest {
  return { ...product, ...change };
}

async function save(variant: string, request: SaveProductRequest): Promise<{ status: number; body: unknown }> {
  return await office.send("PUT", `/products/${variant}`, request);
}

/** The terminal's own copy, once it has heard of a change. */
async function copyOf(
  variant: string,
  holds: (document: VariantDocument | undefined) => boolean,
): Promise<VariantDocument | undefined> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const document = shopOf(terminal).variants.find((each) => each.variant === variant);
    if (holds(document)) return document;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("the terminal did not hear of the change");
}

test("options name what the shop has", async () => {
  const { taxes, categories, priceLists } = await office.get("/catalog", catalogOptionsSchema);
  expect(taxes.map(({ name }) => name)).toEqual(["VAT 10 %", "VAT 20 %"]);
  expect(categories).toContain("Bakery");
  expect(priceLists).toMatchObject([{ name: "Shop prices", includesTax: true }]);
});

test("a page shows price and stock by branch, and pages miss none", async () => {
  expect(bread).toMatchObject({
    sku: "1001",
    category: "Bakery",
    prices: [{ price: { units: 490, scale: 2, per: 1 } }],
  });
  expect(bread.onHand.map(({ units }) => units)).toEqual([40, 40]);
  const names: string[] = [];
  let after = "";
  do {
    const page = await office.get(`/products?limit=7${after}`, productListSchema);
    names.push(...page.products.map(({ name }) => name));
    after = page.next === null ? "" : `&after=${page.next}`;
  } while (after !== "");
  expect(names.length).toBe(52);
  expect(new Set(names).size).toBe(52);
});

test.each([
  ["part of a name, in any case", "sOURd", 1],
  ["the beginning of an SKU", "105", 3],
  ["a whole barcode", "4012345000009", 1],
  ["part of a barcode", "40123", 0],
  ["a sign that SQL would read", "%", 1],
  ["another one", "_", 0],
])("finds by %s", async (_how, q, count) => {
  const { products } = await office.get(`/products?q=${encodeURIComponent(q)}`, productListSchema);
  expect(products.length).toBe(count);
});

test("a category narrows the list", async () => {
  const { products } = await office.get("/products?category=Bakery", productListSchema);
  expect(products.length).toBe(7);
});

test("a change reaches terminals at once, price and all", async () => {
  const price = { units: 525, scale: 2, per: 1 };
  const { status, body } = await save(
    bread.variant,
    edit(bread, { name: "Sourdough, large", productName: "Sourdough, large", prices: [{ priceList, price }] }),
  );
  expect(status).toBe(200);
  const saved = productSchema.parse(body);
  expect(saved).toMatchObject({ name: "Sourdough, large", prices: [{ price }] });
  expect(saved.rev).toBeGreaterThan(bread.rev);
  const copy = (await copyOf(bread.variant, (document) => document?.name === "Sourdough, large")) as VariantDocument;
  // Prices have a channel of their own, which may come a moment later.
  await expect.poll(() => shopOf(terminal).priceOf(copy), { timeout: 10_000 }).toEqual(price);
});

test("a new product comes with an id of whoever made it, and the same request again changes nothing more", async () => {
  const variant = newId() as VariantId;
  const request = edit(bread, {
    product: newId() as SaveProductRequest["product"],
    name: "Walnut bread",
    productName: "Walnut bread",
    sku: "2001",
    barcodes: [
      { code: "2001-A", pack: 1 },
      { code: "2001-BOX", pack: 12 },
    ],
    rev: 0,
  });
  const { status, body } = await save(variant, request);
  expect(status).toBe(200);
  expect(body).toMatchObject({ variant, sku: "2001", onHand: [] });
  expect(await copyOf(variant, (document) => document !== undefined)).toMatchObject({ name: "Walnut bread" });
  expect(await save(variant, request)).toMatchObject({ status: 409, body: { error: { field: "rev" } } });
});

test("what somebody else changed meanwhile is not overwritten", async () => {
  await save(bread.variant, edit(bread, { category: "Bread" }));
  const { status, body } = await save(bread.variant, edit(bread, { name: "Mine" }));
  expect(status).toBe(409);
  expect(body).toMatchObject({ error: { code: "conflict", field: "rev" } });
  expect((await productNamed("Sourdough")).category).toBe("Bread");
});

test.each<[string, (product: Product) => Partial<SaveProductRequest>, number, string]>([
  ["an SKU of another product", () => ({ sku: "1002" }), 409, "sku"],
  ["a barcode of another product", () => ({ barcodes: [{ code: "4012345000016", pack: 1 }] }), 409, "barcodes"],
  [
    "a barcode twice",
    () => ({
      barcodes: [
        { code: "x", pack: 1 },
        { code: "x", pack: 2 },
      ],
    }),
    400,
    "barcodes",
  ],
  ["another unit", () => ({ unit: { unit: "kg", scale: 3 } }), 409, "unit"],
  ["another product", () => ({ product: newId() as SaveProductRequest["product"] }), 409, "product"],
  ["an unknown tax", () => ({ taxes: ["vat-99" as never] }), 400, "taxes"],
  ["an unknown price list", () => ({ prices: [{ priceList: newId(), price: null }] }), 400, "prices"],
  [
    "a negative price",
    () => ({ prices: [{ priceList, price: { units: -1, scale: 2, per: 1 } }] }),
    400,
    "prices.0.price.units",
  ],
  ["no name", () => ({ name: "" }), 400, "name"],
  ["a name beyond the limit", () => ({ name: "x".repeat(201) }), 400, "name"],
  ["an unknown field", () => ({ cost: 1 }) as never, 400, ""],
])("refuses %s and says where", async (_what, change, status, field) => {
  const answer = await save(bread.variant, edit(bread, change(bread)));
  expect(answer.status).toBe(status);
  if (field !== "") expect(answer.body).toMatchObject({ error: { field } });
  expect((await productNamed("Sourdough")).rev).toBe(bread.rev);
});

test("taken off a price list, a product has no price there, and the terminal forgets it", async () => {
  const oats = await productNamed("Oat drink");
  const { body } = await save(oats.variant, edit(oats, { prices: [{ priceList, price: null }] }));
  expect(productSchema.parse(body).prices).toEqual([]);
  const priced = await save(
    oats.variant,
    edit(productSchema.parse(body), { prices: [{ priceList, price: { units: 3, scale: 0, per: 1 } }] }),
  );
  expect(productSchema.parse(priced.body).prices).toEqual([{ priceList, price: { units: 3, scale: 0, per: 1 } }]);
});

test("an archived product leaves the list and the terminal's shelf, and can come back", async () => {
  const soap = await productNamed("Dish soap");
  const archived = productSchema.parse((await save(soap.variant, edit(soap, { archived: true }))).body);
  expect(await productNamed("Dish soap")).toBeUndefined();
  expect((await office.get("/products?archived=true", productListSchema)).products).toHaveLength(1);
  expect(await copyOf(soap.variant, (document) => document?.archived === true)).toMatchObject({ archived: true });
  await save(soap.variant, edit(archived, { archived: false }));
  expect(await productNamed("Dish soap")).toMatchObject({ archived: false });
});

test("a product of another shop can be neither seen nor changed", async () => {
  const other = await openOtherShop(server.context);
  expect((await office.send("GET", `/products/${other.variant}`)).status).toBe(404);
  expect((await office.send("GET", `/products/${other.variant}/movements?branch=${other.branch}`)).body).toEqual({
    movements: [],
    next: null,
  });
  const stranger = await signInOffice(`http://127.0.0.1:${server.ports[0]}`, other.owner);
  const { products } = await stranger.get("/products", productListSchema);
  expect(products.map(({ name }) => name)).toEqual(["Thing"]);
  const taken = await stranger.send(
    "PUT",
    `/products/${bread.variant}`,
    edit(bread, { taxes: [], prices: [], rev: 0, barcodes: [] }),
  );
  expect(taken.status).toBe(409);
  expect(await productNamed("Sourdough")).toEqual(bread);
});
