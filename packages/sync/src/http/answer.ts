import { errorSchema } from "@holdfast/protocol/error";
import type { z } from "zod";
import { WireFailure } from "../wire-failure.ts";

/** An answer as it came over the line; `value` is its body as JSON, undefined where it is none or was cut. */
export type Answer = { readonly status: number; readonly retryAfter: string | null; readonly value: unknown };

/** An answer counts only when its whole body parses and ends with its end mark; its status alone says nothing. */
export function readAnswer<T>(answer: Answer, schema: z.ZodType<T>): T {
  if (!isOk(answer)) throw failureOf(answer);
  const parsed = schema.safeParse(answer.value);
  if (!parsed.success) throw new WireFailure("not-ours", "the answer is not one of the server's");
  return parsed.data;
}

export function isOk({ status }: Pick<Answer, "status">): boolean {
  return status >= 200 && status < 300;
}

/** Why an answer that is not of success is none, as far as it tells. */
export function failureOf({ status, retryAfter, value }: Answer): WireFailure {
  const ours = errorSchema.safeParse(value);
  const retryAfterMs = parseRetryAfter(retryAfter);
  const message = ours.success ? ours.data.error.message : `the answer has status ${status}`;
  if (status === 413) return new WireFailure("too-large", message, retryAfterMs);
  if (!ours.success) return new WireFailure(status >= 500 ? "server" : "not-ours", message, retryAfterMs);
  switch (status) {
    case 401:
    case 403:
      return new WireFailure("signed-out", message, retryAfterMs);
    case 404:
      return new WireFailure("none-there", message, retryAfterMs);
    case 426:
      return new WireFailure("update-needed", message, retryAfterMs);
    default:
      return new WireFailure("server", message, retryAfterMs);
  }
}

/** Seconds only: a date would be compared with a clock that may be wrong. */
function parseRetryAfter(text: string | null): number | null {
  const seconds = text === null || text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : null;
}
