import type { Uuid } from "@holdfast/domain/kernel/id";
import type { LogReply, ServerReceipt } from "@holdfast/protocol/log";
import type { BatchLimits } from "./outbox.ts";

export type VerifyReceipt = (receipt: ServerReceipt) => Promise<boolean>;

/** Rows of one stream that the second copy has and the log has not: this browser cannot read them, the server can. */
export type StrayStream = {
  readonly stream: Uuid;
  /** First line of the run: what the rows are sealed with. */
  readonly header: string;
  /** In order. */
  readonly rows: readonly StrayRow[];
};

export type StrayRow = { readonly seq: number; readonly hash: string; readonly line: string };

export type StrayBatch = { readonly stream: Uuid; readonly rows: readonly StrayRow[]; readonly text: string };

export type StrayPorts = {
  readonly verifyReceipt: VerifyReceipt;
  /** The server has all of it: the second copy of this stream has done its duty. */
  readonly forget: (stream: Uuid) => Promise<void>;
};

/** Records that survived only in the second copy. Each counts as unsent until the server signs that it holds it. */
export class Strays {
  readonly #ports: StrayPorts;
  readonly #streams = new Map<Uuid, StrayStream>();
  /** The server cannot open these as they are; they stay, and another start tries again. */
  readonly #refused = new Set<string>();

  constructor(streams: readonly StrayStream[], ports: StrayPorts) {
    this.#ports = ports;
    for (const stream of streams) if (stream.rows.length > 0) this.#streams.set(stream.stream, stream);
  }

  get count(): number {
    let count = 0;
    for (const { rows } of this.#streams.values()) count += rows.length;
    return count;
  }

  streams(): readonly StrayStream[] {
    return [...this.#streams.values()];
  }

  nextBatch({ entriesMax, bytesMax }: BatchLimits): StrayBatch | null {
    for (const { stream, header, rows } of this.#streams.values()) {
      const next: StrayRow[] = [];
      let bytes = header.length;
      for (const row of rows) {
        if (this.#refused.has(row.hash)) continue;
        bytes += row.line.length;
        if (next.length >= entriesMax || (next.length > 0 && bytes > bytesMax)) break;
        next.push(row);
      }
      if (next.length > 0) return { stream, rows: next, text: [header, ...next.map(({ line }) => line)].join("\n") };
    }
    return null;
  }

  async settle({ stream, rows }: StrayBatch, { receipts, stopped }: LogReply): Promise<void> {
    if (!stopped.some(({ code }) => code === "unknown_key"))
      for (const { line } of stopped) this.#refused.add(rows[line]?.hash ?? "");
    for (const receipt of receipts) {
      const row = rows.find(({ seq }) => seq === receipt.seq);
      if (receipt.stream !== stream || row?.hash !== receipt.hash || !(await this.#ports.verifyReceipt(receipt)))
        continue;
      await this.#confirm(stream, receipt.seq);
    }
    // Rows that were neither confirmed nor refused one by one would be sent for ever.
    if (receipts.length === 0 && stopped.length === 0) for (const { hash } of rows) this.#refused.add(hash);
  }

  async #confirm(stream: Uuid, upTo: number): Promise<void> {
    const known = this.#streams.get(stream);
    if (known === undefined) return;
    const rows = known.rows.filter(({ seq }) => seq > upTo);
    if (rows.length > 0) {
      this.#streams.set(stream, { ...known, rows });
      return;
    }
    await this.#ports.forget(stream);
    this.#streams.delete(stream);
  }
}
