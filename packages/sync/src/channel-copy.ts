import { assert } from "@holdfast/domain/kernel/assert";
import { documentAt, type OpenChunk, rowOf } from "./chunk.ts";
import { idAt } from "./ids.ts";
import type { CachedDocument } from "./ports.ts";

/** A chunk of the copy, and which of its rows a newer document, or none, has replaced. */
export type BaseChunk = { readonly chunk: OpenChunk; readonly replaced: ReadonlySet<number> };

type Base = BaseChunk & {
  readonly replaced: Set<number>;
  replacedRevs: number;
  readonly firstId: string;
  readonly lastId: string;
};

/** One channel in memory: the chunks of a snapshot as they came, and over them every document that changed since. */
export class ChannelCopy {
  readonly #base = new Map<string, Base[]>();
  readonly #overlay = new Map<string, Map<string, CachedDocument>>();

  addChunk(chunk: OpenChunk): void {
    if (chunk.count === 0) return;
    const base = this.#base.get(chunk.kind) ?? [];
    const [firstId, lastId] = [idAt(chunk.ids, 0), idAt(chunk.ids, chunk.count - 1)];
    base.push({ chunk, replaced: new Set(), replacedRevs: 0, firstId, lastId });
    this.#base.set(chunk.kind, base);
  }

  put(document: CachedDocument): void {
    this.#replaceBase(document.kind, document.id);
    const changed = this.#overlay.get(document.kind) ?? new Map<string, CachedDocument>();
    changed.set(document.id, document);
    this.#overlay.set(document.kind, changed);
  }

  /** @returns whether a chunk has it, so that its removal has to be remembered */
  remove(kind: string, id: string): boolean {
    this.#overlay.get(kind)?.delete(id);
    return this.#replaceBase(kind, id);
  }

  get(kind: string, id: string): CachedDocument | undefined {
    const changed = this.#overlay.get(kind)?.get(id);
    if (changed !== undefined) return changed;
    const place = this.#place(kind, id);
    return place === null || place.base.replaced.has(place.row) ? undefined : documentAt(place.base.chunk, place.row);
  }

  *all(kind: string): Generator<CachedDocument> {
    for (const { chunk, replaced } of this.base(kind)) {
      for (let row = 0; row < chunk.count; row += 1) if (!replaced.has(row)) yield documentAt(chunk, row);
    }
    yield* this.changed(kind);
  }

  /** Only what came after the snapshot. */
  *changed(kind: string): Generator<CachedDocument> {
    yield* this.#overlay.get(kind)?.values() ?? [];
  }

  /** The snapshot's documents of a kind as they came, for whoever builds an index over them. */
  base(kind: string): readonly BaseChunk[] {
    return this.#base.get(kind) ?? [];
  }

  /** How many documents there are, and the sum of their revisions: equal figures mean an equal copy. */
  figures(): { readonly count: number; readonly revSum: bigint } {
    let count = 0;
    let revSum = 0n;
    for (const changed of this.#overlay.values()) {
      count += changed.size;
      for (const { rev } of changed.values()) revSum += BigInt(rev);
    }
    for (const { chunk, replaced, replacedRevs } of [...this.#base.values()].flat()) {
      count += chunk.count - replaced.size;
      revSum += BigInt(chunk.revSum) - BigInt(replacedRevs);
    }
    return { count, revSum };
  }

  #replaceBase(kind: string, id: string): boolean {
    const place = this.#place(kind, id);
    if (place === null) return false;
    const { base, row } = place;
    if (!base.replaced.has(row)) {
      base.replaced.add(row);
      const rev = base.chunk.revs[row];
      assert(rev !== undefined, "a row has a revision");
      base.replacedRevs += rev;
    }
    return true;
  }

  #place(kind: string, id: string): { readonly base: Base; readonly row: number } | null {
    for (const base of this.#base.get(kind) ?? []) {
      const row = id < base.firstId || id > base.lastId ? null : rowOf(base.chunk, id);
      if (row !== null) return { base, row };
    }
    return null;
  }
}
