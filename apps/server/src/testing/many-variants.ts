import type { ProductId, VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import { instant } from "@holdfast/domain/kernel/instant";
import { amount } from "@holdfast/domain/money/amount";
import { currencyCode } from "@holdfast/domain/money/currency";
import type { BranchId } from "@holdfast/domain/party/merchant";
import { sql } from "kysely";
import { plainPrice, savePrices, saveVariants, type VariantFacts } from "../catalog/write-catalog.ts";
import { type IngestTransaction, inIngestTransaction } from "../db/ingest-transaction.ts";
import { publish } from "../feed/publish.ts";
import { isoNow, type ServerContext } from "../http/server-context.ts";
import { takeDelivery } from "../stock/take-delivery.ts";
import { pgIngestStore } from "../sync/pg-ingest-store.ts";
import { type Good, manyGoods } from "./many-goods.ts";
import type { TestServer } from "./test-server.ts";

const AT_ONCE = 5_000;
const ON_HAND = 40;
const CATEGORIES = 40;

type Shop = Pick<TestServer, "context" | "merchant">;

/** Fills the demo shop's catalogue with so many variants, each with a barcode, a price and some stock in every branch. */
export async function addManyVariants(shop: Shop, count: number, goods: readonly Good[] = []): Promise<VariantFacts[]> {
  const { context, merchant } = shop;
  const priceList = await onlyPriceList(shop);
  const made = manyGoods(count, goods).map((good, index) => variantFacts(context, good, index));
  for (let first = 0; first < count; first += AT_ONCE) {
    const part = made.slice(first, first + AT_ONCE);
    await inIngestTransaction(context.pool, async (transaction) => {
      const { tx } = transaction;
      const prices = part.map(({ variant }, index) => ({
        variant,
        prices: plainPrice({ units: 100 + ((first + index) % 9_000), scale: 2, per: 1 }),
      }));
      const touched = [
        ...(await saveVariants(tx, merchant, part)),
        ...(await savePrices(tx, merchant, { priceList, prices })),
      ];
      await stockUp(transaction, shop, part);
      await publish(tx, { merchant, at: isoNow(context) }, touched);
    });
  }
  return made;
}

async function onlyPriceList({ context, merchant }: Shop): Promise<Uuid> {
  const { rows } = await sql<{ list: Uuid }>`
    SELECT price_list AS list FROM price_list WHERE merchant = ${merchant}`.execute(context.db);
  const [only] = rows;
  if (only === undefined) throw new Error("the shop has no price list");
  return only.list;
}

async function stockUp(
  transaction: IngestTransaction,
  { context, merchant }: Shop,
  variants: readonly VariantFacts[],
): Promise<void> {
  const { tx } = transaction;
  const { rows } = await sql<{ branch: BranchId }>`SELECT branch FROM branch WHERE merchant = ${merchant}`.execute(tx);
  const store = pgIngestStore(transaction, { merchant, recordedAt: isoNow(context), newId: context.newId });
  for (const { branch } of rows) {
    const lines = variants.map(({ variant }) => ({ variant, units: ON_HAND, scale: 0, value: amount(ON_HAND * 60) }));
    const delivery = { delivery: context.newId(), branch, arrivedAt: instant(context.now(), 0), lines };
    await takeDelivery(store, { ...delivery, currency: currencyCode("EUR") });
  }
}

function variantFacts({ newId }: ServerContext, { name, barcode }: Good, index: number): VariantFacts {
  const id = newId();
  return {
    variant: id as VariantId,
    // A product of a single variant goes by its id, which then travels once.
    product: id as ProductId,
    productName: name,
    name,
    sku: `M${index}`,
    category: `Shelf ${index % CATEGORIES}`,
    unit: "each",
    unitScale: 0,
    taxes: ["vat-20"],
    stocked: true,
    barcodes: [{ code: barcode, pack: 1 }],
  };
}
