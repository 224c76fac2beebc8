import { createRxDatabase, type RxCollection, type RxDatabase } from "rxdb";
import { getRxStorageDexie } from "rxdb/plugins/storage-dexie";
import { FOUND_MAX, fetchGoods, type LabGood, LOADED_AT_ONCE, type Shelves } from "./lab.ts";

type RxGoods = { goods: RxCollection<LabGood> };
type RxSales = { sales: RxCollection<{ sale: string; body: object }> };

const GOODS = {
  version: 0,
  primaryKey: "code",
  type: "object",
  properties: {
    ...{ code: { type: "string", maxLength: 40 }, name: { type: "string" }, sku: { type: "string" } },
    ...{ category: { type: "string" }, price: { type: "integer" } },
  },
  required: ["code", "name"],
} as const;

const SALES = {
  version: 0,
  primaryKey: "sale",
  type: "object",
  properties: { sale: { type: "string", maxLength: 36 }, body: { type: "object" } },
  required: ["sale", "body"],
} as const;

/** RxDB on IndexedDB through Dexie, its free storage for browsers; the code is the primary key, which is its best case. */
export class Rx implements Shelves {
  #goods: RxDatabase<RxGoods> | null = null;
  #sales: RxDatabase<RxSales> | null = null;

  load = async (): Promise<number> => {
    await this.open();
    await this.#goods?.remove();
    this.#goods = null;
    await this.open();
    const { goods: collection } = this.#opened;
    const goods = await fetchGoods();
    for (let first = 0; first < goods.length; first += LOADED_AT_ONCE)
      await collection.bulkInsert(goods.slice(first, first + LOADED_AT_ONCE));
    return await collection.count().exec();
  };

  open = async (): Promise<void> => {
    if (this.#goods !== null) return;
    this.#goods = await createRxDatabase<RxGoods>({ name: "rx-goods", storage: getRxStorageDexie() });
    await this.#goods.addCollections({ goods: { schema: GOODS } });
  };

  byCode = async (code: string): Promise<string | undefined> => (await this.#opened.goods.findOne(code).exec())?.name;

  search = async (word: string): Promise<number> => {
    const selector = { name: { $regex: word, $options: "i" } };
    return (await this.#opened.goods.find({ selector, limit: FOUND_MAX }).exec()).length;
  };

  /** One document, with the durability that it has by itself. */
  insertSale = async (sale: string, body: object): Promise<void> => {
    if (this.#sales === null) {
      this.#sales = await createRxDatabase<RxSales>({ name: "rx-sales", storage: getRxStorageDexie() });
      await this.#sales.addCollections({ sales: { schema: SALES } });
    }
    await this.#sales.sales.insert({ sale, body });
  };

  get #opened(): RxGoods {
    if (this.#goods === null) throw new Error("it is not open");
    return this.#goods.collections;
  }
}
