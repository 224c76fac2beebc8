import { httpWire } from "@holdfast/sync/http/http-wire";
import { Strays } from "@holdfast/sync/strays";
import { compareMirror } from "../store/compare-mirror.ts";
import { forgetMirror, readMirror } from "../store/mirror-files.ts";
import { removeWipeMark, saveWipeMark, type WipeMark } from "../store/wipe-mark.ts";
import { BUILD } from "./build.ts";
import { createValue, type Value } from "./value.ts";
import { verifyReceiptFor } from "./verify-receipt.ts";

const AGAIN_MS = 20_000;
const BATCH = { entriesMax: 200, bytesMax: 500_000 };

/** A device whose copies are destroyed. What it could not send before lies sealed to the server, and is brought when there is a line. */
export type WipedDevice = {
  readonly name: string;
  /** Records that are still to be brought; null until the server knows that the device is wiped. */
  readonly rest: Value<number | null>;
  /** Saves them as a file, which anyone may bring in the back office but nobody can read. */
  readonly saveRest: () => Promise<void>;
  /** Forgets that it was wiped, so that a new code can make it a terminal again. */
  readonly startOver: () => Promise<void>;
};

export async function openWipedDevice(mark: WipeMark): Promise<WipedDevice> {
  const { identity } = mark;
  const files = (await readMirror()).filter(({ stream }) => mark.kept.includes(stream));
  const { strays: streams } = await compareMirror(files, { streams: [], hashes: async () => new Set() });
  const strays = new Strays(streams, { verifyReceipt: verifyReceiptFor(identity), forget: forgetMirror });
  const rest = createValue<number | null>(strays.count === 0 && !mark.told ? null : strays.count);
  const wire = httpWire({
    baseUrl: "",
    token: identity.token,
    build: BUILD,
    fetch: (...args) => fetch(...args),
    now: () => Date.now(),
    unsent: () => ({ count: strays.count, oldestAt: null }),
  });
  const bring = async (): Promise<void> => {
    for (let batch = strays.nextBatch(BATCH); batch !== null; batch = strays.nextBatch(BATCH)) {
      const reply = await wire.rescue(batch.text);
      await strays.settle(batch, reply);
      rest.set(strays.count);
      if (reply.stopped.some(({ code }) => code === "unknown_key")) return;
    }
    if (strays.count > 0 || !(await tell(identity.token))) return;
    await saveWipeMark({ ...mark, kept: [], told: true, identity: { ...identity, token: "" } });
    rest.set(0);
  };
  if (!mark.told) void keepTrying(bring, () => rest.get() === 0);
  return {
    name: identity.name,
    rest,
    saveRest: async () => {
      const lines = strays.streams().flatMap(({ header, rows }) => [header, ...rows.map(({ line }) => line)]);
      saveFile(`${identity.name}.ndjson`, lines);
    },
    startOver: async () => {
      await removeWipeMark();
      location.reload();
    },
  };
}

/** @returns whether the server knows; one that knows nothing of the token any more was told before */
async function tell(token: string): Promise<boolean> {
  const response = await fetch("/v1/wiped", { method: "POST", headers: { authorization: `Bearer ${token}` } });
  return response.status === 204 || response.status === 401;
}

async function keepTrying(work: () => Promise<void>, isDone: () => boolean): Promise<void> {
  await work().catch((error: unknown) => console.warn("the rest could not be brought", error));
  if (!isDone()) setTimeout(() => void keepTrying(work, isDone), AGAIN_MS);
}

function saveFile(name: string, lines: readonly string[]): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([lines.join("\n")], { type: "application/x-ndjson" }));
  link.download = name;
  link.click();
}
