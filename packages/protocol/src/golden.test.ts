import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { enrolReplySchema, enrolRequestSchema } from "./enrol.ts";
import { entrySchema, signedEntrySchema } from "./entry.ts";
import { errorSchema } from "./error.ts";
import { EVENT_DEFINITIONS, parseEvent } from "./events/event.ts";
import { feedReplySchema, liveFeedSchema, liveHelloSchema, manifestSchema } from "./feed.ts";
import { haveReplySchema, haveRequestSchema, logReplySchema, serverReceiptSchema, serverReceiptText } from "./log.ts";
import { PROTOCOL_VERSION } from "./version.ts";

/** Everything that crosses the line between a terminal and a server, but for the bodies of events and documents. */
const WIRE = {
  "enrol-request": enrolRequestSchema,
  "enrol-reply": enrolReplySchema,
  entry: entrySchema,
  "signed-entry": signedEntrySchema,
  "log-reply": logReplySchema,
  "have-request": haveRequestSchema,
  "have-reply": haveReplySchema,
  "server-receipt": serverReceiptSchema,
  "feed-reply": feedReplySchema,
  manifest: manifestSchema,
  "live-hello": liveHelloSchema,
  "live-feed": liveFeedSchema,
  error: errorSchema,
} satisfies Record<string, z.ZodType>;

type WireMessage = keyof typeof WIRE;

/**
 * SHA-256 of each version's wire schemas. Once a release carries it, a hash that is here never changes again: a terminal that was off for a year speaks
 * that version. Whoever changes a message raises `PROTOCOL_VERSION`, adds a line here, and golden messages beside the old ones.
 */
const PINNED: Readonly<Record<number, string>> = {
  1: "3ac0226947460378e0de50b107aaf05dccd7ccd65aed85c17eba6da2f429cbe1",
};

const GOLDEN = join(import.meta.dirname, "../golden");
const golden = readdirSync(GOLDEN).map((file) => ({
  file,
  text: readFileSync(join(GOLDEN, file), "utf8"),
  ...namedBy(file),
}));

/** `log-reply.1.json` is a message of protocol version 1, `event.sale-completed.1.json` version 1 of an event's body. */
function namedBy(file: string): { readonly name: string; readonly version: number; readonly isEvent: boolean } {
  const match = /^(event\.)?([a-z-]+)\.(\d+)\.json$/.exec(file);
  if (match === null) throw new Error(`${file} is not named like a golden message`);
  return { isEvent: match[1] !== undefined, name: match[2] as string, version: Number(match[3]) };
}

test("the messages of this protocol version are what they were when it was made", () => {
  const schemas = Object.entries(WIRE).map(([name, schema]) => [
    name,
    z.toJSONSchema(schema, { unrepresentable: "any" }),
  ]);
  const hash = createHash("sha256").update(JSON.stringify(schemas)).digest("hex");
  expect(PINNED[PROTOCOL_VERSION]).toBe(hash);
});

test("every message of every version is kept as one that really was sent", () => {
  const versions = Array.from({ length: PROTOCOL_VERSION }, (_, index) => index + 1);
  const kept = new Set(golden.filter(({ isEvent }) => !isEvent).map(({ name, version }) => `${name}.${version}`));
  for (const name of Object.keys(WIRE)) expect(kept).toContain(`${name}.${versions.at(-1)}`);
});

test.each(golden.filter(({ isEvent }) => !isEvent))(
  "$file is still read, and nothing of it is dropped",
  ({ name, text }) => {
    const message: unknown = JSON.parse(text);
    expect(WIRE[name as WireMessage].parse(message)).toEqual(message);
  },
);

test("every version of every event is kept as one that a terminal really wrote", () => {
  const kept = new Set(golden.filter(({ isEvent }) => isEvent).map(({ name, version }) => `${name}.${version}`));
  for (const [type, { version }] of Object.entries(EVENT_DEFINITIONS))
    for (let each = 1; each <= version; each += 1) expect(kept).toContain(`${type}.${each}`);
});

test.each(golden.filter(({ isEvent }) => isEvent))("$file is still understood", ({ name, version, text }) => {
  const read = parseEvent(name, version, JSON.parse(text));
  expect(read).toMatchObject({ type: name });
});

test("an event of a newer version is not misread as the present one", () => {
  for (const [type, { version }] of Object.entries(EVENT_DEFINITIONS))
    expect(parseEvent(type, version + 1, {})).toMatchObject({ code: "unsupported_version" });
  expect(parseEvent("goods-teleported", 1, {})).toMatchObject({ code: "unsupported_version" });
});

test("what the server signs in a receipt is one text, for ever", () => {
  const text = golden.find(({ name }) => name === "server-receipt")?.text ?? "";
  const receipt = serverReceiptSchema.parse(JSON.parse(text));
  expect(serverReceiptText(receipt)).toBe(
    `holdfast-receipt:1:${receipt.origin}:${receipt.stream}:${receipt.seq}:${receipt.hash}:${receipt.at}`,
  );
});
