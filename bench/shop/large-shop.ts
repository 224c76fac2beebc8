import type { BranchId, MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import type { VariantFacts } from "../../apps/server/src/catalog/write-catalog.ts";
import { inTransaction } from "../../apps/server/src/db/database.ts";
import { createEnrolmentCode, createTerminal } from "../../apps/server/src/party/enrol.ts";
import { openDemo } from "../../apps/server/src/seed/open-demo.ts";
import { realGoods } from "../../apps/server/src/testing/many-goods.ts";
import { addManyVariants } from "../../apps/server/src/testing/many-variants.ts";
import { type BenchServer, startBenchServer } from "./bench-server.ts";

export type LargeShop = {
  readonly server: BenchServer;
  readonly merchant: MerchantId;
  readonly goods: readonly VariantFacts[];
  /** A code for a terminal that was not there before. */
  readonly newCode: () => Promise<string>;
};

/** The demo shop with as many goods as a department store: real ones where they are there, and made up ones. */
export async function openLargeShop(size: number, log: (line: string) => void): Promise<LargeShop> {
  const server = await startBenchServer({ log: () => undefined });
  const { context } = server;
  const merchant = await openDemo(context, { extras: false });
  const real = realGoods();
  log(real === null ? "left out: the real products are not there; all are made up" : `${real.length} real products`);
  const goods = await addManyVariants({ context, merchant }, size, real ?? []);
  const { rows } = await context.pool.query<{ branch: BranchId }>(
    "SELECT branch FROM branch WHERE merchant = $1 ORDER BY code LIMIT 1",
    [merchant],
  );
  const branch = rows[0]?.branch;
  if (branch === undefined) throw new Error("the shop has no branch");
  const newCode = async (): Promise<string> => {
    const terminal = context.newId() as TerminalId;
    await inTransaction(context.db, (tx) => createTerminal(tx, { merchant, terminal, branch, name: "Measured till" }));
    return (await createEnrolmentCode(context, { merchant, terminal })).code;
  };
  return { server, merchant, goods, newCode };
}

/** What `addManyVariants` asks for the n-th of its goods, in cents. */
export function priceOfNth(index: number): number {
  return 100 + (index % 9_000);
}
