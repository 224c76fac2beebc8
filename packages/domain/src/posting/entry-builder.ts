import type { AccountRole } from "../ledger/account.ts";
import type { Dimensions, JournalLine } from "../ledger/journal-entry.ts";
import { type Amount, add, amount, negate } from "../money/amount.ts";
import type { BranchId } from "../party/merchant.ts";

type Bucket = { readonly account: AccountRole; readonly dimensions: Dimensions; net: Amount };

/** Collects signed amounts by account and dimensions in one branch; what nets to nothing makes no line. */
export class EntryBuilder {
  readonly #buckets: Bucket[] = [];
  readonly #branch: BranchId;

  constructor(branch: BranchId) {
    this.#branch = branch;
  }

  debit(account: AccountRole, value: Amount, dimensions: Dimensions = {}): this {
    if (value === 0) return this;
    const bucket = this.#buckets.find((each) => each.account === account && sameAs(each.dimensions, dimensions));
    if (bucket !== undefined) bucket.net = add(bucket.net, value);
    else this.#buckets.push({ account, dimensions, net: value });
    return this;
  }

  credit(account: AccountRole, value: Amount, dimensions: Dimensions = {}): this {
    return this.debit(account, negate(value), dimensions);
  }

  lines(): JournalLine[] {
    const lines: JournalLine[] = [];
    for (const { account, dimensions, net } of this.#buckets) {
      if (net === 0) continue;
      const side = net > 0 ? "debit" : "credit";
      lines.push({ account, branch: this.#branch, dimensions, side, amount: amount(Math.abs(net)) });
    }
    return lines;
  }
}

function sameAs(a: Dimensions, b: Dimensions): boolean {
  if (a === b) return true;
  for (const name in a) if (a[name] !== b[name]) return false;
  for (const name in b) if (!(name in a)) return false;
  return true;
}
