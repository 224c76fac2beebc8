import { z } from "zod";
import { officePageDefault, officePageMax } from "./limits.ts";

/** Every list goes on after a row, not after a count: rows that arrive meanwhile move nothing. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(officePageMax).default(officePageDefault),
  /** `next` of the page before. */
  after: z
    .string()
    .max(200)
    .regex(/^[A-Za-z0-9_-]+$/)
    .optional(),
};

/** Null on the last page. */
export const nextSchema = z.string().nullable();
