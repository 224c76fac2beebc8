import type { Uuid } from "@holdfast/domain/kernel/id";
import type { BranchId, MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import {
  branchChannel,
  type Channel,
  customerChannel,
  MERCHANT_CHANNEL,
  priceChannel,
  staffChannel,
  terminalChannel,
} from "@holdfast/protocol/channel";
import { sql } from "kysely";
import type { Db } from "../db/database.ts";

/** Everybody's customers: one segment, which every branch reads. */
export const EVERY_CUSTOMER: Channel = customerChannel("all");

/** What a terminal may read: the merchant's catalogue, its branch, its staff, customers with their prices, its allotments. */
export async function channelsOf(
  db: Db,
  {
    merchant,
    branch,
    terminal,
  }: { readonly merchant: MerchantId; readonly branch: BranchId; readonly terminal: TerminalId },
): Promise<Channel[]> {
  const { rows } = await sql<{ price_list: Uuid }>`
    SELECT price_list FROM branch WHERE merchant = ${merchant} AND branch = ${branch}
    UNION
    SELECT price_list FROM customer WHERE merchant = ${merchant} AND price_list IS NOT NULL`.execute(db);
  const prices = rows.map(({ price_list }) => priceChannel(price_list)).sort();
  return [
    MERCHANT_CHANNEL,
    staffChannel(branch),
    branchChannel(branch),
    ...prices,
    EVERY_CUSTOMER,
    terminalChannel(terminal),
  ];
}
