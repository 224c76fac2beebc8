import { type SignedEntry, signedEntrySchema } from "@holdfast/protocol/entry";
import { batchEntriesMax, entryBytesMax } from "@holdfast/protocol/limits";
import { type HaveReply, haveRequestSchema } from "@holdfast/protocol/log";
import { Hono } from "hono";
import { sql } from "kysely";
import { ApiError } from "../http/api-error.ts";
import { readJson, readText } from "../http/read-body.ts";
import type { ServerContext } from "../http/server-context.ts";
import type { TerminalEnv } from "../http/terminal-auth.ts";
import { noteContact } from "../party/terminal-contact.ts";
import { takeRescue } from "./rescue.ts";

/** Up: the log. A push is never refused for being old, and one bad stream stops no other. */
export function logRoutes(context: ServerContext): Hono<TerminalEnv> {
  const routes = new Hono<TerminalEnv>();

  routes.post("/log", async (c) => {
    const { merchant, terminal } = c.get("terminal");
    const entries = parseBatch(await readText(c));
    noteContact(context, c);
    return c.json(await context.ingest.take({ merchant, courier: terminal, entries }));
  });

  routes.post("/log/rescue", async (c) => {
    const { merchant, terminal } = c.get("terminal");
    return c.json(await takeRescue(context, { merchant, courier: terminal, text: await readText(c) }));
  });

  routes.post("/log/have", async (c) => {
    const { merchant } = c.get("terminal");
    const { hashes } = await readJson(c, haveRequestSchema);
    const { rows } = await sql<{ hash: string }>`
      SELECT encode(hash, 'hex') AS hash FROM log_entry
      WHERE merchant = ${merchant} AND hash = ANY (SELECT decode(h, 'hex') FROM unnest(${hashes}::text[]) AS h)`.execute(
      context.db,
    );
    const held = new Set(rows.map(({ hash }) => hash));
    const missing = hashes.filter((hash) => !held.has(hash));
    return c.json({ origin: await context.originOf(merchant), missing, end: true } satisfies HaveReply);
  });

  return routes;
}

/** Newline-delimited JSON, one signed entry a line. A line that is none of it is the sender's bug: nothing is stored. */
export function parseBatch(text: string): SignedEntry[] {
  const lines = text.split("\n").filter((line) => line !== "");
  if (lines.length === 0) throw new ApiError("bad_request", "The batch is empty: send at least one entry.");
  if (lines.length > batchEntriesMax) {
    throw new ApiError("too_large", `The batch has ${lines.length} entries: send at most ${batchEntriesMax}.`);
  }
  return lines.map((line, index) => parseLine(line, index));
}

function parseLine(line: string, index: number): SignedEntry {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new ApiError("bad_request", `Line ${index + 1} is not JSON.`, { field: `lines.${index}` });
  }
  const parsed = signedEntrySchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const place = issue?.path.join(".") ?? "";
    throw new ApiError("bad_request", `Line ${index + 1}: ${issue?.message ?? "not valid"}`, {
      field: `lines.${index}.${place}`,
    });
  }
  if (parsed.data.raw.length > entryBytesMax) {
    throw new ApiError("too_large", `Line ${index + 1} is larger than ${entryBytesMax} bytes.`, {
      field: `lines.${index}`,
    });
  }
  return parsed.data;
}
