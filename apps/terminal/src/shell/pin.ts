import type { PinVerifier, StaffDocument } from "@holdfast/protocol/documents";
import type { FeedDocument } from "@holdfast/protocol/feed";
import { fromBase64Url, toBase64Url } from "@holdfast/sync/base64url";
import type { Wire } from "@holdfast/sync/ports";
import type { PinAnswer, PinQuestion } from "./pin-worker.ts";

/**
 * Binds PIN verifiers to this device before anything of them is stored: what lies in the profile can then be tried only with a
 * key that the browser does not give out.
 */
export function bindPins(wire: Wire, key: CryptoKey): Wire {
  const bindAll = (docs: readonly FeedDocument[]): Promise<FeedDocument[]> =>
    Promise.all(docs.map((doc) => bindDocument(doc, key)));
  return {
    ...wire,
    pull: async (question) => {
      const reply = await wire.pull(question);
      for (const page of Object.values(reply.channels)) page.docs = await bindAll(page.docs);
      return reply;
    },
    live: (channels, listener) =>
      wire.live(channels, {
        ...listener,
        onFeed: (event) => {
          if (event.docs === null) listener.onFeed(event);
          else void bindAll(event.docs).then((docs) => listener.onFeed({ ...event, docs }));
        },
      }),
  };
}

async function bindDocument(document: FeedDocument, key: CryptoKey): Promise<FeedDocument> {
  if (document.kind !== "staff" || document.deleted === true) return document;
  const body = document.body as StaffDocument;
  return body.pin === null
    ? document
    : { ...document, body: { ...body, pin: { ...body.pin, hash: await bound(body.pin.hash, key) } } };
}

async function bound(hash: string, key: CryptoKey): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.sign("HMAC", key, fromBase64Url(hash))));
}

let worker: Worker | null = null;
let nextId = 1;

/** Whether the PIN is the one behind a bound verifier. Takes about a tenth of a second, off the main thread. */
export async function isPin(pin: string, verifier: PinVerifier, key: CryptoKey): Promise<boolean> {
  return (await bound(await argon2(pin, verifier), key)) === verifier.hash;
}

function argon2(pin: string, { salt, memoryKib, passes }: PinVerifier): Promise<string> {
  worker ??= new Worker(new URL("./pin-worker.ts", import.meta.url), { type: "module", name: "pin" });
  const asked = worker;
  const id = nextId++;
  return new Promise((resolve, reject) => {
    const onAnswer = ({ data }: MessageEvent<PinAnswer>): void => {
      if (data.id !== id) return;
      asked.removeEventListener("message", onAnswer);
      if (data.hash === null) reject(new Error("the PIN could not be checked"));
      else resolve(data.hash);
    };
    asked.addEventListener("message", onAnswer);
    asked.postMessage({ id, pin, salt, memoryKib, passes } satisfies PinQuestion);
  });
}
