import type { VariantDocument } from "@holdfast/protocol/documents";
import { caseListSchema, type OfficeCase } from "@holdfast/protocol/office/cases";
import { type Product, productListSchema } from "@holdfast/protocol/office/products";
import { saleDetailSchema } from "@holdfast/protocol/office/sales";
import { afterAll, beforeAll, expect, test } from "vitest";
import { enrolHeadless, type HeadlessTerminal } from "../testing/headless-terminal.ts";
import { type Shop, sell, shopOf } from "../testing/make-sale.ts";
import { type OfficeClient, signInOffice } from "../testing/office-client.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let office: OfficeClient;
let terminal: HeadlessTerminal;
let bread: VariantDocument;
/** What a till that was away still takes for the shop's prices. */
let old: Shop;

beforeAll(async () => {
  server = await startTestServer();
  office = await signInOffice(`http://127.0.0.1:${server.ports[0]}`);
  terminal = await enrolHeadless({ baseUrl: server.baseUrl, enrolmentCode: await server.codeFor(0) });
  terminal.loop.wake();
  await terminal.settled();
  old = shopOf(terminal);
  bread = old.variants.find(({ name }) => name.startsWith("Sourdough")) as VariantDocument;
  const { products } = await office.get("/products?q=Sourdough", productListSchema);
  const { onHand: _stock, variant, ...product } = products[0] as Product;
  const prices = product.prices.map((each) => ({ ...each, price: { units: 520, scale: 2, per: 1 } }));
  expect((await office.send("PUT", `/products/${variant}`, { ...product, prices })).status).toBe(200);
});

afterAll(async () => {
  terminal?.loop.stop();
  await server?.stop();
});

function minutesFromNow(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000).toISOString().replace("Z", "+00:00");
}

async function driftCases(): Promise<OfficeCase[]> {
  return (await office.get("/cases", caseListSchema)).cases.filter(({ kind }) => kind === "price-drift");
}

// INV-05: a sale is not refused for its price.
test("a sale at a price that the list had no more is booked as printed, and shown to a person once", async () => {
  const { sale } = await sell(terminal, { lines: [{ variant: bread, units: 2 }], shop: old, at: minutesFromNow(10) });
  await terminal.settled();
  const sold = { units: 490, scale: 2, per: 1 };
  const listed = { units: 520, scale: 2, per: 1 };
  const found = await driftCases();
  expect(found).toMatchObject([{ subject: sale, details: { lines: [{ line: 1, name: bread.name, sold, listed }] } }]);
  const detail = await office.get(`/sales/${sale}`, saleDetailSchema);
  expect(detail.sale.totals.total).toBe(980);
  expect(detail.cases.map(({ kind }) => kind)).toEqual(["price-drift"]);
});

test("a sale made before the price was changed, or at the new price, opens none", async () => {
  const before = await driftCases();
  await sell(terminal, { lines: [{ variant: bread, units: 1 }], shop: old, at: minutesFromNow(-10) });
  await terminal.settled();
  const shop = shopOf(terminal);
  expect(shop.priceOf(bread).units).toBe(520);
  await sell(terminal, { lines: [{ variant: bread, units: 1 }], shop, at: minutesFromNow(10) });
  await terminal.settled();
  expect(await driftCases()).toEqual(before);
});
