import type { AccountRole } from "../ledger/account.ts";
import type { Dimensions, JournalLine } from "../ledger/journal-entry.ts";
import { type Amount, amount } from "../money/amount.ts";
import type { BranchId } from "../party/merchant.ts";

type Bucket = { account: AccountRole; branch: BranchId; dimensions: Dimensions; net: number };

/** Collects signed amounts by account, branch and dimensions; what nets to nothing makes no line. */
export class EntryBuilder {
  readonly #buckets = new Map<string, Bucket>();
  readonly #branch: BranchId;

  constructor(branch: BranchId) {
    this.#branch = branch;
  }

  debit(account: AccountRole, value: Amount, dimensions: Dimensions = {}): this {
    const key = `${account}|${Object.entries(dimensions).join("|")}`;
    const bucket = this.#buckets.get(key);
    if (bucket !== undefined) bucket.net += value;
    else this.#buckets.set(key, { account, branch: this.#branch, dimensions, net: value });
    return this;
  }

  credit(account: AccountRole, value: Amount, dimensions: Dimensions = {}): this {
    return this.debit(account, amount(-value), dimensions);
  }

  lines(): JournalLine[] {
    return [...this.#buckets.values()]
      .filter(({ net }) => net !== 0)
      .map(({ account, branch, dimensions, net }) => ({
        account,
        branch,
        dimensions,
        side: net > 0 ? "debit" : "credit",
        amount: amount(Math.abs(net)),
      }));
  }
}
