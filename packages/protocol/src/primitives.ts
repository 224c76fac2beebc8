import { isUuid, type Uuid } from "@holdfast/domain/kernel/id";
import { type Day, type Instant, isDay, isInstant } from "@holdfast/domain/kernel/instant";
import type { Amount } from "@holdfast/domain/money/amount";
import { type CurrencyCode, isCurrencyCode } from "@holdfast/domain/money/currency";
import type { TaxId } from "@holdfast/domain/tax/tax";
import { z } from "zod";
import { codeCharsMax, nameCharsMax, textCharsMax } from "./limits.ts";

/** Schemas of the smallest parts, typed with the domain's own brands so that parsed input is domain input. */

/** A UUID of one kind of thing. */
export function uuidOf<Id extends Uuid = Uuid>(): z.ZodType<Id> {
  return z.string().refine(isUuid, "a UUID in lower case is expected") as unknown as z.ZodType<Id>;
}

export const uuidSchema = uuidOf();
export const taxIdSchema = z.string().min(1).max(codeCharsMax) as unknown as z.ZodType<TaxId>;
export const instantSchema = z
  .string()
  .refine(
    isInstant,
    "a time with milliseconds and offset is expected, such as 2026-11-23T06:10:01.120+02:00",
  ) as unknown as z.ZodType<Instant>;
export const daySchema = z.string().refine(isDay, "a day is expected, such as 2026-11-23") as unknown as z.ZodType<Day>;
export const amountSchema = z
  .int()
  .refine((value) => !Object.is(value, -0), "minus zero is no amount") as unknown as z.ZodType<Amount>;
export const currencySchema = z
  .string()
  .refine(isCurrencyCode, "an ISO 4217 code is expected") as unknown as z.ZodType<CurrencyCode>;

/** A lone surrogate cannot be stored as UTF-8, and NUL cannot be stored by PostgreSQL. */
const storable = (text: string): boolean => text.isWellFormed() && !text.includes("\u0000");

export const nameSchema = z.string().min(1).max(nameCharsMax).refine(storable, "text that can be stored is expected");
export const textSchema = z.string().max(textCharsMax).refine(storable, "text that can be stored is expected");
export const codeSchema = z.string().min(1).max(codeCharsMax).refine(storable, "text that can be stored is expected");

/** SHA-256 in lower-case hex. */
export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/, "a SHA-256 in lower-case hex is expected");
/** 64 bytes in base64url: an ECDSA P-256 signature in P1363 form. */
export const signatureSchema = z.string().regex(/^[A-Za-z0-9_-]{86}$/, "a 64-byte signature in base64url is expected");
export const base64UrlSchema = z.string().regex(/^[A-Za-z0-9_-]*$/, "base64url is expected");

export const decimalSchema = z.object({ units: z.int(), scale: z.int().min(0).max(9) });
export const quantitySchema = z.object({ units: z.int(), scale: z.int().min(0).max(9), unit: codeSchema });
export const unitPriceSchema = z.object({
  units: z.int().min(0),
  scale: z.int().min(0).max(9),
  per: z.int().min(1),
});

/** The public half of a P-256 key. */
export const publicKeySchema = z.object({
  kty: z.literal("EC"),
  crv: z.literal("P-256"),
  x: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  y: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});
export type PublicKey = z.infer<typeof publicKeySchema>;
