import { gunzipSync } from "node:zlib";
import type { VariantId } from "@holdfast/domain/catalog/variant";
import { type Uuid, uuidV7 } from "@holdfast/domain/kernel/id";
import { instant } from "@holdfast/domain/kernel/instant";
import { rescale } from "@holdfast/domain/money/decimal";
import type { Sale } from "@holdfast/domain/sale/sale";
import { branchChannel } from "@holdfast/protocol/channel";
import type { DocumentOf } from "@holdfast/protocol/documents";
import type { EnrolReply } from "@holdfast/protocol/enrol";
import { serverReceiptText } from "@holdfast/protocol/log";
import { type OpenChunk, openChunk } from "@holdfast/sync/chunk";
import type { MaybePromise } from "@holdfast/sync/crypto";
import { EventLog, LostWriter } from "@holdfast/sync/event-log";
import { Outbox } from "@holdfast/sync/outbox";
import type { CacheStore, Clock, Mirror, Wire } from "@holdfast/sync/ports";
import { readEntry } from "@holdfast/sync/read-entry";
import { Replica } from "@holdfast/sync/replica";
import { syncStatus } from "@holdfast/sync/status";
import { type OwnEvent, onHandOf } from "@holdfast/sync/stock-view";
import { Strays, type VerifyReceipt } from "@holdfast/sync/strays";
import { SyncLoop } from "@holdfast/sync/sync-loop";
import { sha256Hex } from "../../../apps/server/src/sync/signing.ts";
import { compareMirror, type MirrorComparison } from "../../../apps/terminal/src/store/compare-mirror.ts";
import type { Signer } from "../crypto.ts";
import { diskCacheStore } from "../disk/disk-cache-store.ts";
import { diskLogStore, type TerminalLogStore } from "../disk/disk-log-store.ts";
import { diskMirror, mirrorFiles } from "../disk/disk-mirror.ts";
import type { Identity } from "../disk/profile.ts";
import { DiskFailure } from "../disk/sim-database.ts";
import { simWire } from "../network/sim-wire.ts";
import type { AppPlace } from "../seams.ts";
import type { Process } from "../world/process.ts";
import type { Device } from "./device.ts";

const BUILD = "simulated";
const ENROL_AGAIN_MS = 60_000;

/** The running parts of one start of the app, once it is a terminal. */
export type Running = {
  readonly identity: EnrolReply;
  readonly store: TerminalLogStore;
  readonly log: EventLog;
  readonly outbox: Outbox;
  readonly replica: Replica;
  readonly loop: SyncLoop;
  readonly wire: Wire;
};

/** The terminal app in one tab, wired as the product wires it, from the start to the end of its process. */
export class App {
  readonly device: Device;
  readonly process: Process;
  running: Running | null = null;

  constructor(device: Device, process: Process) {
    this.device = device;
    this.process = process;
  }

  async start(): Promise<void> {
    const { device, process } = this;
    const identity = await this.#identity();
    const { seams, world } = device.options;
    const place: AppPlace = { world, process, disk: device.disk, newId: this.newId, replica: () => replica };
    const cache = wrap(diskCacheStore(device.disk, process), seams.cacheStore, place);
    const store = wrap(this.#logStore(), seams.logStore, place);
    const decode = async (bytes: Uint8Array<ArrayBuffer>): Promise<OpenChunk> =>
      openChunk(gunzipSync(bytes).toString());
    const replica = await Replica.load({ cache, decode });
    const verifyReceipt = this.#verifyReceipt(identity.enrolled);
    const { strays, remembered } = await this.#lookIntoMirror(store);
    const forget = async (stream: Uuid): Promise<void> => void device.disk.profile.mirror.delete(stream);
    const opened = await this.#openLog(identity, { store, replica, remembered });
    const outbox = await Outbox.load(store, verifyReceipt, new Strays(strays, { verifyReceipt, forget }));
    const log = wrap(opened, seams.log, place);
    const wire = wrap(simWire(device.line, process, identity.enrolled.token), seams.wire, place);
    const loop = this.#loop({ identity: identity.enrolled, store, log, outbox, replica, wire, cache });
    this.running = { identity: identity.enrolled, store, log, outbox, replica, loop, wire };
    world.note(`${process.name} open ${log.stream.slice(-8)}`);
    await this.#printUnprinted(store);
    loop.wake();
  }

  /** Ends this start of the app, as closing its tab does. */
  close(): void {
    this.running?.loop.stop();
    this.process.kill();
  }

  readonly newId = (): Uuid => uuidV7(this.device.nowMs(), this.device.dice.bytes(10));

  clock(): Clock {
    const clock: Clock = {
      now: () => this.device.nowMs(),
      instant: () => instant(this.device.nowMs(), 60),
      after: (delayMs, callback) => this.process.at(delayMs, "timer", callback),
    };
    return this.device.options.seams.clock?.(clock) ?? clock;
  }

  /** What the screen shows as on hand, in the unit's smallest steps; null where there is no copy yet. */
  onHand(variant: VariantId): number | null {
    const { device, running } = this;
    if (running === null) return null;
    const { identity, replica } = running;
    const channel = branchChannel(identity.branch);
    const document = replica.get(channel, "stock", variant);
    if (document === undefined) return null;
    const { units, scale } = document.body as DocumentOf<"stock">;
    const settledSeq = (stream: Uuid): number => replica.settledSeq(channel, stream);
    const own = [...device.disk.profile.log.entries].flatMap(([stream, entries]) =>
      entries.flatMap(({ seq, event }): OwnEvent[] => {
        const sale = device.sales.get(event);
        return sale === undefined ? [] : [{ stream, seq, event: { type: "sale-completed", body: sale } }];
      }),
    );
    return rescale(onHandOf(variant, { units, scale }, { own, settledSeq }), scale, "half-away").units;
  }

  #logStore(): TerminalLogStore {
    const { device, process } = this;
    return diskLogStore({
      disk: device.disk,
      process,
      durability: device.options.seams.durability ?? "strict",
      onStored: ({ entries }) => {
        for (const { type, event } of entries) if (type === "sale-completed") device.options.onStored(event);
      },
    });
  }

  /** What WebCrypto does takes a moment in a browser, in which another window may write and a kill may come. */
  #awaited<Given extends readonly unknown[], T>(
    label: string,
    work: (...given: Given) => T,
  ): (...given: Given) => MaybePromise<T> {
    const { device, process } = this;
    const { terminalMsMax } = device.options.crypto;
    if (terminalMsMax === 0) return work;
    const dice = device.dice.fork(`${process.name} ${label}`);
    return (...given) => process.answer(Math.ceil(dice.next() * terminalMsMax), label, () => work(...given));
  }

  #verifyReceipt({ serverKeys }: EnrolReply): VerifyReceipt {
    const { seams, crypto } = this.device.options;
    const serverKey = serverKeys.find(({ use }) => use === "sig");
    const verify = this.#awaited("verify", crypto.verify);
    return async (receipt) =>
      seams.believesReceipts === true ||
      (serverKey !== undefined && (await verify(serverReceiptText(receipt), receipt.sig, serverKey.key)));
  }

  async #lookIntoMirror(store: TerminalLogStore): Promise<MirrorComparison> {
    const { disk, options } = this.device;
    const { streams } = await store.read();
    const compared = await compareMirror(mirrorFiles(disk.profile), {
      streams,
      hashes: async (stream) => new Set((disk.profile.log.entries.get(stream) ?? []).map(({ hash }) => hash)),
    });
    if (compared.strays.length > 0) options.world.sometimes("the mirror had what the log had lost");
    return compared;
  }

  #openLog({ enrolled, signer }: Identity, parts: LogParts): Promise<EventLog> {
    const { device } = this;
    const { seams, world } = device.options;
    const mirror: Mirror = diskMirror(device.disk, this.process, device.unmirrored);
    return EventLog.open({
      store: parts.store,
      mirror: seams.mirror?.(mirror) ?? mirror,
      sha256: this.#awaited("hash", sha256Hex),
      sign: this.#awaited("sign", signer.sign),
      newId: this.newId,
      clock: this.clock(),
      genesis: () => ({
        terminal: enrolled.terminal,
        build: BUILD,
        key: signer.kid,
        timeZone: "UTC",
        persisted: true,
      }),
      seen: () => parts.replica.seen(),
      onMirrorFailure: () => world.sometimes("the mirror failed"),
      remembered: parts.remembered,
    });
  }

  #loop({ identity, cache, ...parts }: Omit<Running, "loop"> & { readonly cache: CacheStore }): SyncLoop {
    const { device } = this;
    const { world } = device.options;
    return new SyncLoop({
      ...parts,
      cache,
      clock: this.clock(),
      dice: device.dice.fork(`${this.process.name} loop`).next,
      sha256Bytes: this.#awaited("hash chunk", sha256Hex),
      onProgress: () => undefined,
      channels: identity.channels,
      onChange: () => void this.#statusIsTrue().catch((error: unknown) => this.#notADisk(error)),
      onServerTime: () => undefined,
      onFault: (error) => {
        if (error instanceof LostWriter) this.lostWriter();
        else if (!(error instanceof DiskFailure)) world.fault(`${this.process.name} sync`, error);
      },
    });
  }

  /** A disk that cannot be read is part of the day; anything else is a fault of ours. */
  #notADisk(error: unknown): void {
    if (!(error instanceof DiskFailure)) this.device.options.world.fault(this.process.name, error);
  }

  /** What is shown as all sent is: no sale that was handed out waits for the server's word. */
  async #statusIsTrue(): Promise<void> {
    const { running, device } = this;
    const { seams, world } = device.options;
    if (running === null) return;
    const status = await syncStatus(running.outbox, running.loop.reach, running.loop.isBusy);
    const { writer, streams } = device.disk.profile.log;
    if (!(seams.status?.(status) ?? status).green || writer?.stream !== running.log.stream) return;
    const unsent = [...streams.values()].flatMap(({ stream, receipt, condemnedFrom }) =>
      (device.disk.profile.log.entries.get(stream) ?? []).slice((receipt?.seq ?? -1) + 1, condemnedFrom ?? undefined),
    );
    // Until its paper is out nobody has been told of a sale.
    world.always(
      !unsent.some(({ event }) => device.papers.has(event)),
      "green-is-true",
      () => `${this.process.name} shows all sent, ${unsent.length} entries are not`,
    );
  }

  /** Another tab writes by now: this one says so, and the person takes over where they are. */
  lostWriter(): void {
    const { world } = this.device.options;
    world.sometimes("a tab lost the writer");
    world.note(`${this.process.name} lost the writer`);
    this.device.reopen(this);
  }

  /** What the disk says this device is; without it a manager types a code as soon as the server can be reached. */
  async #identity(): Promise<Identity> {
    const { device, process } = this;
    const { crypto, server, terminal, world } = device.options;
    const { database } = device.disk;
    const held = await database.read(process, "read keys", () => device.disk.profile.identity);
    if (held !== null) return held;
    const signer: Signer = crypto.newSigner(device.dice.fork(`${process.name} key`));
    while (!device.line.conditions.isUp || !server.isUp()) {
      await process.answer(ENROL_AGAIN_MS, "wait for a manager", () => undefined);
    }
    const enrolled = await process.answer(1_000, "enrol", () => server.enrol(terminal, signer.key));
    const identity: Identity = { enrolled, signer };
    await database.write(process, {
      label: "save keys",
      durability: "strict",
      apply: () => {
        device.disk.profile.identity = identity;
        return {
          value: undefined,
          undo: () => {
            device.disk.profile.identity = null;
          },
        };
      },
    });
    world.note(`${device.name} is ${enrolled.series}`);
    return identity;
  }

  /** A sale that is on the disk and whose paper may not have come out is shown, and printed. */
  async #printUnprinted(store: TerminalLogStore): Promise<void> {
    const { papers, disk, options } = this.device;
    for (const { draft } of await store.drafts()) {
      const entry = [...disk.profile.log.entries.values()].flat().find(({ event }) => event === draft);
      if (entry === undefined) continue;
      if (!papers.has(draft)) options.world.sometimes("a sale was finished after a restart");
      await this.paper(store, saleIn(entry.raw));
    }
  }

  /** Hands out the paper, then takes the mark away that says it has not come out. */
  async paper(store: TerminalLogStore, sale: Sale): Promise<void> {
    this.device.print(sale);
    const stream = this.running?.log.stream;
    if (stream === undefined) return;
    await store.changeDrafts({ remove: [sale.sale] }, stream).catch(() => undefined);
  }
}

type LogParts = Pick<Running, "store" | "replica"> & Pick<MirrorComparison, "remembered">;

function wrap<T>(plain: T, seam: ((plain: T, place: AppPlace) => T) | undefined, place: AppPlace): T {
  return seam?.(plain, place) ?? plain;
}

function saleIn(raw: string): Sale {
  const read = readEntry(raw);
  if ("unreadable" in read) throw new Error(read.unreadable.message);
  return read.entry.body as Sale;
}
