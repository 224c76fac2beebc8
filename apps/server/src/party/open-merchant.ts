import { present } from "@holdfast/domain/kernel/assert";
import type { Uuid } from "@holdfast/domain/kernel/id";
import { DEFAULT_CHART } from "@holdfast/domain/ledger/chart";
import { type CurrencyCode, exponentOf } from "@holdfast/domain/money/currency";
import type { BranchId, MerchantId } from "@holdfast/domain/party/merchant";
import type { BranchSettings } from "@holdfast/protocol/branch-settings";
import { branchChannel, MERCHANT_CHANNEL, priceChannel } from "@holdfast/protocol/channel";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";
import type { DocumentKey } from "../feed/project.ts";
import { createServerKeys } from "../sync/server-keys.ts";
import { defaultBranchSettings } from "./branch-settings.ts";

export type MerchantFacts = {
  readonly merchant: MerchantId;
  /** Short name for sign-in. */
  readonly slug: string;
  readonly name: string;
  readonly taxNumber: string;
  readonly country: string;
  readonly currency: CurrencyCode;
  readonly taxRounding: "line" | "document";
  readonly origin: string;
};

export type BranchFacts = {
  readonly branch: BranchId;
  readonly code: string;
  readonly name: string;
  readonly address: string;
  readonly timeZone: string;
  readonly dayChangeHour: number;
  readonly priceList: Uuid;
} & Partial<BranchSettings>;

/** A merchant with its chart of accounts and its keys. */
export async function openMerchant(tx: Tx, facts: MerchantFacts, at: string): Promise<DocumentKey[]> {
  const { merchant, slug, name, taxNumber, country, currency, taxRounding, origin } = facts;
  await sql`
    INSERT INTO merchant (merchant, slug, name, tax_number, country, currency, exponent, tax_rounding, origin)
    VALUES (${merchant}, ${slug}, ${name}, ${taxNumber}, ${country}, ${currency}, ${exponentOf(currency)}, ${taxRounding}, ${origin})`.execute(
    tx,
  );
  await sql`
    INSERT INTO account (merchant, account, code, name, type)
    SELECT ${merchant}::uuid, role, code, name, type FROM json_to_recordset(${JSON.stringify(DEFAULT_CHART)}::json)
      AS row (role text, code text, name text, type text)`.execute(tx);
  await createServerKeys(tx, merchant, at);
  return [{ channel: MERCHANT_CHANNEL, kind: "merchant", id: merchant }];
}

export async function addPriceList(
  tx: Tx,
  merchant: MerchantId,
  list: {
    readonly priceList: Uuid;
    readonly name: string;
    readonly currency: CurrencyCode;
    readonly includesTax: boolean;
  },
): Promise<DocumentKey[]> {
  await sql`
    INSERT INTO price_list (merchant, price_list, name, currency, includes_tax)
    VALUES (${merchant}, ${list.priceList}, ${list.name}, ${list.currency}, ${list.includesTax})`.execute(tx);
  return [{ channel: priceChannel(list.priceList), kind: "price-list", id: list.priceList }];
}

/** @param facts settings that are not said are what any branch of that country starts with */
export async function addBranch(tx: Tx, merchant: MerchantId, facts: BranchFacts): Promise<DocumentKey[]> {
  const { branch, code, name, address, timeZone, dayChangeHour, priceList, ...chosen } = facts;
  const { rows } = await sql<{ country: string; currency: CurrencyCode }>`
    SELECT country, currency FROM merchant WHERE merchant = ${merchant}`.execute(tx);
  const place = present(rows[0], "a branch belongs to a merchant");
  const settings = { ...defaultBranchSettings(place.country, place.currency), ...chosen };
  await sql`
    INSERT INTO branch (merchant, branch, code, name, address, time_zone, day_change_hour, price_list, settings)
    VALUES (${merchant}, ${branch}, ${code}, ${name}, ${address}, ${timeZone}, ${dayChangeHour}, ${priceList},
            ${JSON.stringify(settings)}::jsonb)`.execute(tx);
  return [{ channel: branchChannel(branch), kind: "branch", id: branch }];
}
