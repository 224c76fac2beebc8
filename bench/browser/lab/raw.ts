import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from "idb";
import { foldText, wordsOf } from "../../../apps/terminal/src/catalog/fold.ts";
import { FOUND_MAX, fetchGoods, type LabGood, LOADED_AT_ONCE, type Shelves } from "./lab.ts";

interface RawSchema extends DBSchema {
  good: { key: string; value: LabGood & { readonly words: readonly string[] }; indexes: { words: string } };
}

const NAME = "raw";

/** One record for each of the goods, by its code, with an index of its words: what IndexedDB does by itself. */
export class Raw implements Shelves {
  #db: IDBPDatabase<RawSchema> | null = null;

  load = async (): Promise<number> => {
    this.#db?.close();
    await deleteDB(NAME);
    await this.open();
    const goods = await fetchGoods();
    for (let first = 0; first < goods.length; first += LOADED_AT_ONCE) {
      const tx = this.#opened.transaction("good", "readwrite", { durability: "strict" });
      for (const good of goods.slice(first, first + LOADED_AT_ONCE))
        void tx.store.put({ ...good, words: wordsOf(foldText(good.name)) });
      await tx.done;
    }
    return await this.#opened.count("good");
  };

  open = async (): Promise<void> => {
    this.#db = await openDB<RawSchema>(NAME, 1, {
      upgrade: (db) =>
        db.createObjectStore("good", { keyPath: "code" }).createIndex("words", "words", { multiEntry: true }),
    });
  };

  byCode = async (code: string): Promise<string | undefined> => (await this.#opened.get("good", code))?.name;

  search = async (word: string): Promise<number> => {
    const range = IDBKeyRange.bound(word, `${word}\uffff`);
    return (await this.#opened.getAllFromIndex("good", "words", range, FOUND_MAX)).length;
  };

  get #opened(): IDBPDatabase<RawSchema> {
    if (this.#db === null) throw new Error("it is not open");
    return this.#db;
  }
}
