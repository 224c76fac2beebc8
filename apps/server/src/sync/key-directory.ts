import type { Uuid } from "@holdfast/domain/kernel/id";
import type { MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import type { PublicKey } from "@holdfast/protocol/primitives";
import { sql } from "kysely";
import type { Db } from "../db/database.ts";
import type { ReadLine } from "./batch-line.ts";

type StreamSigner = { readonly terminal: TerminalId; readonly kid: string };

const REMEMBERED_MAX = 100_000;

/**
 * Which key signs which stream. A stream's signer never changes and a terminal's keys are only ever added to, so what was
 * read once stays true.
 */
export class KeyDirectory {
  readonly #db: Db;
  readonly #signers = new Map<string, StreamSigner>();
  readonly #keys = new Map<string, PublicKey>();

  constructor(db: Db) {
    this.#db = db;
  }

  /** Reads what these lines need, then answers without the database. */
  async keysFor(merchant: MerchantId, lines: readonly ReadLine[]): Promise<(line: ReadLine) => PublicKey | null> {
    const opened = new Map<Uuid, StreamSigner>();
    for (const { entry, event } of lines) {
      if (entry.seq === 0 && "type" in event && event.type === "stream-opened") {
        opened.set(entry.stream, { terminal: event.body.terminal, kid: event.body.key });
      }
    }
    const streams = new Set(lines.map(({ entry }) => entry.stream));
    await this.#loadSigners(merchant, [...streams]);
    const signers = new Map<Uuid, StreamSigner>();
    for (const stream of streams) {
      // What the server holds decides; a second first entry of a held stream is refused later.
      const signer = this.#signers.get(`${merchant} ${stream}`) ?? opened.get(stream);
      if (signer !== undefined) signers.set(stream, signer);
    }
    await this.#loadKeys(merchant, [...signers.values()]);
    return ({ entry }) => {
      const signer = signers.get(entry.stream);
      return signer === undefined ? null : (this.#keys.get(keyId(merchant, signer)) ?? null);
    };
  }

  async #loadSigners(merchant: MerchantId, streams: readonly Uuid[]): Promise<void> {
    const unknown = streams.filter((stream) => !this.#signers.has(`${merchant} ${stream}`));
    if (unknown.length === 0) return;
    const { rows } = await sql<{ stream: Uuid } & StreamSigner>`
      SELECT stream, terminal, kid FROM log_stream
      WHERE merchant = ${merchant} AND stream = ANY (${unknown}::uuid[])`.execute(this.#db);
    if (this.#signers.size > REMEMBERED_MAX) this.#signers.clear();
    for (const { stream, terminal, kid } of rows) this.#signers.set(`${merchant} ${stream}`, { terminal, kid });
  }

  async #loadKeys(merchant: MerchantId, signers: readonly StreamSigner[]): Promise<void> {
    const unknown = signers.filter((signer) => !this.#keys.has(keyId(merchant, signer)));
    if (unknown.length === 0) return;
    const { rows } = await sql<{ terminal: TerminalId; public_keys: { kid: string; key: PublicKey }[] }>`
      SELECT terminal, public_keys FROM terminal
      WHERE merchant = ${merchant} AND terminal = ANY (${unknown.map(({ terminal }) => terminal)}::uuid[])`.execute(
      this.#db,
    );
    if (this.#keys.size > REMEMBERED_MAX) this.#keys.clear();
    for (const { terminal, public_keys } of rows) {
      for (const { kid, key } of public_keys) this.#keys.set(keyId(merchant, { terminal, kid }), key);
    }
  }
}

function keyId(merchant: MerchantId, { terminal, kid }: StreamSigner): string {
  return `${merchant} ${terminal} ${kid}`;
}
