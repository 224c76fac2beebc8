import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";
import { type CopyColumn, copyRows } from "./copy.ts";
import { Lane } from "./lane.ts";

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
});

afterAll(async () => {
  await client?.end();
  await database?.drop();
});

/** What PostgreSQL makes of a value in a column of the type, as text, beside what it makes of the same written in SQL. */
async function stored(type: CopyColumn<unknown>[1], values: readonly unknown[]): Promise<(string | null)[]> {
  await client.query(`DROP TABLE IF EXISTS kept; CREATE TABLE kept (place int4, value ${type})`);
  const columns = [
    ["place", "int4", (row) => row.place],
    ["value", type, (row) => row.value],
  ] as readonly CopyColumn<{ place: number; value: unknown }>[];
  const lane = new Lane(client);
  copyRows(
    lane,
    { table: "kept", columns },
    values.map((value, place) => ({ place, value })),
  );
  await lane.settle();
  const { rows } = await client.query<{ text: string | null }>("SELECT value::text AS text FROM kept ORDER BY place");
  return rows.map(({ text }) => text);
}

const ID = "0198f2d4-7abc-7def-8123-456789abcdef";
const LONG = '漢字 🛒 tab\t \\N " and more than a short word has';

test.each<readonly [CopyColumn<unknown>[1], readonly (readonly [value: unknown, text: string | null])[]]>([
  [
    "uuid",
    [
      [ID, ID],
      [null, null],
    ],
  ],
  [
    "text",
    [
      ["", ""],
      ["word", "word"],
      ["Ünïcode", "Ünïcode"],
      [LONG, LONG],
      ["x".repeat(100_000), "x".repeat(100_000)],
    ],
  ],
  [
    "int2",
    [
      [-32_768, "-32768"],
      [32_767, "32767"],
    ],
  ],
  [
    "int4",
    [
      [-2_147_483_648, "-2147483648"],
      [2_147_483_647, "2147483647"],
    ],
  ],
  [
    "int8",
    [
      [0, "0"],
      [-1, "-1"],
      [4_294_967_296, "4294967296"],
      [-4_294_967_297, "-4294967297"],
      [9_007_199_254_740_991, "9007199254740991"],
      [-9_007_199_254_740_991, "-9007199254740991"],
    ],
  ],
  [
    "bool",
    [
      [true, "true"],
      [false, "false"],
    ],
  ],
  [
    "date",
    [
      ["2026-11-23", "2026-11-23"],
      ["1999-12-31", "1999-12-31"],
      ["2000-02-29", "2000-02-29"],
    ],
  ],
  [
    "timestamptz",
    [
      ["2026-11-23T06:10:01.120+02:00", "2026-11-23 04:10:01.12+00"],
      ["1999-12-31T23:59:59.999Z", "1999-12-31 23:59:59.999+00"],
    ],
  ],
  [
    "bytea",
    [
      ["", "\\x"],
      ["00ff10ab", "\\x00ff10ab"],
    ],
  ],
  [
    "jsonb",
    [
      [[{ note: LONG }, {}], `[{"note": ${JSON.stringify(LONG)}}, {}]`],
      [[], "[]"],
    ],
  ],
  [
    "text[]",
    [
      [["a", "b c"], '{a,"b c"}'],
      [[], "{}"],
    ],
  ],
  ["uuid[]", [[[ID], `{${ID}}`]]],
  ["int8[]", [[[1, -2, 9_007_199_254_740_991], "{1,-2,9007199254740991}"]]],
])("%s comes out as it went in", async (type, pairs) => {
  expect(
    await stored(
      type,
      pairs.map(([value]) => value),
    ),
  ).toEqual(pairs.map(([, text]) => text));
});

test.each<readonly [CopyColumn<unknown>[1], unknown, string]>([
  ["int2", 32_768, "22003"],
  ["int4", -2_147_483_649, "22003"],
  ["int8", 9_007_199_254_740_992, "22003"],
  ["int8", 0.5, "22003"],
  ["uuid", "no id", "22P03"],
  ["uuid", ID.replace("f", "g"), "22P03"],
  ["bytea", "abc", "22P03"],
  ["bytea", "zz", "22P03"],
  ["timestamptz", "yesterday", "22008"],
  ["text", "nul \u0000", "22021"],
])("%s %j is refused with the code of a fault of data, and the connection goes on", async (type, value, code) => {
  await expect(stored(type, [value])).rejects.toMatchObject({ code });
  expect((await client.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
});
