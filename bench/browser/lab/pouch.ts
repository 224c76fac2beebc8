import PouchDB from "pouchdb-browser";
import { fetchGoods, type LabGood, LOADED_AT_ONCE, type Shelves } from "./lab.ts";

const NAME = "pouch";

/** PouchDB on IndexedDB; the code is the document's id, which is its best case: an index of its own takes twice as long again. */
export class Pouch implements Shelves {
  #db: PouchDB<LabGood> | null = null;

  load = async (): Promise<number> => {
    await this.open();
    await this.#opened.destroy();
    await this.open();
    const goods = await fetchGoods();
    for (let first = 0; first < goods.length; first += LOADED_AT_ONCE) {
      const documents = goods.slice(first, first + LOADED_AT_ONCE).map((good) => ({ _id: good.code, ...good }));
      await this.#opened.bulkDocs(documents);
    }
    return (await this.#opened.info()).doc_count;
  };

  open = async (): Promise<void> => {
    this.#db = new PouchDB<LabGood>(NAME);
    await this.#db.info();
  };

  byCode = async (code: string): Promise<string | undefined> => (await this.#opened.get(code)).name;

  get #opened(): PouchDB<LabGood> {
    if (this.#db === null) throw new Error("it is not open");
    return this.#db;
  }
}
