import { join } from "node:path";
import { parseArgs } from "node:util";
import { runTool } from "./run-tool.ts";

const HELP = `npm run properties -- [--runs N] [--seed N] [FILE …]

Tries each property N times (100000; npm test tries 1000) and prints the seed
with which the run can be repeated.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: "string", default: "100000" },
    seed: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

if (values.help || !/^[1-9]\d*$/.test(values.runs)) {
  console.log(HELP);
  process.exitCode = values.help ? 0 : 1;
} else {
  const seed = values.seed === undefined ? {} : { FC_SEED: values.seed };
  const args = ["node_modules/vitest/vitest.mjs", "run", "--project", "property", ...positionals];
  const { code, output } = await runTool(join(import.meta.dirname, ".."), args, { FC_RUNS: values.runs, ...seed });
  process.stdout.write(output);
  process.exitCode = code;
}
