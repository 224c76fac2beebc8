import { ensureInstalled, runPinned } from "./install.mjs";

const args = process.argv.slice(2);

if (args.includes("--help")) {
  console.log(`npm test [-- OPTIONS]        npm run check [-- OPTIONS]  (all but browsers)

Installs what is missing and checks everything, step by step:
format, types, dead-code, tidy, unit, property, database, simulator, browser.

  --only STEP,STEP   only these steps
  --no-browser       all but the browser journeys

What a failed step said is printed; what each step said is kept in .cache/test/.`);
} else {
  await ensureInstalled();
  await runPinned("scripts/test-run.ts", args);
}
