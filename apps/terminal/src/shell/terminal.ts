import { type Uuid, uuidV7 } from "@holdfast/domain/kernel/id";
import type { EnrolReply } from "@holdfast/protocol/enrol";
import { enrolReplySchema } from "@holdfast/protocol/enrol";
import { serverReceiptText } from "@holdfast/protocol/log";
import type { BootstrapProgress } from "@holdfast/sync/bootstrap";
import { EventLog } from "@holdfast/sync/event-log";
import { httpWire } from "@holdfast/sync/http/http-wire";
import { Outbox } from "@holdfast/sync/outbox";
import { Replica } from "@holdfast/sync/replica";
import { type SyncStatus, syncStatus } from "@holdfast/sync/status";
import { SyncLoop } from "@holdfast/sync/sync-loop";
import { IdbCacheStore } from "../store/idb-cache-store.ts";
import { IdbLogStore } from "../store/idb-log-store.ts";
import type { KeyStore } from "../store/key-store.ts";
import { OpfsMirror } from "../store/mirror.ts";
import { randomBytes, sha256Bytes, sha256Hex, signText, verifyText } from "../store/web-crypto.ts";
import { branchClock } from "./branch-clock.ts";
import { decodeChunk } from "./decode-chunk.ts";
import { bindPins } from "./pin.ts";
import { type Shop, shopOf } from "./shop.ts";
import { createValue, type Value } from "./value.ts";

/** This build, for the server and for people. */
export const BUILD: string = import.meta.env.VITE_BUILD ?? "dev";

/** Everything behind the screens, once this device is a terminal. */
export type Terminal = {
  readonly identity: EnrolReply;
  readonly keys: KeyStore;
  readonly store: IdbLogStore;
  readonly log: EventLog;
  readonly outbox: Outbox;
  readonly replica: Replica;
  readonly loop: SyncLoop;
  readonly clock: ReturnType<typeof branchClock>;
  readonly newId: () => Uuid;
  /** Null until the first copy of the shop is complete. */
  readonly shop: Value<Shop | null>;
  readonly status: Value<SyncStatus>;
  /** The second copy could not be written: selling goes on, someone should know. */
  readonly mirrorFault: Value<string | null>;
  /** How far the first copy of a large channel has come. */
  readonly bootstrap: Value<BootstrapProgress | null>;
  readonly close: () => Promise<void>;
};

export function newId(): Uuid {
  return uuidV7(Date.now(), randomBytes(10));
}

/** Turns a typed code into this device's identity. Throws with the server's own words when it says no. */
export async function enrol(keys: KeyStore, code: string): Promise<EnrolReply> {
  const persisted = await navigator.storage.persist();
  const response = await fetch("/v1/terminals/enrol", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code, publicKey: keys.device.signing.publicKey, build: BUILD, persisted }),
    redirect: "error",
  });
  const value: unknown = await response.json();
  if (!response.ok) throw new Error(messageOf(value));
  const identity = enrolReplySchema.parse(value);
  await keys.saveIdentity(identity);
  return identity;
}

function messageOf(value: unknown): string {
  const error = (value as { error?: { message?: unknown } } | null)?.error?.message;
  return typeof error === "string" ? error : "the server did not say why";
}

/** Opens the log as its writer and starts to sync. Works without any network. */
export async function openTerminal(keys: KeyStore, identity: EnrolReply): Promise<Terminal> {
  const { device } = keys;
  const store = new IdbLogStore(device.data);
  const cache = new IdbCacheStore(device.data);
  const replica = await Replica.load({ cache, decode: decodeChunk });
  const shop = createValue<Shop | null>(shopOf(replica, identity.branch));
  const clock = branchClock(() => shop.get()?.branch.timeZone ?? "UTC");
  const outbox = await Outbox.load(store, async (receipt) => {
    const serverKey = identity.serverKeys.find(({ kid, use }) => kid === receipt.kid && use === "sig");
    return serverKey !== undefined && (await verifyText(serverReceiptText(receipt), receipt.sig, serverKey.key));
  });
  const mirrorFault = createValue<string | null>(null);
  const bootstrap = createValue<BootstrapProgress | null>(null);
  const mirror = openMirror(identity);
  const persisted = await navigator.storage.persisted();
  const log = await EventLog.open({
    store,
    mirror,
    sha256: sha256Hex,
    sign: (text) => signText(text, device.signing.key),
    newId,
    clock,
    genesis: () => ({
      terminal: identity.terminal,
      build: BUILD,
      key: device.signing.kid,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      persisted,
    }),
    seen: () => replica.seen(),
    onMirrorFailure: (error) => mirrorFault.set(error instanceof Error ? error.message : String(error)),
  });
  outbox.noteAppended(await store.entries(log.stream, 0, 1));
  const status = createValue<SyncStatus>(await syncStatus(outbox, { kind: "unknown" }, false));
  let asked = 0;
  const refreshStatus = async (): Promise<void> => {
    asked += 1;
    const turn = asked;
    const next = await syncStatus(outbox, loop.reach, loop.isBusy);
    // Answers may overtake one another; only the newest question counts.
    if (turn === asked) status.set(next);
  };
  const wire = httpWire({
    baseUrl: "",
    token: identity.token,
    build: BUILD,
    fetch: (...args) => fetch(...args),
    now: clock.now,
  });
  const loop = new SyncLoop({
    wire: bindPins(wire, device.pin),
    log,
    store,
    outbox,
    replica,
    clock,
    dice: Math.random,
    cache,
    sha256Bytes,
    onProgress: (progress) => bootstrap.set(progress),
    channels: identity.channels,
    onChange: () => void refreshStatus(),
    onServerTime: () => undefined,
    onFault: (error) => console.error(error),
  });
  const unwatch = replica.onChange(({ anew, documents }) => {
    // Stock moves with every sale and is read from the copy itself.
    if (anew || documents.some(({ kind }) => kind !== "stock")) shop.set(shopOf(replica, identity.branch));
  });
  const unlisten = wakeOnSigns(loop);
  loop.wake();
  const close = async (): Promise<void> => {
    unwatch();
    unlisten();
    loop.stop();
    mirror.close();
    await store.close();
  };
  return {
    identity,
    keys,
    store,
    log,
    outbox,
    replica,
    loop,
    clock,
    newId,
    shop,
    status,
    mirrorFault,
    bootstrap,
    close,
  };
}

function openMirror(identity: EnrolReply): OpfsMirror {
  const serverKey = identity.serverKeys.findLast(({ use }) => use === "enc");
  if (serverKey === undefined) throw new Error("the server gave no key to seal the second copy to");
  return new OpfsMirror({ serverKey, terminal: identity.terminal });
}

/** Each of these only says that a try may be worth it now; none says that there is a connection. */
function wakeOnSigns(loop: SyncLoop): () => void {
  const wake = (): void => loop.wake();
  const onVisible = (): void => {
    if (document.visibilityState === "visible") loop.wake();
  };
  window.addEventListener("online", wake);
  window.addEventListener("pageshow", wake);
  document.addEventListener("visibilitychange", onVisible);
  return () => {
    window.removeEventListener("online", wake);
    window.removeEventListener("pageshow", wake);
    document.removeEventListener("visibilitychange", onVisible);
  };
}
