import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  publicDir: "../../packages/ui/public",
  plugins: [react()],
  build: {
    outDir: "dist",
    target: "es2022",
    // Everything is a file of ours: the content security policy knows no data: and nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { "/v1": process.env.HOLDFAST_SERVER ?? "http://localhost:4600" } },
});
