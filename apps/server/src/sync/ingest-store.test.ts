import type { BranchId, TerminalId } from "@holdfast/domain/party/merchant";
import { testId } from "@holdfast/domain/testing/build";
import { describeIngestStore, type StoreWorld } from "../testing/ingest-store-conformance.ts";
import { MemoryDatabase } from "../testing/memory-database.ts";
import { memoryIngestStore } from "../testing/memory-ingest-store.ts";
import { MemoryTransaction } from "../testing/memory-table.ts";

describeIngestStore("memory", async (): Promise<StoreWorld> => {
  const db = new MemoryDatabase("origin");
  const branches = [testId<BranchId>(1), testId<BranchId>(2)] as const;
  const [terminal, revoked] = [testId<TerminalId>(3), testId<TerminalId>(4)];
  const variants = [testId(5), testId(6)] as unknown as StoreWorld["variants"];
  for (const branch of branches) db.branches.set(branch, branch);
  for (const [index, id] of [terminal, revoked].entries())
    db.terminals.set(id, { terminal: id, branch: branches[0], series: `T${index}`, keys: [], revoked: id === revoked });
  for (const [index, variant] of variants.entries()) db.variants.set(variant, { variant, scale: index * 3 });
  return {
    branches,
    terminal,
    revoked,
    variants,
    transact: async (work) => {
      const tx = new MemoryTransaction();
      const result = await work(memoryIngestStore(db, tx, "2026-11-23T10:00:00.000Z"));
      tx.commit();
      return result;
    },
    storedRaw: async (hash) => db.entries.get(hash)?.raw ?? null,
    openCases: async () => [...db.cases.values()].map(({ kind, subject, details }) => ({ kind, subject, details })),
    balanceOf: async (branch, account) => {
      const rows = [...db.balances.values()].filter((row) => row.branch === branch && row.account === account);
      const total = (side: "debit" | "credit") => rows.reduce((sum, row) => sum + row[side], 0);
      return { debit: total("debit"), credit: total("credit") };
    },
  };
});
