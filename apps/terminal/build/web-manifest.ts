import type { Plugin } from "vite";

const icon = (src: string, sizes: string, purpose = "any") => ({ src, sizes, type: "image/png", purpose });

const MANIFEST = {
  id: "/",
  name: "Holdfast",
  short_name: "Holdfast",
  description: "Point of sale that goes on selling without a network",
  start_url: "/",
  scope: "/",
  display: "standalone",
  display_override: ["fullscreen", "standalone"],
  orientation: "any",
  background_color: "#f4f2ee",
  theme_color: "#125a74",
  categories: ["business"],
  icons: [
    icon("/icon-192.png", "192x192"),
    icon("/icon-512.png", "512x512"),
    icon("/icon-maskable-512.png", "512x512", "maskable"),
  ],
};

/** What makes the till installable. */
export function webManifest(): Plugin {
  return {
    name: "holdfast-web-manifest",
    apply: "build",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "manifest.webmanifest", source: JSON.stringify(MANIFEST) });
    },
  };
}
