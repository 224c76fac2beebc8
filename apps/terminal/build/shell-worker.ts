import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { build, type Plugin } from "vite";

const WORKER = "sw.js";
const HASH_CHARS = 8;

/** Builds the service worker last, with the hash of every file that the app is made of. */
export function shellWorker(): Plugin {
  let root = "";
  let outDir = "";
  return {
    name: "holdfast-shell-worker",
    apply: "build",
    enforce: "post",
    configResolved(config) {
      root = config.root;
      outDir = join(config.root, config.build.outDir);
    },
    async closeBundle(error) {
      if (error !== undefined) return;
      await build({
        root,
        configFile: false,
        publicDir: false,
        logLevel: "warn",
        define: { __SHELL__: JSON.stringify(shellOf(outDir)) },
        build: {
          outDir,
          emptyOutDir: false,
          target: "chrome120",
          reportCompressedSize: false,
          rolldownOptions: {
            input: join(root, "src/service-worker.ts"),
            output: { format: "iife", entryFileNames: WORKER, codeSplitting: false },
          },
        },
      });
    },
  };
}

/** Sources name a build; the files' hashes tell apart what other tools made of the same sources. */
function shellOf(folder: string): { build: string; files: Record<string, string> } {
  const files = Object.fromEntries(filesIn(folder).map((file) => [`/${relative(folder, file)}`, sha256(file)]));
  const outcome = createHash("sha256").update(JSON.stringify(files)).digest("hex").slice(0, HASH_CHARS);
  return { build: `${process.env.VITE_BUILD}-${outcome}`, files };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== WORKER)
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}

function sha256(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}
