import { join } from "node:path";
import process from "node:process";
import { needChromium } from "./chromium.ts";
import { runTool } from "./run-tool.ts";

const ROOT = join(import.meta.dirname, "..");

/** Browser journeys that are no part of `npm test`, by the name one asks for them. */
const JOURNEYS: Readonly<Record<string, NodeJS.ProcessEnv>> = {
  /** Each misfortune twenty times over, and the large backlogs. */
  faults: { HOLDFAST_JOURNEYS: "faults/*.e2e.ts", HOLDFAST_FAULT_ROUNDS: process.argv[3] ?? "20" },
  /** The README's pictures, taken anew. */
  screenshots: { HOLDFAST_JOURNEYS: "*.shots.ts" },
};

const chosen = JOURNEYS[process.argv[2] ?? ""];
if (chosen === undefined) {
  console.error(`Say which: ${Object.keys(JOURNEYS).join(" or ")}.`);
  process.exit(2);
}
const chromium = needChromium();
if ("missing" in chromium) {
  console.error(chromium.missing);
  process.exit(1);
}
const built = await runTool(ROOT, ["scripts/build.mjs"]);
if (built.code !== 0) {
  console.error(built.output);
  process.exit(1);
}
const { code, output } = await runTool(ROOT, ["node_modules/@playwright/test/cli.js", "test", "--reporter=list"], {
  ...chosen,
  CHROMIUM: chromium.path,
});
console.log(output);
process.exit(code);
