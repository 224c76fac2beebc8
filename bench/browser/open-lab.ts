import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { build } from "vite";
import { temporaryFolder } from "../../apps/server/src/testing/temporary-folder.ts";
import type { BrowserProcess } from "../../tests/e2e/support/browser-process.ts";

const SOURCES = join(import.meta.dirname, "lab");

/** Without these headers a browser's clock is coarse. */
const HEADERS = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

const TYPES: Readonly<Record<string, string>> = { html: "text/html", js: "text/javascript", json: "application/json" };

export type LabServer = { readonly url: string; readonly stop: () => Promise<void> };

/** Builds the page on which peers do their work, and serves it with what they fetch. */
export async function startLab(served: ReadonlyMap<string, string | Uint8Array>): Promise<LabServer> {
  const outDir = await temporaryFolder("holdfast-lab-");
  const output = { outDir, emptyOutDir: true, target: "chrome120", reportCompressedSize: false };
  await build({ root: SOURCES, configFile: false, logLevel: "warn", build: output });
  const server = createServer(async ({ url = "/" }, response) => {
    const path = url === "/" ? "/index.html" : url;
    const content = served.get(path) ?? (await readFile(join(outDir, path)).catch(() => null));
    const type = TYPES[path.split(".").at(-1) ?? ""] ?? "application/octet-stream";
    response.writeHead(content === null ? 404 : 200, { ...HEADERS, "content-type": type });
    response.end(content ?? "");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: () => new Promise((stopped) => server.close(() => stopped())),
  };
}

/** The page in a browser, ready to be asked. */
export async function openLab(browser: BrowserProcess, { url }: LabServer): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(url);
  await page.waitForFunction(() => "lab" in globalThis);
  return page;
}
