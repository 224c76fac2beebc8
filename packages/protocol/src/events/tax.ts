import type { Tax } from "@holdfast/domain/tax/tax";
import { z } from "zod";
import { codeCharsMax } from "../limits.ts";
import { decimalSchema, nameSchema, taxIdSchema } from "../primitives.ts";

const taxBase = {
  tax: taxIdSchema,
  of: taxIdSchema.exactOptional(),
  name: nameSchema,
  category: z.enum(["S", "Z", "E", "AE", "K", "G", "O"]),
  jurisdiction: z.string().max(codeCharsMax),
  included: z.boolean(),
  compound: z.boolean(),
  onPrevious: z.boolean(),
};

export const taxSchema: z.ZodType<Tax> = z.discriminatedUnion("kind", [
  z.object({ ...taxBase, kind: z.literal("percent"), ratePpm: z.int().min(0).max(10_000_000) }),
  z.object({ ...taxBase, kind: z.literal("fixed"), perUnit: decimalSchema }),
]);
