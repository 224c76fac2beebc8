import { errorSchema } from "@holdfast/protocol/error";
import { OpenAPIHono } from "@hono/zod-openapi";
import type { z } from "zod";
import type { OfficeEnv } from "./office-auth.ts";
import { invalidInput } from "./read-body.ts";

/** Routes of the back office: input that does not fit its schema is refused as everywhere else. */
export function officeRoutes(): OpenAPIHono<OfficeEnv> {
  return new OpenAPIHono<OfficeEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalidInput(result.error);
    },
  });
}

type JsonContent<Schema extends z.ZodType> = {
  readonly description: string;
  readonly content: { readonly "application/json": { readonly schema: Schema } };
};

export function json<Schema extends z.ZodType>(schema: Schema, description: string): JsonContent<Schema> {
  return { description, content: { "application/json": { schema } } };
}

export function jsonBody<Schema extends z.ZodType>(
  schema: Schema,
): { readonly required: true; readonly content: { readonly "application/json": { readonly schema: Schema } } } {
  return { required: true, content: { "application/json": { schema } } };
}

/** What any of these routes may answer beside its reply; thrown as `ApiError`, documented here. */
export const REFUSALS = {
  400: json(errorSchema, "The request does not fit; `field` says where."),
  401: json(errorSchema, "No session, or one that has ended."),
  403: json(errorSchema, "The role does not include this, or the request comes from elsewhere."),
  404: json(errorSchema, "There is no such thing in this shop."),
  409: json(errorSchema, "What is held contradicts the request."),
  413: json(errorSchema, "The body is too large."),
  429: json(errorSchema, "Too many tries; `Retry-After` says how long to wait."),
  503: json(errorSchema, "The database cannot be reached just now."),
} as const;
