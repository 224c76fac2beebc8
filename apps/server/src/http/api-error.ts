import type { ErrorCode, ErrorReply } from "@holdfast/protocol/error";
import type { ContentfulStatusCode } from "hono/utils/http-status";

const STATUS: Readonly<Record<ErrorCode, ContentfulStatusCode>> = {
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  too_large: 413,
  update_needed: 426,
  too_many_requests: 429,
  unavailable: 503,
  internal: 500,
};

export type ApiErrorDetails = { readonly field?: string; readonly retryAfterSeconds?: number };

/** A request that cannot be served; its message says what to do. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ErrorCode;
  readonly details: ApiErrorDetails;

  constructor(code: ErrorCode, message: string, details: ApiErrorDetails = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }

  get status(): ContentfulStatusCode {
    return STATUS[this.code];
  }

  toReply(): ErrorReply {
    const { field } = this.details;
    return { error: { code: this.code, message: this.message, ...(field === undefined ? {} : { field }) } };
  }
}
