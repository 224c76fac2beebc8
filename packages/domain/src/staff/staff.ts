import type { Brand } from "../kernel/brand.ts";
import type { Uuid } from "../kernel/id.ts";

export type StaffId = Brand<Uuid, "StaffId">;

export type Role = "cashier" | "supervisor" | "manager" | "owner";
