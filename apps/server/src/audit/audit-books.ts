import { createPublicKey, type KeyObject, verify } from "node:crypto";
import pg from "pg";
import { CHECKS } from "./checks.ts";

/** Something that does not hold: which check, which of its queries, and what it found. */
export type Finding = {
  readonly check: number;
  readonly claim: string;
  readonly query: string;
  readonly rows: readonly object[];
};

/** Rows of one finding that are shown: the first say enough. */
const ROWS_SHOWN = 20;

/**
 * Runs every check over one merchant's books, in one snapshot and by nobody's rules but those of the checks.
 * @param url of any role that may read
 */
export async function auditBooks(url: string, merchant: string): Promise<Finding[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const findings: Finding[] = [];
    for (const { number, claim, queries } of CHECKS) {
      for (const [query, text] of Object.entries(queries)) {
        const { rows } = await client.query<object>({ text, values: [merchant] });
        if (rows.length > 0) findings.push({ check: number, claim, query, rows: rows.slice(0, ROWS_SHOWN) });
      }
    }
    const forged = await forgedEntries(client, merchant);
    if (forged.length > 0) {
      findings.push({
        check: 11,
        claim: "every entry is signed by its terminal",
        query: "signatures",
        rows: forged.slice(0, ROWS_SHOWN),
      });
    }
    return findings;
  } finally {
    await client.end();
  }
}

export async function merchantsOf(
  url: string,
): Promise<readonly { readonly merchant: string; readonly name: string }[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ merchant: string; name: string }>("SELECT merchant, name FROM merchant ORDER BY name"))
      .rows;
  } finally {
    await client.end();
  }
}

type Key = { readonly kid: string; readonly key: { readonly x: string; readonly y: string } };
type Entry = {
  readonly stream: string;
  readonly seq: number;
  readonly raw: string;
  readonly sig: Buffer;
  readonly kid: string;
  readonly keys: readonly Key[];
};

const ENTRIES_READ = 1_000;

/** SQL knows no signatures: these are looked at here, a page at a time. */
async function forgedEntries(client: pg.Client, merchant: string): Promise<object[]> {
  const keys = new Map<string, KeyObject>();
  const forged: object[] = [];
  let after: readonly [string, number] | null = null;
  for (;;) {
    const { rows }: { rows: Entry[] } = await client.query<Entry>({
      text: `SELECT e.stream, e.seq, e.raw, e.sig, s.kid, t.public_keys AS keys FROM log_entry e
             JOIN log_stream s USING (merchant, stream) JOIN terminal t USING (merchant, terminal)
             WHERE e.merchant = $1 AND ($2::uuid IS NULL OR (e.stream, e.seq) > ($2::uuid, $3::int))
             ORDER BY e.stream, e.seq LIMIT ${ENTRIES_READ}`,
      values: [merchant, after?.[0] ?? null, after?.[1] ?? 0],
    });
    for (const entry of rows) if (!isSigned(entry, keys)) forged.push({ stream: entry.stream, seq: entry.seq });
    const last: Entry | undefined = rows.at(-1);
    if (last === undefined || rows.length < ENTRIES_READ) return forged;
    after = [last.stream, last.seq];
  }
}

function isSigned({ raw, sig, kid, keys }: Entry, known: Map<string, KeyObject>): boolean {
  const jwk = keys.find((each) => each.kid === kid)?.key;
  if (jwk === undefined) return false;
  const key = known.get(kid) ?? createPublicKey({ key: { ...jwk, kty: "EC", crv: "P-256" }, format: "jwk" });
  known.set(kid, key);
  return verify("sha256", Buffer.from(raw), { key, dsaEncoding: "ieee-p1363" }, sig);
}
