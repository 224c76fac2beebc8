import type { KeyObject } from "node:crypto";
import type { MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import type { SignedEntry } from "@holdfast/protocol/entry";
import { batchEntriesMax } from "@holdfast/protocol/limits";
import type { LogReply, Stop } from "@holdfast/protocol/log";
import { type RescueLine, rescueLineSchema } from "@holdfast/protocol/rescue";
import { ApiError } from "../http/api-error.ts";
import type { ServerContext } from "../http/server-context.ts";
import { sealingKeys } from "./server-keys.ts";
import { unsealRows } from "./unseal-rows.ts";

export type Rescue = {
  readonly merchant: MerchantId;
  /** Null where a person brought a file. */
  readonly courier: TerminalId | null;
  readonly text: string;
};

/** Takes in records that were kept outside a terminal's database, by the same path as any upload. */
export async function takeRescue(context: ServerContext, { merchant, courier, text }: Rescue): Promise<LogReply> {
  const lines = parseRescue(text);
  const keys = await sealingKeys(context.db, merchant);
  const opened = unsealRows(lines, (kid): KeyObject | null => keys.get(kid) ?? null);
  const entries = opened.filter((entry): entry is SignedEntry => entry !== null);
  const reply = await context.ingest.take({ merchant, courier, entries });
  return { ...reply, stopped: [...placed(reply.stopped, opened), ...unopened(opened)] };
}

function parseRescue(text: string): RescueLine[] {
  const lines = text.split("\n").filter((line) => line !== "");
  const parsed = lines.map((line, index) => {
    const read = rescueLineSchema.safeParse(jsonOf(line));
    if (read.success) return read.data;
    throw new ApiError("bad_request", `Line ${index + 1} is not a record that was saved by a terminal.`, {
      field: `lines.${index}`,
    });
  });
  const count = parsed.filter((line) => !("ephemeral" in line)).length;
  if (count === 0)
    throw new ApiError("bad_request", "There are no records in it: choose the file that the till saved.");
  if (count > batchEntriesMax)
    throw new ApiError("too_large", `There are ${count} records: send at most ${batchEntriesMax} at once.`);
  return parsed;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Ingest counts the lines it was given; the sender counts records. */
function placed(stops: readonly Stop[], opened: readonly (SignedEntry | null)[]): Stop[] {
  const places = [...opened.keys()].filter((index) => opened[index] !== null);
  return stops.map((stop) => ({ ...stop, line: places[stop.line] ?? stop.line }));
}

function unopened(opened: readonly (SignedEntry | null)[]): Stop[] {
  return opened.flatMap((entry, line) =>
    entry === null
      ? [
          {
            line,
            stream: null,
            code: "bad_entry" as const,
            message: "the sealed record cannot be opened here",
            tip: null,
          },
        ]
      : [],
  );
}
