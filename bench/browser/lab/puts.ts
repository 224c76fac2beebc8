import { type DBSchema, type IDBPDatabase, openDB } from "idb";

interface PutsSchema extends DBSchema {
  sale: { key: string; value: object };
}

/** The least that durable can mean in a browser: one put of a whole sale in a transaction of its own, strictly. */
export class Puts {
  #db: Promise<IDBPDatabase<PutsSchema>> | null = null;

  put = async (sale: string, body: object): Promise<void> => {
    this.#db ??= openDB<PutsSchema>("puts", 1, { upgrade: (db) => db.createObjectStore("sale") });
    const tx = (await this.#db).transaction("sale", "readwrite", { durability: "strict" });
    await Promise.all([tx.store.put(body, sale), tx.done]);
  };
}
