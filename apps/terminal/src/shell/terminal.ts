import { type Uuid, uuidV7 } from "@holdfast/domain/kernel/id";
import { WIPE_HEADER } from "@holdfast/protocol/contact";
import type { EnrolReply } from "@holdfast/protocol/enrol";
import { EventLog } from "@holdfast/sync/event-log";
import { httpWire } from "@holdfast/sync/http/http-wire";
import { Outbox } from "@holdfast/sync/outbox";
import type { Clock } from "@holdfast/sync/ports";
import { Replica, type ReplicaPorts } from "@holdfast/sync/replica";
import { type SyncStatus, statusNow, syncStatus } from "@holdfast/sync/status";
import { Strays } from "@holdfast/sync/strays";
import { SyncLoop } from "@holdfast/sync/sync-loop";
import { ChunkOpener } from "../catalog/chunk-opener.ts";
import { compareMirror, type MirrorComparison } from "../store/compare-mirror.ts";
import { IdbCacheStore } from "../store/idb-cache-store.ts";
import { IdbLogStore } from "../store/idb-log-store.ts";
import { keepKit } from "../store/keep-kit.ts";
import type { KeyStore } from "../store/key-store.ts";
import { Kit } from "../store/kit.ts";
import { OpfsMirror } from "../store/mirror.ts";
import { forgetMirror, readMirror } from "../store/mirror-files.ts";
import { randomBytes, sha256Bytes, sha256Hex, signText } from "../store/web-crypto.ts";
import { branchClock } from "./branch-clock.ts";
import { BUILD } from "./build.ts";
import { createDrill, type Drill } from "./drill.ts";
import { type CopyProgress, watchFirstCopy } from "./first-copy.ts";
import { bindPins } from "./pin.ts";
import { type Shop, shopOf } from "./shop.ts";
import { createValue, type Value } from "./value.ts";
import { verifyReceiptFor } from "./verify-receipt.ts";

/** Everything behind the screens, once this device is a terminal. */
export type Terminal = {
  readonly identity: EnrolReply;
  readonly keys: KeyStore;
  readonly store: IdbLogStore;
  readonly log: EventLog;
  readonly outbox: Outbox;
  readonly replica: Replica;
  readonly loop: SyncLoop;
  readonly clock: Clock;
  readonly newId: () => Uuid;
  /** Null until the first copy of the shop is complete. */
  readonly shop: Value<Shop | null>;
  readonly firstCopy: Value<CopyProgress>;
  readonly status: Value<SyncStatus>;
  /** The second copy could not be written: selling goes on, someone should know. */
  readonly mirrorFault: Value<string | null>;
  /** The second copy, sealed to the server. */
  readonly mirror: Pick<OpfsMirror, "write">;
  /** The server says that this device is to bring what it holds and then destroy its copies. */
  readonly wipeAsked: Value<boolean>;
  /** The browser promised not to throw our data away when space is short. */
  /** Whether the browser promised to keep what is stored here. A private window never does. */
  readonly isPersisted: Value<boolean>;
  /** Cuts this app's own line, for practice. */
  readonly drill: Drill;
  readonly close: () => Promise<void>;
};

/** A file's name may not be on the disk yet when its content is: an older one goes only when a newer one surely is. */
const MIRROR_KEPT_MS = 86_400_000;

function newId(): Uuid {
  return uuidV7(Date.now(), randomBytes(10));
}

/** Opens the log as its writer and starts to sync. Works without any network. */
export async function openTerminal(keys: KeyStore, identity: EnrolReply): Promise<Terminal> {
  const store = new IdbLogStore(keys.device.data);
  const cache = new IdbCacheStore(keys.device.data);
  const kit = new Kit();
  const shop = createValue<Shop | null>(null);
  const chunks = new ChunkOpener(() => {
    // Searches that are on the screen find more now.
    const current = shop.get();
    if (current !== null) shop.set({ ...current });
  });
  // None of these waits for another, and together they take as long as the longest.
  const asked = [lookIntoMirror(store), askToPersist()] as const;
  const replica = await loadReplica({ cache, kit, decode: chunks.open, opened: chunks.opened }, identity.channels);
  chunks.keepOnly(new Set(replica.channels().flatMap((subscription) => subscription.chunks)));
  shop.set(shopOf(replica, identity.branch));
  const clock = branchClock(() => shop.get()?.branch.timeZone ?? "UTC");
  const [looked, isKept] = await Promise.all(asked);
  const isPersisted = createValue(isKept);
  const place = { keys, identity, store, replica, clock, isPersisted, looked };
  const { log, outbox, mirror, mirrorFault } = await openLog(place);
  const { loop, status, firstCopy, drill, wipeAsked } = await openSync({ ...place, cache, log, outbox });
  const unwatch = replica.onChange((change) => {
    // Stock moves with every sale and is read from the copy itself.
    if (!change.anew && change.documents.every(({ kind }) => kind === "stock")) return;
    shop.set(shopOf(replica, identity.branch, { shop: shop.get(), change }));
  });
  const unlisten = wakeOnSigns(loop);
  const leaveKit = keepKit(kit, { replica, cache });
  loop.wake();
  const close = async (): Promise<void> => {
    unwatch();
    unlisten();
    leaveKit();
    loop.stop();
    mirror.close();
    chunks.close();
    await Promise.all([store.close(), cache.close()]);
  };
  const parts = { log, outbox, loop, newId, shop, firstCopy, status, drill, mirror, mirrorFault, wipeAsked, close };
  return { identity, keys, store, replica, clock, isPersisted, ...parts };
}

async function askToPersist(): Promise<boolean> {
  return (await navigator.storage.persisted()) || (await navigator.storage.persist());
}

/** What the cache lost, the kit may have. */
async function loadReplica(
  { kit, ...ports }: ReplicaPorts & { readonly kit: Kit },
  channels: readonly string[],
): Promise<Replica> {
  const { cache } = ports;
  const replica = await Replica.load(ports);
  const lost = channels.filter((channel) => !replica.isComplete([channel]));
  if (lost.length === 0) return replica;
  await kit.restore(cache, lost).catch((error: unknown) => console.warn("the kit cannot be read", error));
  return await Replica.load(ports);
}

type Place = Pick<Terminal, "keys" | "identity" | "store" | "replica" | "clock" | "isPersisted">;

type LogPlace = Place & { readonly looked: LookedInto };

async function openLog({ keys, identity, store, replica, clock, isPersisted, looked }: LogPlace) {
  const { signing } = keys.device;
  const verifyReceipt = verifyReceiptFor(identity);
  const { strays, remembered } = looked;
  const mirrorFault = createValue<string | null>(null);
  const mirror = openMirror(identity);
  const log = await EventLog.open({
    store,
    mirror,
    sha256: sha256Hex,
    sign: (text) => signText(text, signing.key),
    newId,
    clock,
    genesis: () => ({
      terminal: identity.terminal,
      build: BUILD,
      key: signing.kid,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      persisted: isPersisted.get(),
    }),
    seen: () => replica.seen(),
    onMirrorFailure: (error) => mirrorFault.set(error instanceof Error ? error.message : String(error)),
    remembered,
  });
  // Read after the take-over: what another window wrote until then is to be sent as well.
  const outbox = await Outbox.load(store, verifyReceipt, new Strays(strays, { verifyReceipt, forget: forgetMirror }));
  return { log, outbox, mirror, mirrorFault };
}

type LookedInto = Pick<MirrorComparison, "strays" | "remembered">;

/** A second copy that cannot be read keeps nobody from selling. */
async function lookIntoMirror(store: IdbLogStore): Promise<LookedInto> {
  try {
    const files = await readMirror();
    const { streams } = await store.read();
    const compared = await compareMirror(files, { streams, hashes: store.hashes });
    const old = files.filter(({ changedAtMs }) => Math.abs(Date.now() - changedAtMs) > MIRROR_KEPT_MS);
    for (const { stream } of old) if (compared.confirmed.includes(stream)) await forgetMirror(stream);
    return compared;
  } catch (error) {
    console.warn("the second copy cannot be read", error);
    return { strays: [], remembered: { counters: {}, last: null } };
  }
}

type SyncPlace = Place & Pick<Terminal, "log" | "outbox"> & { readonly cache: IdbCacheStore };

async function openSync({ keys, identity, store, replica, clock, isPersisted, cache, log, outbox }: SyncPlace) {
  const status = createValue<SyncStatus>(await syncStatus(outbox, { kind: "unknown" }, false));
  const firstCopy = watchFirstCopy(identity.channels);
  const wipeAsked = createValue(false);
  const drill = createDrill((...args) => fetch(...args));
  let asked = 0;
  const refreshStatus = async (): Promise<void> => {
    asked += 1;
    const turn = asked;
    // What is unsent is known at once, and the light must not stay green while the age of it is looked up.
    const { oldestUnsentAt } = status.get();
    status.set(statusNow(outbox, loop.reach, { sending: loop.isBusy, oldestUnsentAt }));
    const next = await syncStatus(outbox, loop.reach, loop.isBusy);
    // Answers may overtake one another; only the newest question counts.
    if (turn === asked) status.set(next);
  };
  const wire = httpWire({
    baseUrl: "",
    token: identity.token,
    build: BUILD,
    fetch: hearWipe(drill.fetch, wipeAsked),
    now: clock.now,
    unsent: () => ({ count: outbox.unsentCount, oldestAt: status.get().oldestUnsentAt }),
    isStorageKept: isPersisted.get,
  });
  const loop = new SyncLoop({
    wire: bindPins(firstCopy.overhear(wire), keys.device.pin),
    log,
    store,
    outbox,
    replica,
    clock,
    dice: Math.random,
    cache,
    sha256Bytes,
    onProgress: firstCopy.noteChunks,
    channels: identity.channels,
    onChange: () => void refreshStatus(),
    onServerTime: () => undefined,
    onFault: (error) => console.error(error),
  });
  return { loop, status, drill, wipeAsked, firstCopy: firstCopy.progress };
}

function hearWipe(network: typeof fetch, wipeAsked: Value<boolean>): typeof fetch {
  return async (input, init) => {
    const response = await network(input, init);
    if (response.headers.has(WIPE_HEADER)) wipeAsked.set(true);
    return response;
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
