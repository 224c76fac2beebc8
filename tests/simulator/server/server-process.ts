import type { TerminalId } from "@holdfast/domain/party/merchant";
import type { FeedReply } from "@holdfast/protocol/feed";
import type { HaveReply } from "@holdfast/protocol/log";
import { haveRequestSchema } from "@holdfast/protocol/log";
import type { Cancel } from "@holdfast/sync/ports";
import { ApiError } from "../../../apps/server/src/http/api-error.ts";
import { Ingest } from "../../../apps/server/src/sync/ingest.ts";
import { parseBatch } from "../../../apps/server/src/sync/log-routes.ts";
import type { TerminalRow } from "../../../apps/server/src/testing/memory-database.ts";
import type { UploadPlace } from "../seams.ts";
import { never, Process } from "../world/process.ts";
import { makeSnapshot, parseAsked, readFeed, type Snapshot } from "./memory-feed.ts";
import { memoryKeys, receiptsOf, signReceipt } from "./memory-keys.ts";
import { MemoryLive } from "./memory-live.ts";
import type { MemoryServer } from "./memory-server.ts";
import { transact } from "./memory-transact.ts";
import type { HttpAnswer, HttpRequest, LiveLine } from "./server-side.ts";

const PING_MS = 15_000;

/** One process of the server: the product's ingest behind the addresses of the wire. */
export class ServerProcess {
  readonly process: Process;
  readonly #server: MemoryServer;
  readonly #ingest: Ingest;
  readonly #live: MemoryLive;
  readonly #snapshots = new Map<string, Snapshot>();
  #isLooking = false;

  constructor(server: MemoryServer, name: string) {
    const { world, crypto } = server.options;
    this.#server = server;
    this.process = new Process(world, name);
    this.#live = new MemoryLive(server.db, (stream) => server.isRecent(stream));
    this.#ingest = new Ingest({
      transact: (_, work) => this.transact((store) => work(store)),
      keys: memoryKeys(server.db),
      receipts: receiptsOf(server.signer),
      verify: (text, sig, key) => crypto.verify(text, sig, key),
      now: () => server.nowMs(),
      originOf: async () => server.db.origin,
      onStockChanged: () => undefined,
      onPoison: (event) => {
        world.sometimes("an event was isolated as poison");
        world.note(`${name} poison ${event}`);
      },
    });
  }

  transact<T>(work: Parameters<typeof transact<T>>[2]): Promise<T> {
    const { db, dice, conditions, poison, options } = this.#server;
    const { world, seams } = options;
    const nowMs = (): number => this.#server.nowMs();
    const onCommit = this.#server.committed.bind(this.#server);
    return transact({ world, db, dice, conditions, seams, nowMs, poison, onCommit }, this.process, work);
  }

  /** Looks for news a little later; several reasons to look are one look. */
  lookSoon(delayMs: number): void {
    if (this.#isLooking) return;
    this.#isLooking = true;
    this.process.at(delayMs, "look", () => {
      this.#isLooking = false;
      this.#live.look();
    });
  }

  openLive(channels: readonly string[], line: LiveLine): Cancel {
    const { heads, leave } = this.#live.join(channels, line);
    const forget = this.process.onDeath(() => line.onEnd());
    let isOpen = true;
    const ping = (): void => {
      if (!isOpen) return;
      line.onNews({ kind: "ping", data: null });
      this.process.at(PING_MS, "ping", ping);
    };
    line.onNews({
      kind: "hello",
      data: { origin: this.#server.db.origin, now: this.#server.nowMs(), spreadMs: 0, heads },
    });
    this.process.at(PING_MS, "ping", ping);
    return () => {
      isOpen = false;
      forget();
      leave();
    };
  }

  async answer(request: HttpRequest): Promise<HttpAnswer> {
    const { conditions, dice, options } = this.#server;
    const shed = conditions.shed;
    if (shed !== null && dice.chance(shed.part)) {
      const code = shed.status === 429 ? "too_many_requests" : "unavailable";
      const headers = shed.retryAfter === null ? {} : { "retry-after": shed.retryAfter };
      return { status: shed.status, headers, value: { error: { code, message: "busy" } } };
    }
    const answer = await this.#answerOrRefuse(request);
    await options.world.sleep(dice.between(0, conditions.replyMs), `${this.process.name} reply`);
    if (conditions.kill === "before reply" && request.path === "/v1/log") {
      conditions.kill = null;
      options.world.sometimes("server killed before reply");
      this.process.kill();
    }
    return this.process.isAlive ? answer : await never();
  }

  async #answerOrRefuse(request: HttpRequest): Promise<HttpAnswer> {
    try {
      return { status: 200, value: await this.#route(request) };
    } catch (error) {
      if (error instanceof ApiError) return { status: error.status, value: error.toReply() };
      this.#server.options.world.note(`${this.process.name} failed: ${String(error)}`);
      return { status: 503, value: { error: { code: "unavailable", message: String(error) } } };
    }
  }

  async #route({ method, path, token, body }: HttpRequest): Promise<unknown> {
    const row = this.#terminalOf(token);
    const [address = "", query = ""] = path.split("?");
    if (this.#server.conditions.databaseDown) throw new Error("57P01 the database is down");
    if (method === "POST" && (address === "/v1/log" || address === "/v1/log/rescue"))
      return await this.#take(row, body?.() ?? "");
    if (method === "POST" && address === "/v1/log/have") return this.#have(body?.() ?? "");
    if (row.revoked) throw new ApiError("forbidden", "This terminal was revoked.");
    if (address === "/v1/feed") return this.#feed(row, new URLSearchParams(query));
    return this.#snapshotOrChunk(row, address);
  }

  /** What a terminal sealed is not sealed here: a courier brings it by the same path as any upload. */
  async #take({ terminal }: TerminalRow, text: string): Promise<unknown> {
    const { options, db, signer } = this.#server;
    const entries = parseBatch(text);
    const receiptOf: UploadPlace["receiptOf"] = (held) => signReceipt(signer, held);
    const upload = options.seams.upload?.(entries, { db, nowMs: () => this.#server.nowMs(), receiptOf });
    const reply = await this.#ingest.take({
      merchant: options.merchant,
      courier: terminal,
      entries: upload?.entries ?? entries,
    });
    return upload?.answer(reply) ?? reply;
  }

  #terminalOf(token: string): TerminalRow {
    const { tokens, conditions, db } = this.#server;
    const terminal: TerminalId | undefined = conditions.forgetsTokens ? undefined : tokens.get(token);
    const row = terminal === undefined ? undefined : db.terminals.get(terminal);
    if (row === undefined) throw new ApiError("unauthorized", "This terminal is not known here.");
    return row;
  }

  #have(body: string): HaveReply {
    const { hashes } = haveRequestSchema.parse(JSON.parse(body));
    const { db } = this.#server;
    return { origin: db.origin, missing: hashes.filter((hash) => db.entries.get(hash) === undefined), end: true };
  }

  #feed({ terminal, branch }: TerminalRow, query: URLSearchParams): FeedReply {
    const { db, options } = this.#server;
    const subscribed = this.#server.channelsOf(branch);
    const asked = parseAsked(query.getAll("c"));
    const check = query.get("check") === "1";
    const read = readFeed(db, { terminal, subscribed, asked, check, limit: options.pageMax });
    return { origin: db.origin, now: this.#server.nowMs(), ...read, subscribed, end: true };
  }

  #snapshotOrChunk({ branch }: TerminalRow, address: string): unknown {
    const [, , kind, name = ""] = address.split("/");
    if (kind === "chunk") {
      for (const { chunks } of this.#snapshots.values()) {
        const bytes = chunks.get(name);
        if (bytes !== undefined) return bytes;
      }
      throw new ApiError("not_found", "This chunk is not here any more.");
    }
    const channel = decodeURIComponent(name);
    const { db, options } = this.#server;
    const count = [...db.feed.values()].filter((row) => row.channel === channel && row.body !== null).length;
    const isWorthIt = kind === "snapshot" && this.#server.channelsOf(branch).includes(channel);
    if (!isWorthIt || count < options.snapshotMin || channel.startsWith("b:"))
      throw new ApiError("not_found", "There is no snapshot of this channel.");
    const held = this.#snapshots.get(channel);
    const isFresh =
      held?.manifest.origin === db.origin && (db.heads.get(channel) ?? 0) - held.manifest.rev <= count / 10;
    const snapshot = isFresh ? held : makeSnapshot(db, channel, Math.max(2, options.pageMax));
    this.#snapshots.set(channel, snapshot);
    return snapshot.manifest;
  }
}
