/// <reference lib="webworker" />
import { isWorkerMessage } from "./shell/worker-messages.ts";

declare const self: ServiceWorkerGlobalScope;
/** Written in by the build: its name, and the SHA-256 of every file that the app is made of, by path. */
declare const __SHELL__: { readonly build: string; readonly files: Readonly<Record<string, string>> };

const PREFIX = "holdfast-shell-";
const OWN_CACHE = PREFIX + __SHELL__.build;
const PAGE = "/index.html";
/** Not a file of the app: when this build started, in its own cache. */
const STARTS = "/.starts";
const FETCHES_AT_ONCE = 6;
/** For so long after it was written a cache may still be lost in a power cut. */
const SETTLED_MS = 60_000;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  const path = request.mode === "navigate" && url.pathname === "/" ? PAGE : url.pathname;
  // An older page, still open during an update, asks for files that only older builds had.
  if (path in __SHELL__.files || path.startsWith("/assets/")) event.respondWith(answer(path, request));
});

self.addEventListener("message", (event) => {
  const message: unknown = event.data;
  if (!isWorkerMessage(message)) return;
  if (message.kind === "activate") event.waitUntil(self.skipWaiting());
  else if (__SHELL__.build.startsWith(message.build)) event.waitUntil(noteStart());
});

/** All of it or nothing: a login page or an error served as 200 has another hash and ends the installation. */
async function install(): Promise<void> {
  // What an interrupted installation left may be anything.
  await caches.delete(OWN_CACHE);
  const older = await shellCaches();
  const cache = await caches.open(OWN_CACHE);
  const queue = Object.entries(__SHELL__.files);
  const takeNext = async (): Promise<void> => {
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const [path, sha256] = next;
      await cache.put(path, (await fromOlder(older, path, sha256)) ?? (await fetchWhole(path, sha256)));
    }
  };
  try {
    await Promise.all(Array.from({ length: FETCHES_AT_ONCE }, takeNext));
  } catch (error) {
    await caches.delete(OWN_CACHE);
    throw error;
  }
}

async function fetchWhole(path: string, sha256: string): Promise<Response> {
  const response = await fetch(path, { cache: "no-cache", credentials: "omit", redirect: "error" });
  const copy = response.status === 200 ? await copyIfIntact(response, sha256) : null;
  if (copy === null) throw new Error(`${path} is not what this build has`);
  return copy;
}

async function fromOlder(older: readonly string[], path: string, sha256: string): Promise<Response | null> {
  for (const name of older) {
    const held = await (await caches.open(name)).match(path);
    const copy = held === undefined ? null : await copyIfIntact(held, sha256);
    if (copy !== null) return copy;
  }
  return null;
}

/** The headers stay: the content security policy is among them. */
async function copyIfIntact(response: Response, sha256: string): Promise<Response | null> {
  const bytes = await response.arrayBuffer();
  if ((await hexOf(bytes)) !== sha256) return null;
  const headers = new Headers(response.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  return new Response(bytes, { headers });
}

async function hexOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** This build's copy, else an older build's, else the network: nothing on the way waits for a network that may be dead. */
async function answer(path: string, request: Request): Promise<Response> {
  for (const name of [OWN_CACHE, ...(await shellCaches()).reverse()]) {
    const held = (await caches.has(name)) ? await (await caches.open(name)).match(path) : undefined;
    if (held !== undefined) return held;
  }
  return await fetch(request);
}

/** Older builds' copies go when this one has started again, long enough after the first time. */
async function noteStart(): Promise<void> {
  const cache = await caches.open(OWN_CACHE);
  const first = Number((await (await cache.match(STARTS))?.text()) ?? Number.NaN);
  if (Number.isNaN(first)) return await cache.put(STARTS, new Response(String(Date.now())));
  if (Math.abs(Date.now() - first) < SETTLED_MS) return;
  for (const name of await shellCaches()) if (name !== OWN_CACHE) await caches.delete(name);
}

/** In the order in which they were made. */
async function shellCaches(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}
