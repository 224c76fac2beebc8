import type { ProductId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import { currencyCode } from "@holdfast/domain/money/currency";
import { saveVariants } from "../../../apps/server/src/catalog/write-catalog.ts";
import { inTransaction, type Tx } from "../../../apps/server/src/db/database.ts";
import { inIngestTransaction } from "../../../apps/server/src/db/ingest-transaction.ts";
import { isoNow, type ServerContext } from "../../../apps/server/src/http/server-context.ts";
import { createTerminal } from "../../../apps/server/src/party/enrol.ts";
import { addBranch, addPriceList, openMerchant } from "../../../apps/server/src/party/open-merchant.ts";
import { takeDelivery } from "../../../apps/server/src/stock/take-delivery.ts";
import { pgIngestStore } from "../../../apps/server/src/sync/pg-ingest-store.ts";
import type { TerminalRow } from "../../../apps/server/src/testing/memory-database.ts";
import { branchOf, firstDelivery, type ShopIds, scaleOf } from "../server/open-shop.ts";

export type SimulatedShop = {
  readonly ids: ShopIds;
  readonly epochMs: number;
  /** With the keys that they signed with. */
  readonly terminals: readonly TerminalRow[];
};

const EUR = currencyCode("EUR");

/** The simulated shop as it was before its first sale, in a real database. */
export async function openShopOnPostgres(context: ServerContext, shop: SimulatedShop): Promise<void> {
  const { ids, epochMs } = shop;
  const { merchant } = ids;
  await inTransaction(context.db, (tx) => openPlaces(tx, shop, isoNow(context)));
  for (const { terminal, keys } of shop.terminals) {
    await context.pool.query(
      "UPDATE terminal SET public_keys = $3::jsonb, enrolled_at = now() WHERE merchant = $1 AND terminal = $2",
      [merchant, terminal, JSON.stringify(keys)],
    );
  }
  for (const branch of ids.branches) {
    await inIngestTransaction(context.pool, async (transaction) => {
      const scope = { merchant, recordedAt: isoNow(context), newId: context.newId };
      await takeDelivery(pgIngestStore(transaction, scope), firstDelivery(ids, { branch, epochMs }));
    });
  }
}

async function openPlaces(tx: Tx, { ids }: SimulatedShop, at: string): Promise<void> {
  const { merchant, priceList } = ids;
  const place = { country: "AT", currency: EUR, taxNumber: "", taxRounding: "document" as const, origin: "simulated" };
  await openMerchant(tx, { merchant, slug: `sim-${merchant}`, name: "Simulated Goods", ...place }, at);
  await addPriceList(tx, merchant, { priceList, name: "Shelf", currency: EUR, includesTax: true });
  for (const [index, branch] of ids.branches.entries()) {
    const address = { name: `Branch ${index + 1}`, address: "", timeZone: "Europe/Vienna", dayChangeHour: 4 };
    await addBranch(tx, merchant, { branch, code: `B${index + 1}`, priceList, ...address });
  }
  await saveVariants(
    tx,
    merchant,
    ids.variants.map((variant, index) => ({
      ...{
        variant,
        product: variant as Uuid as ProductId,
        productName: `Good ${index + 1}`,
        name: `Good ${index + 1}`,
      },
      ...{ sku: `G${index + 1}`, category: null, taxes: [], stocked: true, barcodes: [] },
      ...{ unit: scaleOf(ids, variant) === 0 ? "each" : "kg", unitScale: scaleOf(ids, variant) },
    })),
  );
  for (const [index, terminal] of ids.terminals.entries()) {
    await createTerminal(tx, { merchant, terminal, branch: branchOf(ids, index), name: `Till ${index + 1}` });
  }
}
