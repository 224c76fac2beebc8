import { parseArgs } from "node:util";
import { machineText } from "./measure/print.ts";
import { catalogueSuite } from "./suites/catalogue.ts";
import { serverSuite } from "./suites/server.ts";
import { soakSuite } from "./suites/soak.ts";
import type { Suite } from "./suites/suite.ts";
import { syncSuite } from "./suites/sync.ts";
import { terminalSuite } from "./suites/terminal.ts";

const SUITES: Readonly<Record<string, Suite>> = {
  server: serverSuite,
  sync: syncSuite,
  catalogue: catalogueSuite,
  terminal: terminalSuite,
  soak: soakSuite,
};

const HELP = `npm run bench [-- SUITE…] [--rounds N] [--attempts N] [--profile FOLDER] [--quick]

Measures Holdfast against a limit or a peer in the same run, sides in turn, and checks the books after each run.

  server      ingest over HTTP against COPY of the same rows, and how it holds as the history grows
  sync        a drain from one device against RxDB, single sales at a fixed rate, news to a thousand terminals
  catalogue   100 000 goods in a browser: fetched, opened with no line, scanned and searched, against RxDB, PouchDB
              and one record for each of the goods
  terminal    paying at a till with 100 000 goods, against a strict put and RxDB
  soak        a day of 5 000 sales at one till, its pauses left out
  (none)      all of them, one after the other

  --rounds N        rounds of each side (5)
  --attempts N      a round in which others used more than a tenth of the machine is run again, up to N times
                    in all; what is still disturbed is printed as noisy (3)
  --profile FOLDER  writes a processor profile of the server there
  --quick           one round of everything in small, to try the bench itself: its figures count for nothing

Ends with 1 where the books were wrong, since the figures are void then, and with 2 where a target was missed, which
a quick run is not held to.`;

const [separator, ...others] = process.argv.slice(2);
const { values, positionals } = parseArgs({
  // What npm needs between its own options and ours does no harm without npm.
  ...(separator === "--" ? { args: others } : {}),
  allowPositionals: true,
  options: {
    rounds: { type: "string" },
    attempts: { type: "string" },
    profile: { type: "string" },
    quick: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const unknown = positionals.filter((name) => SUITES[name] === undefined);
if (values.help || unknown.length > 0) {
  if (unknown.length > 0) console.log(`There is no suite ${unknown.join(", ")}.\n`);
  console.log(HELP);
  process.exit(unknown.length > 0 ? 1 : 0);
}

const VOID_FIGURES = "This is a quick run: it shows that the bench works, and its figures count for nothing.";

console.log(machineText());
if (values.quick) console.log(VOID_FIGURES);
for (const name of positionals.length > 0 ? positionals : Object.keys(SUITES)) {
  console.log(`\n## ${name}\n`);
  const verdict = await (SUITES[name] as Suite)({
    rounds: Number(values.rounds ?? (values.quick ? 1 : 5)),
    attemptsMax: Number(values.attempts ?? (values.quick ? 1 : 3)),
    quick: values.quick,
    log: console.log,
    profileDir: values.profile,
  });
  if (verdict.isVoid) process.exitCode = 1;
  else if (!verdict.targetsMet && !values.quick) process.exitCode ??= 2;
}
if (values.quick) console.log(`\n${VOID_FIGURES}`);
