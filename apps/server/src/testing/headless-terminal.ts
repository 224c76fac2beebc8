import { generateKeyPairSync, randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { type Uuid, uuidV7 } from "@holdfast/domain/kernel/id";
import { instant } from "@holdfast/domain/kernel/instant";
import type { TerminalId } from "@holdfast/domain/party/merchant";
import { type EnrolReply, enrolReplySchema } from "@holdfast/protocol/enrol";
import { serverReceiptText } from "@holdfast/protocol/log";
import { publicKeySchema } from "@holdfast/protocol/primitives";
import { openChunk } from "@holdfast/sync/chunk";
import { EventLog } from "@holdfast/sync/event-log";
import { httpWire } from "@holdfast/sync/http/http-wire";
import { Outbox } from "@holdfast/sync/outbox";
import type { Clock, LogStore, Wire } from "@holdfast/sync/ports";
import { Replica } from "@holdfast/sync/replica";
import { SyncLoop } from "@holdfast/sync/sync-loop";
import { MemoryCacheStore, MemoryLogStore } from "@holdfast/sync/testing/memory-stores";
import { sha256Hex, signText, thumbprint, verifyText } from "../sync/signing.ts";

/** A terminal without a screen: the real log, outbox, replica and loop, with its stores in memory. */
export type HeadlessTerminal = {
  readonly identity: EnrolReply;
  readonly log: EventLog;
  readonly store: LogStore;
  readonly outbox: Outbox;
  readonly replica: Replica;
  readonly loop: SyncLoop;
  readonly wire: Wire;
  readonly sign: (text: string) => string;
  readonly newId: () => Uuid;
  /** Resolves when everything is confirmed and the copy is complete. */
  readonly settled: (withinMs?: number) => Promise<void>;
};

export type HeadlessOptions = {
  readonly baseUrl: string;
  readonly enrolmentCode: string;
  readonly fetch?: typeof fetch;
  /** What the terminal believes the time to be, milliseconds since 1970. */
  readonly now?: () => number;
};

const BUILD = "headless";
const SETTLED_POLL_MS = 5;

export async function enrolHeadless(options: HeadlessOptions): Promise<HeadlessTerminal> {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = publicKeySchema.parse(publicKey.export({ format: "jwk" }));
  const identity = await enrol(options, key);
  return await startHeadless(options, { identity, kid: thumbprint(key), sign: (text) => signText(text, privateKey) });
}

async function enrol({ baseUrl, enrolmentCode }: HeadlessOptions, publicKey: object): Promise<EnrolReply> {
  const response = await fetch(`${baseUrl}/v1/terminals/enrol`, {
    method: "POST",
    body: JSON.stringify({ code: enrolmentCode, publicKey, build: BUILD, persisted: true }),
  });
  if (!response.ok) throw new Error(`the terminal was not enrolled: ${await response.text()}`);
  return enrolReplySchema.parse(await response.json());
}

type Signer = { readonly identity: EnrolReply; readonly kid: string; readonly sign: (text: string) => string };

async function startHeadless(options: HeadlessOptions, { identity, kid, sign }: Signer): Promise<HeadlessTerminal> {
  const now = options.now ?? Date.now;
  const clock = wallClock(now);
  const newId = (): Uuid => uuidV7(now(), randomBytes(10));
  const store = new MemoryLogStore();
  const cache = new MemoryCacheStore();
  const replica = await Replica.load({
    cache,
    decode: async (bytes) => openChunk(gunzipSync(bytes).toString()),
  });
  const log = await EventLog.open({
    store,
    mirror: { write: async () => undefined },
    sha256: sha256Hex,
    sign,
    newId,
    clock,
    genesis: () => ({
      terminal: identity.terminal as TerminalId,
      build: BUILD,
      key: kid,
      timeZone: "UTC",
      persisted: true,
    }),
    seen: () => replica.seen(),
    onMirrorFailure: () => undefined,
  });
  const outbox = await Outbox.load(store, async (receipt) => {
    const serverKey = identity.serverKeys.find((each) => each.kid === receipt.kid && each.use === "sig");
    return serverKey !== undefined && verifyText(serverReceiptText(receipt), receipt.sig, serverKey.key);
  });
  const wire = httpWire({
    baseUrl: options.baseUrl,
    token: identity.token,
    build: BUILD,
    fetch: options.fetch ?? fetch,
    now,
    unsent: () => ({ count: outbox.unsentCount, oldestAt: null }),
  });
  const loop = new SyncLoop({
    wire,
    log,
    store,
    outbox,
    replica,
    clock,
    dice: Math.random,
    cache,
    sha256Bytes: sha256Hex,
    onProgress: () => undefined,
    channels: identity.channels,
    onChange: () => undefined,
    onServerTime: () => undefined,
    onFault: (error) => console.error(error),
  });
  const settled = async (withinMs = 30_000): Promise<void> => {
    const deadline = performance.now() + withinMs;
    while (outbox.unsentCount > 0 || loop.reach.kind !== "online" || !replica.isComplete(identity.channels)) {
      if (performance.now() > deadline) {
        throw new Error(`not settled: ${outbox.unsentCount} unsent, ${JSON.stringify(loop.reach)}`);
      }
      await delay(SETTLED_POLL_MS);
    }
  };
  return { identity, log, store, outbox, replica, loop, wire, sign, newId, settled };
}

function wallClock(now: () => number): Clock {
  return {
    now,
    instant: () => instant(now(), 0),
    after: (delayMs, callback) => {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
  };
}
