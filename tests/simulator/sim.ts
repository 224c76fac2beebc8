import { parseArgs } from "node:util";
import { isFaultName } from "./nemesis/profiles.ts";
import { runOnPostgres, type TakenIn } from "./postgres/run-on-postgres.ts";
import type { Job } from "./run/job.ts";
import { openPool } from "./run/pool.ts";
import { describeBroken, reachedInAll } from "./run/report.ts";

const HELP = `npm run sim -- [--seed N | --seeds N] [--days N] [--terminals N]

Runs the simulated shop: real sync, real ingest, and everything that can go wrong.

  --seed N        one run, told in full when it breaks a rule
  --seeds N       that many runs, from --from on (1)
  --from N        the first seed
  --hours N       virtual hours of trouble (6); --days N for days
  --terminals N   counters in the shop (3)
  --faults A,B    the kinds of trouble, in place of those the seed picks
  --variant NAME  a wrong way to do it, to see that it is seen
  --threads N     runs at a time
  --profile awaited
                  hashes and signatures take their time on a terminal, as in a browser
  --profile postgres
                  what was sent in each run is taken in by a real database as well, and its books are audited`;

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      seed: { type: "string" },
      seeds: { type: "string" },
      from: { type: "string", default: "1" },
      hours: { type: "string", default: "6" },
      days: { type: "string" },
      terminals: { type: "string", default: "3" },
      faults: { type: "string" },
      variant: { type: "string" },
      threads: { type: "string" },
      profile: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help || (values.seed === undefined && values.seeds === undefined)) {
    console.log(HELP);
    return values.help;
  }
  const faults = values.faults?.split(",").filter(isFaultName);
  const common: Omit<Job, "seed"> = {
    hours: values.days === undefined ? Number(values.hours) : Number(values.days) * 24,
    terminals: Number(values.terminals),
    ...(faults === undefined ? {} : { faults }),
    ...(values.profile === "awaited" ? { crypto: "awaited" } : {}),
    ...(values.variant === undefined ? {} : { variant: values.variant }),
  };
  const first = Number(values.seed ?? values.from);
  const count = values.seed === undefined ? Number(values.seeds) : 1;
  const jobs = Array.from({ length: count }, (_, index) => ({ ...common, seed: first + index }));
  if (values.profile === "postgres") return tellTaken(await runOnPostgres(jobs));
  return await runSeeds(jobs, values.threads === undefined ? undefined : Number(values.threads));
}

function tellTaken(taken: readonly TakenIn[]): boolean {
  for (const { seed, sales, uploads, broken } of taken)
    console.log([`seed ${seed}: ${sales} sales in ${uploads} uploads on PostgreSQL`, ...broken].join("\n  broke "));
  return taken.every(({ broken }) => broken.length === 0);
}

async function runSeeds(jobs: readonly Job[], threads: number | undefined): Promise<boolean> {
  const started = performance.now();
  const pool = openPool(threads);
  const results = await pool.runAll(jobs, (result) => {
    if (result.broken !== null) console.log(`${describeBroken(result)}\n`);
  });
  await pool.close();
  const broken = results.filter((result) => result.broken !== null).length;
  const sum = (of: "sales" | "events"): number => results.reduce((total, result) => total + result[of], 0);
  for (const [state, times] of [...reachedInAll(results)].sort()) console.log(`${String(times).padStart(9)}  ${state}`);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(
    `${jobs.length} runs, ${sum("sales")} sales, ${sum("events")} events in ${seconds} s: ${broken} broke a rule`,
  );
  if (jobs.length === 1) console.log(`trace ${results[0]?.hash}`);
  return broken === 0;
}

process.exitCode = (await main()) ? 0 : 1;
