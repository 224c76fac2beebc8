import { errorSchema } from "@holdfast/protocol/error";
import { json } from "./office-route.ts";

/** How a terminal shows who it is, in the document of the interface. */
export const TERMINAL_SECURITY = [{ terminalToken: [] }];

/** What the routes for terminals may answer beside their reply. */
export const TERMINAL_REFUSALS = {
  400: json(errorSchema, "The request does not fit; `field` says where."),
  401: json(errorSchema, "The terminal is not known here."),
  413: json(errorSchema, "The body is too large."),
  503: json(errorSchema, "The database cannot be reached just now."),
} as const;
