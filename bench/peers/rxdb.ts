import type { Sale } from "@holdfast/domain/sale/sale";
import { createRxDatabase, type RxCollection } from "rxdb";
import { replicateRxCollection } from "rxdb/plugins/replication";
import { getRxStorageMemory } from "rxdb/plugins/storage-memory";

export const RXDB_BATCH = 100;
let databases = 0;

/** RxDB with its documents in memory, its fastest storage: one document a sale, nothing signed, hashed or linked. */
export async function rxdbWith(sales: readonly Sale[]): Promise<RxCollection> {
  databases += 1;
  const database = await createRxDatabase({ name: `peer${databases}`, storage: getRxStorageMemory() });
  const properties = { sale: { type: "string", maxLength: 36 }, body: { type: "object" } } as const;
  const schema = { version: 0, primaryKey: "sale", type: "object", properties, required: ["sale", "body"] } as const;
  const { sales: collection } = await database.addCollections({ sales: { schema } });
  await collection.bulkInsert(sales.map((sale) => ({ sale: sale.sale, body: sale })));
  return collection as RxCollection;
}

/** Pushes everything to an endpoint and waits until RxDB says that it is there. */
export async function replicate(collection: RxCollection, url: string): Promise<void> {
  const replication = replicateRxCollection({
    collection,
    replicationIdentifier: url,
    live: false,
    push: {
      batchSize: RXDB_BATCH,
      handler: async (documents) => {
        const answer = await fetch(url, { method: "POST", body: JSON.stringify(documents) });
        return (await answer.json()) as [];
      },
    },
  });
  await replication.awaitInitialReplication();
}
