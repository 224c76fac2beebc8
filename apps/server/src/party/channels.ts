import type { Uuid } from "@holdfast/domain/kernel/id";
import type { BranchId, MerchantId } from "@holdfast/domain/party/merchant";
import { branchChannel, MERCHANT_CHANNEL, priceChannel, staffChannel } from "@holdfast/protocol/channel";
import { sql } from "kysely";
import type { Db } from "../db/database.ts";

/** What a terminal of this branch may read: the merchant's catalogue, its branch, its staff, its price list. */
export async function channelsOf(db: Db, merchant: MerchantId, branch: BranchId): Promise<string[]> {
  const { rows } = await sql<{ price_list: Uuid }>`
    SELECT price_list FROM branch WHERE merchant = ${merchant} AND branch = ${branch}`.execute(db);
  const prices = rows.map(({ price_list }) => priceChannel(price_list));
  return [MERCHANT_CHANNEL, staffChannel(branch), branchChannel(branch), ...prices];
}
