import { z } from "zod";

export const receiptNumberSchema = z.object({
  series: z.string().regex(/^[A-Z0-9]{1,12}$/),
  number: z.int().min(1),
  stream: z.string().regex(/^[0-9A-F]{4}$/),
});
