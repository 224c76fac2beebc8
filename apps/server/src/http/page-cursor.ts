import { z } from "zod";
import { ApiError } from "./api-error.ts";

/** Where a page ended: the sort key of its last row, in a form that a client hands back and does not read. */
export type PageKey = readonly (string | number)[];

const keySchema = z.array(z.union([z.string(), z.number()]));

function pageKeyToText(key: PageKey): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** The key in a cursor; null where none was given. */
export function parsePageKey<Key extends PageKey>(text: string | undefined, schema: z.ZodType<Key>): Key | null {
  if (text === undefined) return null;
  const parsed = schema.safeParse(jsonOf(text));
  if (!parsed.success) {
    throw new ApiError("bad_request", "`after` is not what `next` of an earlier page said.", { field: "after" });
  }
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return keySchema.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
  } catch {
    return null;
  }
}

/** Cuts what was read with one row too many into a page and the cursor of the next. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => PageKey,
): { rows: readonly Row[]; next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > limit && last !== undefined ? pageKeyToText(keyOf(last)) : null };
}
