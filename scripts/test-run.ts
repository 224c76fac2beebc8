import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { stopRunningTool } from "./run-tool.ts";
import { type Counts, closingLine } from "./test-counts.ts";
import { STEPS, type Step } from "./test-steps.ts";

const root = join(import.meta.dirname, "..");
const logs = join(root, ".cache", "test");

for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  process.once(signal, () => void stopRunningTool().then(() => process.exit(code)));
}

const chosen = chosenSteps();
await rm(logs, { recursive: true, force: true });
await mkdir(logs, { recursive: true });
let total: Counts = { passed: 0, failed: 0, skipped: 0 };
for (const step of chosen) total = sum(total, await runStep(step));
console.log(closingLine(total));
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

function chosenSteps(): readonly Step[] {
  const { values } = parseArgs({ options: { only: { type: "string" }, "no-browser": { type: "boolean" } } });
  const names = values.only?.split(",") ?? STEPS.map(({ name }) => name);
  const unknown = names.filter((name) => !STEPS.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(`There is no step ${unknown.join(", ")}; there are ${STEPS.map(({ name }) => name).join(", ")}.`);
    process.exit(2);
  }
  return STEPS.filter(({ name }) => names.includes(name) && !(name === "browser" && values["no-browser"]));
}

async function runStep(step: Step): Promise<Counts> {
  const startedAt = performance.now();
  const result = await step.run({ root, logs });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  await writeFile(join(logs, `${step.name}.log`), result.output);
  if (result.failed > 0) console.log(`\n${result.output.trimEnd()}\n`);
  console.log(
    `${result.failed > 0 ? "FAILED" : "ok    "} ${step.name.padEnd(10)} ${seconds.padStart(6)} s   ${closingLine(result)}`,
  );
  return result;
}

function sum(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}
