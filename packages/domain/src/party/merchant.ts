import type { Brand } from "../kernel/brand.ts";
import type { Uuid } from "../kernel/id.ts";

/** The legal entity that owns everything; the first column of every key. */
export type MerchantId = Brand<Uuid, "MerchantId">;
export type BranchId = Brand<Uuid, "BranchId">;
export type TerminalId = Brand<Uuid, "TerminalId">;
export type CustomerId = Brand<Uuid, "CustomerId">;
