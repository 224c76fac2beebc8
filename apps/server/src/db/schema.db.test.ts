import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";

/** Not any merchant's: the row that readiness writes to, and the migrator's own. */
const NOBODYS = ["readiness", "kysely_migration", "kysely_migration_lock"];
const APPEND_ONLY = ["log_entry", "journal_entry", "stock_movement", "sale", "sale_line", "sale_tender"];

let database: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner?.end();
  await database?.drop();
});

async function rows<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
  return (await owner.query<Row>(text, [...values])).rows;
}

/** Keys and foreign keys of the catalogue, each with the first of its columns. */
const KEYS = `
  SELECT t.relname AS "table", i.indexrelid::regclass::text AS name, a.attname AS first
  FROM pg_index i
  JOIN pg_class t ON t.oid = i.indrelid AND t.relnamespace = 'public'::regnamespace AND t.relkind IN ('r', 'p')
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
  WHERE i.indisunique AND t.relname <> ALL ($1)`;
const FOREIGN_KEYS = `
  SELECT c.conrelid::regclass::text AS "table", c.conname AS name, a.attname AS first
  FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
  WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace`;

type Key = { readonly table: string; readonly name: string; readonly first: string };

describe("the schema keeps the way to more servers open:", () => {
  // INV-14: the merchant leads every key, so that it can lead every statement.
  test("every key and every unique index starts with the merchant", async () => {
    const keys = await rows<Key>(KEYS, [NOBODYS]);
    expect(keys.length).toBeGreaterThan(25);
    expect(keys.filter(({ first }) => first !== "merchant")).toEqual([]);
  });

  test("every table is some merchant's, and has a key", async () => {
    const keyless = await rows(
      `SELECT t.relname FROM pg_class t
       WHERE t.relnamespace = 'public'::regnamespace AND t.relkind IN ('r', 'p') AND t.relname <> ALL ($1)
         AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conrelid = t.oid AND c.contype = 'p')`,
      [NOBODYS],
    );
    expect(keyless).toEqual([]);
  });

  test("every foreign key starts with the merchant", async () => {
    const keys = await rows<Key>(FOREIGN_KEYS);
    expect(keys.length).toBeGreaterThan(10);
    expect(keys.filter(({ first }) => first !== "merchant")).toEqual([]);
  });

  test("there is no sequence, no identity, no generated default and no trigger", async () => {
    expect(await rows("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'")).toEqual([]);
    expect(
      await rows(
        `SELECT a.attrelid::regclass::text, a.attname FROM pg_attribute a JOIN pg_class t ON t.oid = a.attrelid
         WHERE t.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND (a.attidentity <> '' OR a.attgenerated <> '')`,
      ),
    ).toEqual([]);
    expect(await rows("SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")).toEqual([]);
  });

  test("no column counts in floating point, and every time has its zone", async () => {
    const columns = await rows(
      `SELECT table_name, column_name, data_type FROM information_schema.columns
       WHERE table_schema = 'public' AND table_name <> ALL ($1)
         AND data_type IN ('real', 'double precision', 'numeric', 'money', 'timestamp without time zone')`,
      [NOBODYS],
    );
    expect(columns).toEqual([]);
  });
});

test.each(APPEND_ONLY)("the serving role may read %s and add to it, and nothing else", async (table) => {
  const [may] = await rows(
    `SELECT has_table_privilege('holdfast_app', $1, 'SELECT') AS read, has_table_privilege('holdfast_app', $1, 'INSERT') AS add,
            has_table_privilege('holdfast_app', $1, 'UPDATE') AS change, has_table_privilege('holdfast_app', $1, 'DELETE') AS remove,
            has_table_privilege('holdfast_app', $1, 'TRUNCATE') AS empty, has_any_column_privilege('holdfast_app', $1, 'UPDATE') AS touch`,
    [table],
  );
  expect(may).toEqual({ read: true, add: true, change: false, remove: false, empty: false, touch: false });
});

type Line = readonly [account: string | null, branch: string | null, debit: number | null, credit: number | null];

const HERE = "00000000-0000-7000-8000-000000000001";
const THERE = "00000000-0000-7000-8000-000000000002";

/** Puts an entry in by hand, past all of our code; the columns can be given lengths that do not fit. */
async function insertEntry(lines: readonly Line[], { dimensions = lines.length } = {}): Promise<void> {
  await owner.query(
    `INSERT INTO journal_entry (merchant, source, kind, branch, posting_day, occurred_at, recorded_at, currency,
                                accounts, branches, debits, credits, dimensions)
     VALUES ($1, gen_random_uuid(), 'rev', $1, '2026-11-23', now(), now(), 'EUR', $2, $3, $4, $5, $6)`,
    [
      HERE,
      lines.map(([account]) => account),
      lines.map(([, branch]) => branch),
      lines.map(([, , debit]) => debit),
      lines.map(([, , , credit]) => credit),
      JSON.stringify(Array.from({ length: dimensions }, () => ({}))),
    ],
  );
}

const BALANCED: readonly Line[] = [
  ["cash", HERE, 300, 0],
  ["sales", HERE, 0, 300],
];

const UNBALANCED: readonly (readonly [name: string, lines: readonly Line[]])[] = [
  ["that is a cent off", [BALANCED[0] as Line, ["sales", HERE, 0, 299]]],
  ["of one line", [["cash", HERE, 0, 0]]],
  ["of no lines", []],
  ["that balances only over two branches together", [BALANCED[0] as Line, ["sales", THERE, 0, 300]]],
  [
    "whose second branch does not balance",
    [...BALANCED, ["cash", THERE, 5, 0], ["sales", THERE, 0, 4], ["cash", HERE, 0, 1], ["sales", HERE, 2, 0]],
  ],
  ["with a line on both sides", [...BALANCED, ["cash", HERE, 7, 7]]],
  ["with a line on neither side", [...BALANCED, ["cash", HERE, 0, 0]]],
  [
    "with negative amounts",
    [
      ["cash", HERE, -300, 0],
      ["sales", HERE, 0, -300],
    ],
  ],
  ["with no account on a line", [BALANCED[0] as Line, [null, HERE, 0, 300]]],
  ["with no branch on a line", [BALANCED[0] as Line, ["sales", null, 0, 300]]],
  ["with no amount on a line", [...BALANCED, ["cash", HERE, null, 0]]],
];

describe.each(["origin", "replica"])(
  "with session_replication_role = %s, the database itself refuses an entry",
  (role) => {
    beforeAll(async () => {
      await owner.query(`SET session_replication_role = ${role}`);
    });
    afterAll(async () => {
      await owner.query("RESET session_replication_role");
    });

    test.each(UNBALANCED)("%s", async (_, lines) => {
      await expect(insertEntry(lines)).rejects.toMatchObject({ code: "23514" });
    });

    test("whose dimensions are not one for each line", async () => {
      await expect(insertEntry(BALANCED, { dimensions: 1 })).rejects.toMatchObject({ constraint: "inv_10_lengths" });
    });

    test("and takes those that balance, in one branch or in each of two", async () => {
      await insertEntry(BALANCED);
      await insertEntry([...BALANCED, ["cash", THERE, 5, 0], ["sales", THERE, 0, 5]]);
    });
  },
);
