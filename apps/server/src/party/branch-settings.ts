import { labelRulesOf } from "@holdfast/domain/catalog/barcode/label-rule";
import type { CurrencyCode } from "@holdfast/domain/money/currency";
import { DEFAULT_RIGHTS } from "@holdfast/domain/staff/rights";
import { denominationsOf } from "@holdfast/domain/tender/denominations";
import type { BranchSettings } from "@holdfast/protocol/branch-settings";

/**
 * What a new branch starts with, for its owner to change. Amounts fit a currency of two digits. Nothing of stored value is
 * promised beyond what a terminal was allotted.
 */
export function defaultBranchSettings(country: string, currency: CurrencyCode): BranchSettings {
  const { coins, notes } = denominationsOf(currency);
  return {
    cashRounding: { increment: 1, method: "half-up", changeMethod: "half-up" },
    denominations: [...coins, ...notes],
    receiptHeader: "",
    receiptFooter: "",
    offlineCaps: {
      card: { amountMax: 10_000, sumMax: 50_000, ageHoursMax: 24 },
      storedValue: { cardMax: 0, terminalMax: 0 },
    },
    stockPolicy: "warn",
    labelRules: [...labelRulesOf(country)],
    rights: { ...DEFAULT_RIGHTS },
    secondPerson: false,
    favourites: [],
    idleLockSeconds: 300,
    returnDays: 30,
    floatTarget: 10_000,
  };
}
