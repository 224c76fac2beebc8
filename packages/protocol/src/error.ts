import { z } from "zod";

/** Every refusal of the HTTP interface, by code. The message says what to do about it. */
export const errorCodes = [
  "bad_request",
  "unauthorized",
  "forbidden",
  "not_found",
  "conflict",
  "gone",
  "too_large",
  "update_needed",
  "too_many_requests",
  "unavailable",
  "internal",
] as const;

export const errorSchema = z.object({
  error: z.object({ code: z.enum(errorCodes), message: z.string(), field: z.string().exactOptional() }),
});
export type ErrorReply = z.infer<typeof errorSchema>;
export type ErrorCode = (typeof errorCodes)[number];
