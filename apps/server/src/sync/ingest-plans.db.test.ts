import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { enrolHeadless, type HeadlessTerminal } from "../testing/headless-terminal.ts";
import { sell, shopOf } from "../testing/make-sale.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

type Statement = { readonly name: string; readonly text: string; readonly values: readonly unknown[] };

let server: TestServer;
let terminal: HeadlessTerminal;
let statements: Map<string, Statement>;
let planner: pg.Client;

/** One sale on a database that was migrated a moment ago, with every named statement written down as the driver got it. */
beforeAll(async () => {
  server = await startTestServer();
  statements = recordStatements(server.context.pool);
  terminal = await enrolHeadless({ baseUrl: server.baseUrl, enrolmentCode: await server.codeFor(0) });
  terminal.loop.wake();
  await terminal.settled();
  const [variant] = shopOf(terminal).variants;
  if (variant === undefined) throw new Error("the demo shop has goods");
  await sell(terminal, { lines: [{ variant, units: 1 }] });
  await terminal.settled();
  planner = new pg.Client({ connectionString: server.database.appUrl, options: server.context.pool.options.options });
  await planner.connect();
});

afterAll(async () => {
  terminal?.loop.stop();
  await planner?.end();
  await server?.stop();
});

/** Listens to what goes to the driver; everything is passed on. */
function recordStatements(pool: pg.Pool): Map<string, Statement> {
  const seen = new Map<string, Statement>();
  pool.on("acquire", (client) => {
    const plain = client.query.bind(client) as (...args: unknown[]) => unknown;
    const listening = (...args: unknown[]): unknown => {
      const [first] = args;
      if (typeof first === "object" && first !== null && "name" in first && "values" in first)
        seen.set(String(first.name), first as unknown as Statement);
      return plain(...args);
    };
    Object.assign(client, { query: listening });
  });
  return seen;
}

type Plan = {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Cond"?: string;
  readonly Plans?: readonly Plan[];
};

function nodesOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

/** Nodes that read a table otherwise than by a key: whole, or along a whole index. */
function wholeReads(plan: Plan): string[] {
  return nodesOf(plan)
    .filter(
      (node) => /Scan$/.test(node["Node Type"]) && !/Function|Subquery|CTE|Values|Bitmap Heap/.test(node["Node Type"]),
    )
    .filter((node) => node["Node Type"] === "Seq Scan" || node["Index Cond"] === undefined)
    .map((node) => `${node["Node Type"]} on ${node["Relation Name"]}`);
}

const HOT = [
  "entry-places",
  "held-streams",
  "event-bodies",
  "revoked-terminals",
  "lock-stock-balances",
  "update-stock-balances",
  "add-to-account-balances",
  "take-revisions",
  "update-streams",
];

test.each(HOT)("right after migration, %s finds its rows by their keys", async (name) => {
  const statement = statements.get(name);
  expect(statement).toBeDefined();
  for (const options of ["FORMAT JSON", "FORMAT JSON, GENERIC_PLAN"]) {
    const values = options.includes("GENERIC") ? [] : [...(statement?.values ?? [])];
    const { rows } = await planner.query(`EXPLAIN (${options}) ${statement?.text}`, values);
    const plan = rows[0]["QUERY PLAN"][0].Plan as Plan;
    expect({ options, reads: wholeReads(plan) }).toEqual({ options, reads: [] });
  }
});

test("every named statement of an upload is among them", () => {
  const others = [...statements.keys()].filter((name) => !HOT.includes(name));
  expect(others).toEqual(["branch-ids"]);
});
