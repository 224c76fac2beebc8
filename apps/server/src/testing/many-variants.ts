import type { ProductId, VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import { sql } from "kysely";
import { plainPrice, savePrices, saveVariants, type VariantFacts } from "../catalog/write-catalog.ts";
import { inTransaction } from "../db/database.ts";
import { publish } from "../feed/publish.ts";
import { isoNow, type ServerContext } from "../http/server-context.ts";
import type { TestServer } from "./test-server.ts";

const AT_ONCE = 5_000;

/** Fills the demo shop's catalogue with goods of made-up names, each with a barcode and a price. */
export async function addManyVariants(
  { context, merchant }: Pick<TestServer, "context" | "merchant">,
  count: number,
): Promise<VariantFacts[]> {
  const { rows } = await sql<{
    price_list: Uuid;
  }>`SELECT price_list FROM price_list WHERE merchant = ${merchant}`.execute(context.db);
  const priceList = rows[0]?.price_list as Uuid;
  const made = Array.from({ length: count }, (_, index) => variantFacts(context, index));
  for (let first = 0; first < count; first += AT_ONCE) {
    const part = made.slice(first, first + AT_ONCE);
    await inTransaction(context.db, async (tx) => {
      const prices = part.map(({ variant }, index) => ({
        variant,
        prices: plainPrice({ units: 100 + ((first + index) % 9_000), scale: 2, per: 1 }),
      }));
      const touched = [
        ...(await saveVariants(tx, merchant, part)),
        ...(await savePrices(tx, merchant, { priceList, prices })),
      ];
      await publish(tx, { merchant, at: isoNow(context) }, touched);
    });
  }
  return made;
}

const WORDS = [
  "Amber",
  "Birch",
  "Cedar",
  "Dune",
  "Ember",
  "Fjord",
  "Grove",
  "Heath",
  "Iris",
  "Juniper",
  "Kelp",
  "Lark",
  "Moss",
  "Nettle",
];

function variantFacts({ newId }: ServerContext, index: number): VariantFacts {
  const name = `${WORDS[index % WORDS.length]} ${WORDS[(index * 7) % WORDS.length]} ${index}`;
  return {
    variant: newId() as VariantId,
    product: newId() as ProductId,
    productName: name,
    name,
    sku: `M${index}`,
    category: `Shelf ${index % 40}`,
    unit: "each",
    unitScale: 0,
    taxes: ["vat-20"],
    stocked: true,
    barcodes: [{ code: String(5_000_000_000_000 + index), pack: 1 }],
  };
}
