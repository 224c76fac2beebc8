import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { type Context, Hono } from "hono";

/** A web app as it was built: a folder with `index.html`. */
export type Site = { readonly folder: string };

const compress = promisify(brotliCompress);

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".wav": "audio/wav",
};
const COMPRESSED = new Set([".html", ".js", ".css", ".json", ".svg", ".wasm", ".webmanifest"]);

type Asset = { readonly plain: Uint8Array; readonly brotli: Uint8Array | null };

/** Serves each web app on its own port: storage, locks and service workers belong to an origin, so each has its own. */
export function siteRoutes(siteOf: (port: number) => Site | null): Hono {
  const routes = new Hono();
  const assets = new Map<string, Promise<Asset | null>>();

  routes.get("*", async (c) => {
    const site = siteOf(localPort(c));
    if (site === null) return c.text("Nothing is served here.", 404);
    const path = normalize(decodeURIComponent(c.req.path)).replace(/^(\.\.[/\\])+/, "");
    const wantsPage = extname(path) === "";
    const file = join(site.folder, wantsPage ? "index.html" : path);
    if (!file.startsWith(site.folder)) return c.text("Not found.", 404);
    const asset = await load(file, assets);
    if (asset === null) return c.text(wantsPage ? "This app is not built yet: run npm start." : "Not found.", 404);
    return respond(c, { file, asset });
  });
  return routes;
}

/** The port that a request came in at. */
export function localPort(c: Context): number {
  const host = c.req.header("host") ?? "";
  const fromSocket = (c.env as { incoming?: { socket?: { localPort?: number } } }).incoming?.socket?.localPort;
  return fromSocket ?? Number(host.split(":")[1] ?? 0);
}

/** Built files never change under their name, except the page itself and its worker: those are read each time. */
async function load(file: string, assets: Map<string, Promise<Asset | null>>): Promise<Asset | null> {
  if (!isImmutable(file)) return await read(file);
  const known = assets.get(file) ?? read(file);
  assets.set(file, known);
  const asset = await known;
  if (asset === null) assets.delete(file);
  return asset;
}

async function read(file: string): Promise<Asset | null> {
  try {
    if (!(await stat(file)).isFile()) return null;
  } catch {
    return null;
  }
  const plain = await readFile(file);
  if (!COMPRESSED.has(extname(file)) || plain.length < 1_000) return { plain, brotli: null };
  const quality = isImmutable(file) ? 9 : 4;
  return { plain, brotli: await compress(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }) };
}

function isImmutable(file: string): boolean {
  return file.includes("/assets/");
}

function respond(c: Context, { file, asset }: { file: string; asset: Asset }): Response {
  const acceptsBrotli = (c.req.header("accept-encoding") ?? "").includes("br");
  const headers = new Headers({
    "content-type": TYPES[extname(file)] ?? "application/octet-stream",
    "cache-control": isImmutable(file) ? "public, max-age=31536000, immutable" : "no-cache",
    vary: "accept-encoding",
  });
  if (asset.brotli !== null && acceptsBrotli) headers.set("content-encoding", "br");
  const body = asset.brotli !== null && acceptsBrotli ? asset.brotli : asset.plain;
  headers.set("content-length", String(body.length));
  return new Response(new Uint8Array(body), { headers });
}
