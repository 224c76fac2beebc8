import { type Chunk, Table } from "./chunk.ts";
import type { CachedDocument } from "./ports.ts";

type BaseTable = {
  readonly table: Table;
  /** Row of each id, made when someone first asks for one. */
  rows: Map<string, number> | null;
  /** Rows that a newer document, or none, has replaced. */
  readonly replaced: Set<number>;
};

/** One channel in memory: the chunks of a snapshot as they came, and over them every document that changed since. */
export class ChannelCopy {
  readonly #base = new Map<string, BaseTable>();
  readonly #overlay = new Map<string, CachedDocument>();

  addChunk(chunk: Chunk): void {
    const base = this.#base.get(chunk.kind) ?? {
      table: new Table(chunk.kind),
      rows: null,
      replaced: new Set<number>(),
    };
    base.table.add(chunk);
    base.rows = null;
    this.#base.set(chunk.kind, base);
  }

  put(document: CachedDocument): void {
    this.#replaceBase(document.kind, document.id);
    this.#overlay.set(key(document.kind, document.id), document);
  }

  /** @returns whether a chunk has it, so that its removal has to be remembered */
  remove(kind: string, id: string): boolean {
    this.#overlay.delete(key(kind, id));
    return this.#replaceBase(kind, id);
  }

  get(kind: string, id: string): CachedDocument | undefined {
    const changed = this.#overlay.get(key(kind, id));
    if (changed !== undefined) return changed;
    const base = this.#base.get(kind);
    const row = base === undefined ? undefined : rowOf(base, id);
    return base === undefined || row === undefined || base.replaced.has(row) ? undefined : base.table.documentAt(row);
  }

  *all(kind: string): Generator<CachedDocument> {
    const base = this.#base.get(kind);
    if (base !== undefined) {
      for (let row = 0; row < base.table.count; row += 1) if (!base.replaced.has(row)) yield base.table.documentAt(row);
    }
    yield* this.changed(kind);
  }

  /** Only what came after the snapshot. */
  *changed(kind: string): Generator<CachedDocument> {
    for (const document of this.#overlay.values()) if (document.kind === kind) yield document;
  }

  /** The snapshot's documents of a kind, for whoever builds an index over them; `isCurrent` tells which rows still hold. */
  base(kind: string): { readonly table: Table; readonly isCurrent: (row: number) => boolean } | null {
    const base = this.#base.get(kind);
    return base === undefined ? null : { table: base.table, isCurrent: (row) => !base.replaced.has(row) };
  }

  /** How many documents there are, and the sum of their revisions: equal figures mean an equal copy. */
  figures(): { readonly count: number; readonly revSum: bigint } {
    let count = this.#overlay.size;
    let revSum = 0n;
    for (const { rev } of this.#overlay.values()) revSum += BigInt(rev);
    for (const { table, replaced } of this.#base.values()) {
      for (let row = 0; row < table.count; row += 1) {
        if (replaced.has(row)) continue;
        count += 1;
        revSum += BigInt(table.revAt(row));
      }
    }
    return { count, revSum };
  }

  #replaceBase(kind: string, id: string): boolean {
    const base = this.#base.get(kind);
    const row = base === undefined ? undefined : rowOf(base, id);
    if (base === undefined || row === undefined) return false;
    base.replaced.add(row);
    return true;
  }
}

function rowOf(base: BaseTable, id: string): number | undefined {
  if (base.rows === null) {
    base.rows = new Map();
    for (let row = 0; row < base.table.count; row += 1) base.rows.set(base.table.idAt(row), row);
  }
  return base.rows.get(id);
}

function key(kind: string, id: string): string {
  return `${kind} ${id}`;
}
