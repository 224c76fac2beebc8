import type { ProductId, VariantId } from "@holdfast/domain/catalog/variant";
import { currencyCode } from "@holdfast/domain/money/currency";
import type { MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import { NO_CASH_ROUNDING } from "@holdfast/domain/tender/cash-rounding";
import { sql } from "kysely";
import { afterAll, beforeAll } from "vitest";
import { saveVariants } from "../catalog/write-catalog.ts";
import { type Database, inTransaction, openDatabase } from "../db/database.ts";
import { inIngestTransaction } from "../db/ingest-transaction.ts";
import { createTerminal } from "../party/enrol.ts";
import { addBranch, addPriceList, openMerchant } from "../party/open-merchant.ts";
import { newId } from "../testing/entry-maker.ts";
import { describeIngestStore, type StoreWorld } from "../testing/ingest-store-conformance.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";
import { pgIngestStore } from "./pg-ingest-store.ts";

const AT = "2026-11-23T10:00:00.000Z";

let database: TestDatabase;
let connections: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  connections = openDatabase({ url: database.appUrl, connectionsMax: 4, onError: console.error });
});

afterAll(async () => {
  await connections?.db.destroy();
  await database?.drop();
});

describeIngestStore("PostgreSQL", async (): Promise<StoreWorld> => {
  const { db, pool } = connections;
  const merchant = newId() as MerchantId;
  const branches = [newId(), newId()].sort() as unknown as StoreWorld["branches"];
  const [terminal, revoked] = [newId() as TerminalId, newId() as TerminalId];
  const variants = [newId(), newId()].sort() as unknown as StoreWorld["variants"];
  await openShop({ merchant, branches, variants });
  await inTransaction(db, async (tx) => {
    for (const id of [terminal, revoked])
      await createTerminal(tx, { merchant, terminal: id, branch: branches[0], name: "Till" });
    await sql`UPDATE terminal SET revoked_at = ${AT} WHERE merchant = ${merchant} AND terminal = ${revoked}`.execute(
      tx,
    );
  });
  return {
    ...{ branches, terminal, revoked, variants },
    transact: (work) =>
      inIngestTransaction(pool, (transaction) => work(pgIngestStore(transaction, { merchant, recordedAt: AT, newId }))),
    storedRaw: async (hash) => {
      const { rows } = await sql<{ raw: string }>`
        SELECT raw FROM log_entry WHERE merchant = ${merchant} AND hash = decode(${hash}, 'hex')`.execute(db);
      return rows[0]?.raw ?? null;
    },
    openCases: async () => {
      const { rows } = await sql<{ kind: string; subject: string; details: unknown }>`
        SELECT kind, subject, details FROM inbox_case WHERE merchant = ${merchant} AND closed_at IS NULL`.execute(db);
      return rows;
    },
    balanceOf: async (branch, account) => {
      const { rows } = await sql<{ debit: number; credit: number }>`
        SELECT coalesce(sum(debit), 0)::bigint AS debit, coalesce(sum(credit), 0)::bigint AS credit FROM account_balance
        WHERE merchant = ${merchant} AND branch = ${branch} AND account = ${account}`.execute(db);
      return rows[0] ?? { debit: 0, credit: 0 };
    },
  };
});

async function openShop({
  merchant,
  branches,
  variants,
}: Pick<StoreWorld, "branches" | "variants"> & { readonly merchant: MerchantId }): Promise<void> {
  const [currency, priceList] = [currencyCode("EUR"), newId()];
  await inTransaction(connections.db, async (tx) => {
    const names = { slug: merchant, name: "Shop", taxNumber: "", country: "AT", origin: "origin" };
    await openMerchant(tx, { merchant, ...names, currency, taxRounding: "document" }, AT);
    await addPriceList(tx, merchant, { priceList, name: "Prices", currency, includesTax: true });
    for (const branch of branches) await addBranch(tx, merchant, { ...BRANCH, branch, code: branch, priceList });
    await saveVariants(
      tx,
      merchant,
      variants.map((variant, index) => variantFacts(variant, index * 3)),
    );
  });
}

const BRANCH = {
  ...{ name: "Branch", address: "", timeZone: "UTC", dayChangeHour: 4 },
  ...{ cashRounding: NO_CASH_ROUNDING, denominations: [], receiptFooter: "" },
};

function variantFacts(variant: VariantId, unitScale: number) {
  const names = { productName: "Goods", name: "Goods", sku: variant, category: null, unit: "each" };
  return { variant, product: newId() as ProductId, ...names, unitScale, taxes: [], stocked: true, barcodes: [] };
}
