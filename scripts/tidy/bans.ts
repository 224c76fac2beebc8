import { type Checked, isTest, type Tree } from "./tree.ts";

type Ban = { readonly what: string; readonly pattern: RegExp; readonly applies: (file: string) => boolean };

const BANS: readonly Ban[] = [
  {
    what: "a test that is left out or alone",
    pattern: /\b(?:test|it|describe|property|suite)\.(?:skip|only|todo|fixme)\b|\bx(?:it|test|describe)\(/,
    applies: isTest,
  },
  {
    what: "a path of one machine",
    pattern: /(?<![\w.)}*])\/(?:tmp|root|home|work|Users)(?:\/|["'`\s])/,
    applies: (file) => !file.endsWith(".svg"),
  },
  {
    what: "a package registry's host",
    pattern: /https?:\/\/[^\s"']*(?:registry|npmjs|verdaccio|artifactory|jfrog|nexus)|"resolved": "https?:/i,
    applies: () => true,
  },
  {
    what: "a number of the issue tracker in a comment",
    pattern: /(?:\/\/|^\s*\/?\*).*(?:(?<![\w&])#\d+\b|\bissue \d+)/i,
    applies: (file) => /\.(?:tsx?|mjs)$/.test(file),
  },
  {
    what: "the log of a terminal being emptied",
    pattern:
      /delete(?:Database|DB)\((?!\s*["'`]?\w*cache)|(?:entry|meta|draft|keys|log)\w*["'`)\]]*\)?\.clear\(|\.clear\(\s*["'`](?:entry|meta|draft|keys)/i,
    // A wipe is the one thing that may: once a mark says that everything was sent or sealed.
    applies: (file) =>
      file.startsWith("apps/terminal/") && file !== "apps/terminal/src/store/wipe-mark.ts" && !isTest(file),
  },
];

const BINARY = /\.(?:png|jpe?g|ico|webp|gz|woff2?|wasm|pdf)$/;

/** What must stand nowhere in the tree. */
export function checkBans(tree: Tree): Checked {
  const files = tree.files.filter((file) => !BINARY.test(file));
  const findings = files.flatMap((file) => {
    const bans = BANS.filter(({ applies }) => applies(file));
    return tree
      .text(file)
      .split("\n")
      .flatMap((line, index) =>
        bans.filter(({ pattern }) => pattern.test(line)).map(({ what }) => `${file}:${index + 1}: ${what}`),
      );
  });
  return { findings, looked: files.length };
}
