import { isLabelPattern } from "@holdfast/domain/catalog/barcode/label-rule";
import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Action, Cap, Rights } from "@holdfast/domain/staff/rights";
import { z } from "zod";
import { cashRoundingSchema } from "./events/sale-completed.ts";
import { nameSchema, textSchema, uuidOf } from "./primitives.ts";

/** Where the figure says that too little is there: sell, sell and say so, or ask a manager. */
export const stockPolicySchema = z.enum(["allow", "warn", "manager"]);

export const actionSchema = z.enum([
  "discount",
  "price-override",
  "open-item",
  "line-void",
  "cancel",
  "return",
  "blind-return",
  "post-void",
  "tax-exemption",
  "sale-on-account",
  "oversell",
  "no-sale",
  "paid-in",
  "paid-out",
  "pickup",
  "loan",
  "close-shift",
  "reprint",
  "training",
  "clock-change",
] as const satisfies readonly Action[]);

const capSchema: z.ZodType<Cap> = z.union([z.int().min(0), z.literal("unlimited")]);
export const rightsSchema: z.ZodType<Rights> = z.partialRecord(actionSchema, capSchema);

/** How much money may be promised without asking anybody, in minor units; 0 forbids it. */
const offlineCapsSchema = z.object({
  card: z.object({
    amountMax: z.int().min(0),
    /** Of all that the terminal has stored and not yet forwarded. */
    sumMax: z.int().min(0),
    ageHoursMax: z.int().min(0),
  }),
  /** Of gift cards and store credit beyond what is allotted to the terminal. */
  storedValue: z.object({ cardMax: z.int().min(0), terminalMax: z.int().min(0) }),
});
export type OfflineCaps = z.infer<typeof offlineCapsSchema>;

/** What a branch decides for its terminals. */
export const branchSettingsSchema = z.object({
  cashRounding: cashRoundingSchema,
  /** Face values of the currency's notes and coins, ascending, in minor units. */
  denominations: z.array(z.int().min(1)),
  receiptHeader: textSchema,
  receiptFooter: textSchema,
  offlineCaps: offlineCapsSchema,
  stockPolicy: stockPolicySchema,
  labelRules: z.array(
    z.object({
      pattern: z.string().refine(isLabelPattern, "a label's pattern is expected, such as 23IIIIIIVVVV"),
      kind: z.enum(["price", "weight", "count"]),
      decimals: z.int().min(0).max(4),
    }),
  ),
  /** What each role may do and up to where. */
  rights: z.record(z.enum(["cashier", "supervisor", "manager", "owner"]), rightsSchema),
  /** Nobody approves their own act. */
  secondPerson: z.boolean(),
  /** Pages of the grid beside the cart. */
  favourites: z.array(z.object({ name: nameSchema, variants: z.array(uuidOf<VariantId>()) })),
  /** Seconds without a touch until the screen is locked. */
  idleLockSeconds: z.int().min(0),
  /** Days in which goods may come back without a manager. */
  returnDays: z.int().min(0),
  /** Cash that stays in the till at the close, unless whoever closes says otherwise. */
  floatTarget: z.int().min(0),
});
export type BranchSettings = z.infer<typeof branchSettingsSchema>;
