import { Raced } from "../db/database.ts";

/** Rows by key. A row is never changed in place, so that the row itself tells whether anyone wrote it since. */
export class MemoryTable<Row> {
  #rows = new Map<string, Row>();

  get(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  get size(): number {
    return this.#rows.size;
  }

  values(): IterableIterator<Row> {
    return this.#rows.values();
  }

  entries(): IterableIterator<[string, Row]> {
    return this.#rows.entries();
  }

  /** Only a commit and the making of the world write here. */
  set(key: string, row: Row): void {
    this.#rows.set(key, row);
  }

  /** @returns how to bring this state back */
  backup(): () => void {
    const kept = new Map(this.#rows);
    return () => {
      this.#rows = new Map(kept);
    };
  }
}

type Touched<Row> = {
  /** The committed row that this transaction relies on, as it was when first looked at. */
  readonly seen: Map<string, Row | undefined>;
  readonly written: Map<string, Row>;
};

/**
 * All or nothing, without waiting: reads see what is committed and what the transaction wrote itself; the commit looks
 * whether any row it locked or wrote was changed meanwhile and is then lost to the other, as after a wait for its lock.
 */
export class MemoryTransaction {
  readonly #tables = new Map<MemoryTable<unknown>, Touched<unknown>>();
  #isOver = false;

  get<Row>(table: MemoryTable<Row>, key: string): Row | undefined {
    return this.#touched(table).written.get(key) ?? table.get(key);
  }

  /** Reads a row for update. */
  lock<Row>(table: MemoryTable<Row>, key: string): Row | undefined {
    const { seen, written } = this.#touched(table);
    if (!seen.has(key)) seen.set(key, table.get(key));
    return written.get(key) ?? seen.get(key);
  }

  put<Row>(table: MemoryTable<Row>, key: string, row: Row): void {
    if (this.#isOver) throw new Error("the transaction is over");
    this.lock(table, key);
    this.#touched(table).written.set(key, row);
  }

  /** Committed rows and own ones, as a query over the whole table sees them. */
  *scan<Row>(table: MemoryTable<Row>): Generator<Row> {
    const { written } = this.#touched(table);
    for (const [key, row] of table.entries()) yield written.get(key) ?? row;
    for (const [key, row] of written) if (table.get(key) === undefined) yield row;
  }

  /** Rows of a table that a commit would write. */
  written<Row>(table: MemoryTable<Row>): ReadonlyMap<string, Row> {
    return this.#touched(table).written;
  }

  /** Commits these tables, or all that are left. Throws `Raced`, with nothing written, where another commit came first. */
  commit(tables: Iterable<MemoryTable<never>> = this.#tables.keys() as Iterable<MemoryTable<never>>): void {
    if (this.#isOver) throw new Error("the transaction is over");
    const chosen = [...(tables as Iterable<MemoryTable<unknown>>)];
    for (const table of chosen) {
      for (const [key, row] of this.#touched(table).seen)
        if (table.get(key) !== row) throw new Raced(`another transaction wrote ${key} just now`);
    }
    for (const table of chosen) {
      for (const [key, row] of this.#touched(table).written) table.set(key, row);
      this.#tables.delete(table);
    }
    this.#isOver = this.#tables.size === 0;
  }

  rollback(): void {
    this.#isOver = true;
  }

  #touched<Row>(table: MemoryTable<Row>): Touched<Row> {
    const known = this.#tables.get(table as MemoryTable<unknown>);
    if (known !== undefined) return known as Touched<Row>;
    const touched: Touched<Row> = { seen: new Map(), written: new Map() };
    this.#tables.set(table as MemoryTable<unknown>, touched as Touched<unknown>);
    return touched;
  }
}
