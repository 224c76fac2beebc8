import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { shellWorker } from "./build/shell-worker.ts";
import { sourceHash } from "./build/source-hash.ts";
import { webManifest } from "./build/web-manifest.ts";

process.env.VITE_BUILD = sourceHash(import.meta.dirname);

export default defineConfig({
  root: import.meta.dirname,
  publicDir: "../../packages/ui/public",
  plugins: [react(), webManifest(), shellWorker()],
  build: {
    outDir: "dist",
    target: "chrome120",
    // Everything is a file of ours: the content security policy knows no data: or inline anything.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  worker: { format: "es" },
  server: { proxy: { "/v1": process.env.HOLDFAST_SERVER ?? "http://localhost:4600" } },
});
