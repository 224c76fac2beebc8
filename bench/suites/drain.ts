import type { BranchId, MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import type { Sale } from "@holdfast/domain/sale/sale";
import { inTransaction } from "../../apps/server/src/db/database.ts";
import type { ServerContext } from "../../apps/server/src/http/server-context.ts";
import { createEnrolmentCode, createTerminal } from "../../apps/server/src/party/enrol.ts";
import { enrolHeadless, type HeadlessTerminal } from "../../apps/server/src/testing/headless-terminal.ts";
import type { Run, Side } from "../measure/rounds.ts";
import { within } from "../measure/within.ts";
import { RXDB_BATCH, replicate, rxdbWith } from "../peers/rxdb.ts";
import type { BenchServer } from "../shop/bench-server.ts";
import { makeSale } from "../shop/device.ts";
import type { BenchShop } from "../shop/open-shop.ts";

export type DrainWorld = { readonly server: BenchServer; readonly shop: BenchShop; readonly noopUrl: string };

/** What one device sold while it was offline goes up: ours into posted books, the others' to an end that does nothing. */
export function drainSides(world: DrainWorld, backlog: number): Side[] {
  return [
    {
      name: `Holdfast: ${backlog} sales of one device into posted books`,
      unit: "sale",
      run: () => drain(world, backlog),
    },
    { name: `RxDB: ${backlog} documents to nothing`, unit: "sale", run: () => drainRxdb(world, backlog) },
    { name: `limit: ${backlog} sales as JSON to nothing`, unit: "sale", run: () => drainRaw(world, backlog) },
  ];
}

/** The real log, outbox and loop of a terminal, its stores in memory; offline until everything is written. */
export async function drain({ server, shop }: DrainWorld, backlog: number): Promise<Run> {
  let isOnline = true;
  const { goods } = shop;
  const device = shop.devices[0] as (typeof shop.devices)[number];
  const code = await newTerminal(server.context, { merchant: shop.merchant, branch: device.branch });
  const terminal = await enrolHeadless({
    baseUrl: server.baseUrl,
    enrolmentCode: code,
    fetch: async (...request) => {
      if (!isOnline) throw new TypeError("offline");
      return await fetch(...request);
    },
  });
  terminal.loop.wake();
  await terminal.settled();
  isOnline = false;
  for (let count = 0; count < backlog; count += 1) {
    const sale = await append(terminal, goods);
    device.note(sale);
  }
  isOnline = true;
  const startedAt = performance.now();
  terminal.loop.wake();
  await emptied(terminal);
  const seconds = (performance.now() - startedAt) / 1_000;
  terminal.loop.stop();
  return { units: backlog, seconds };
}

/** A terminal of its own for each drain, beside those of the shop. */
async function newTerminal(
  context: ServerContext,
  { merchant, branch }: { readonly merchant: MerchantId; readonly branch: BranchId },
): Promise<string> {
  const terminal = context.newId() as TerminalId;
  await inTransaction(context.db, (tx) => createTerminal(tx, { merchant, terminal, branch, name: "Drained till" }));
  return (await createEnrolmentCode(context, { merchant, terminal })).code;
}

async function append(terminal: HeadlessTerminal, goods: BenchShop["goods"]): Promise<Sale> {
  return await terminal.log.append({
    build: ({ stream, next }) => {
      const sale = makeSale({ identity: terminal.identity, goods }, { stream, number: next(terminal.identity.series) });
      return { events: [{ event: sale.sale, type: "sale-completed", body: sale }], value: sale };
    },
  });
}

const EMPTIED_SECONDS_MAX = 120;

async function emptied({ outbox, loop }: HeadlessTerminal): Promise<void> {
  let isWaiting = true;
  const poll = async (): Promise<void> => {
    while (isWaiting && outbox.unsentCount > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  const state = (): string => `a drain, of which ${outbox.unsentCount} are unsent and the line is ${loop.reach.kind}`;
  await within(EMPTIED_SECONDS_MAX, state, poll()).finally(() => {
    isWaiting = false;
    if (outbox.unsentCount > 0) loop.stop();
  });
}

function plainSales({ shop }: DrainWorld, backlog: number): Sale[] {
  const [device] = shop.devices;
  const { identity } = device as NonNullable<typeof device>;
  const stream = identity.terminal as TerminalId;
  return Array.from({ length: backlog }, (_, index) =>
    makeSale({ identity, goods: shop.goods }, { stream, number: index + 1 }),
  );
}

async function drainRxdb(world: DrainWorld, backlog: number): Promise<Run> {
  const collection = await rxdbWith(plainSales(world, backlog));
  const startedAt = performance.now();
  await replicate(collection, world.noopUrl);
  const seconds = (performance.now() - startedAt) / 1_000;
  await collection.database.remove();
  return { units: backlog, seconds };
}

async function drainRaw(world: DrainWorld, backlog: number): Promise<Run> {
  const sales = plainSales(world, backlog);
  const startedAt = performance.now();
  for (let first = 0; first < backlog; first += RXDB_BATCH) {
    const body = JSON.stringify(sales.slice(first, first + RXDB_BATCH));
    await (await fetch(world.noopUrl, { method: "POST", body })).json();
  }
  return { units: backlog, seconds: (performance.now() - startedAt) / 1_000 };
}
