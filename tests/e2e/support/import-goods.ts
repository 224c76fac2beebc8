import { OFFICE_HEADER } from "@holdfast/protocol/office/session";
import { OWNER } from "../../../apps/server/src/testing/office-client.ts";
import { query } from "./books.ts";
import type { ServerProcess } from "./server-process.ts";

export type ImportedGood = {
  readonly sku: string;
  readonly name: string;
  readonly price: string;
  readonly barcode: string;
};

/** Goods come into the shop as a file, as an owner would bring them, with the prices of its branches. */
export async function importGoods(
  { officeUrl, database }: Pick<ServerProcess, "officeUrl" | "database">,
  goods: readonly ImportedGood[],
): Promise<void> {
  const [branch] = await query<{ list: string }>(database.ownerUrl, "SELECT price_list AS list FROM branch LIMIT 1");
  const headers = { origin: officeUrl, [OFFICE_HEADER]: "1" };
  const session = await fetch(`${officeUrl}/v1/office/session`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(OWNER),
  });
  const cookie = session.headers.get("set-cookie")?.split(";")[0] ?? "";
  const rows = goods.map(({ sku, name, price, barcode }) => `${sku},${name},${price},${barcode}`);
  const answer = await fetch(`${officeUrl}/v1/office/products/import?apply=true&tax=vat-20&priceList=${branch?.list}`, {
    method: "POST",
    headers: { ...headers, cookie, "content-type": "text/csv" },
    body: ["sku,name,price,barcode", ...rows].join("\n"),
  });
  const told = await answer.text();
  if (!told.includes('"applied":true')) throw new Error(`the goods were not imported: ${told}`);
}
