import type { MemoryDatabase } from "../../../apps/server/src/testing/memory-database.ts";
import type { Books } from "./books.ts";
import { paperOf } from "./paper-of.ts";

/** The shop's books out of a database in memory, as plain figures. */
export function memoryBooks(db: MemoryDatabase): Books {
  const balances = new Map<string, { branch: string; account: string; debit: number; credit: number }>();
  for (const { branch, account, debit, credit } of db.balances.values()) {
    const key = `${branch} ${account}`;
    const sum = balances.get(key) ?? { branch, account, debit: 0, credit: 0 };
    balances.set(key, { ...sum, debit: sum.debit + debit, credit: sum.credit + credit });
  }
  return {
    sales: [...db.sales.values()].map(({ sale }) => ({ ...paperOf(sale), training: sale.training })),
    movements: [...db.movements.values()].map(({ branch, variant, units }) => ({ branch, variant, units })),
    onHand: [...db.pools.values()].map(({ branch, variant, pool }) => ({ branch, variant, units: pool.units })),
    entries: [...db.journal.values()].map(({ source, kind, lines }) => ({
      source,
      kind,
      lines: lines.map(({ account, branch, side, amount }) => ({
        account,
        branch,
        debit: side === "debit" ? amount : 0,
        credit: side === "credit" ? amount : 0,
      })),
    })),
    balances: [...balances.values()],
    quarantined: [...db.events.values()].flatMap(({ event, status, code }) =>
      status === "quarantined" ? [{ event, code: code ?? "" }] : [],
    ),
  };
}
