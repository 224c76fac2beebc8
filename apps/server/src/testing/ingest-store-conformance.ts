import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import { amount } from "@holdfast/domain/money/amount";
import type { BranchId, TerminalId } from "@holdfast/domain/party/merchant";
import { TEST_DAY, TEST_NOW, testCart, testId, testLine, testSale } from "@holdfast/domain/testing/build";
import { beforeEach, describe, expect, test } from "vitest";
import { readLine } from "../sync/batch-line.ts";
import type { CostedMovement, IngestStore, PoolRow, PostedEntry, StreamRow } from "../sync/ingest-store.ts";
import type { FreshLine } from "../sync/walk-chains.ts";
import { entryMaker, newId } from "./entry-maker.ts";

/** A merchant of its own in some store, and what a test may look at afterwards. */
export type StoreWorld = {
  /** Runs the work in one transaction: all of it, or nothing where it throws. */
  readonly transact: <T>(work: (store: IngestStore) => Promise<T>) => Promise<T>;
  /** Two branches, in the order of their ids. */
  readonly branches: readonly [BranchId, BranchId];
  readonly terminal: TerminalId;
  readonly revoked: TerminalId;
  /** Two variants in the order of their ids: one in whole pieces, one in thousandths. */
  readonly variants: readonly [VariantId, VariantId];
  readonly storedRaw: (hash: string) => Promise<string | null>;
  readonly openCases: () => Promise<
    readonly { readonly kind: string; readonly subject: string; readonly details: unknown }[]
  >;
  /** Debit and credit of an account of a branch, over all days. */
  readonly balanceOf: (
    branch: BranchId,
    account: string,
  ) => Promise<{ readonly debit: number; readonly credit: number }>;
};

/** What every store of ingest does alike; whoever adds a method to `IngestStore` says here what it promises. */
export function describeIngestStore(name: string, open: () => Promise<StoreWorld>): void {
  describe(`${name} as the store of ingest:`, () => {
    let world: StoreWorld;
    beforeEach(async () => {
      world = await open();
    });
    const get = (): StoreWorld => world;
    logTests(get);
    readerTests(get);
    stockTests(get);
    booksTests(get);
  });
}

/** Text that a careless store would change: separators, escapes, quotes, the mark of nothing, and other scripts. */
const AWKWARD = 'tab\tline\nreturn\rback\\slash \\N \\. "quoted" {braces},commas\' Ünïcode 漢字 🛒';

function linesOf(count: number, body: unknown = { text: "from a later build" }): FreshLine[] {
  const maker = entryMaker();
  const signed = [maker.open(testId(1)), ...Array.from({ length: count - 1 }, () => maker.next("note-made", body))];
  return signed.map(({ raw, sig }) => {
    const line = readLine(raw, sig);
    if (line.kind !== "entry") throw new Error(line.message);
    return { line, courier: null };
  });
}

function streamOf(
  lines: readonly FreshLine[],
  { terminal, after = null }: Pick<StreamRow, "terminal"> & Partial<StreamRow>,
): StreamRow {
  const last = lines.at(-1) as FreshLine;
  const { stream, seq } = last.line.entry;
  return { stream, terminal, kid: "key", tip: { seq, hash: last.line.hash }, after, forked: false };
}

function logTests(world: () => StoreWorld): void {
  test("entries are found by their hash, with their place; what is not held is not in the answer", async () => {
    const lines = linesOf(3);
    const { terminal, transact } = world();
    await transact(async (store) => {
      await store.insertStreams([streamOf(lines, { terminal })]);
      await store.insertEntries(lines.slice(0, 2));
    });
    const places = await transact((store) => store.entryPlaces(lines.map(({ line }) => line.hash)));
    expect([...places.values()].sort((a, b) => a.seq - b.seq)).toEqual(
      [0, 1].map((seq) => ({ stream: lines[0]?.line.entry.stream, seq })),
    );
  });

  test("the bytes of an entry come back as they were sent", async () => {
    const lines = linesOf(2, { text: AWKWARD, lines: [AWKWARD, ""] });
    const { terminal, transact, storedRaw } = world();
    await transact(async (store) => {
      await store.insertStreams([streamOf(lines, { terminal })]);
      await store.insertEntries(lines);
    });
    for (const { line } of lines) expect(await storedRaw(line.hash)).toBe(line.raw);
  });

  test("an entry, an event or a stream that another request stored just now is a lost race", async () => {
    const lines = linesOf(1);
    const { terminal, transact } = world();
    const rows = lines.map(({ line }) => ({ line, terminal, status: "applied" as const, code: null, message: null }));
    await transact(async (store) => {
      await store.insertStreams([streamOf(lines, { terminal })]);
      await store.insertEntries(lines);
      await store.insertEvents(rows);
    });
    await expect(transact((store) => store.insertStreams([streamOf(lines, { terminal })]))).rejects.toThrow(RACED);
    await expect(transact((store) => store.insertEntries(lines))).rejects.toThrow(RACED);
    await expect(transact((store) => store.insertEvents(rows))).rejects.toThrow(RACED);
  });

  test("a stream keeps what it was opened with, and its tip and fork as they were last written", async () => {
    const lines = linesOf(2);
    const after = { stream: newId(), seq: 7, hash: "ab".repeat(32) };
    const { terminal, transact } = world();
    const opened = streamOf(lines.slice(0, 1), { terminal, after });
    const other = streamOf(linesOf(1), { terminal });
    await transact((store) => store.insertStreams([opened, other]));
    const grown = { ...opened, tip: streamOf(lines, { terminal }).tip, forked: true };
    await transact((store) => store.updateStreams([grown]));
    const held = await transact((store) => store.streams([opened.stream, other.stream, newId()]));
    expect(held).toEqual(
      new Map([
        [opened.stream, grown],
        [other.stream, other],
      ]),
    );
  });

  test("all streams that follow the same entry are known by it", async () => {
    const { terminal, transact } = world();
    const after = { stream: newId(), seq: 7, hash: "cd".repeat(32) };
    const twins = [linesOf(1), linesOf(1)].map((lines) => streamOf(lines, { terminal, after }));
    await transact((store) => store.insertStreams([...twins, streamOf(linesOf(1), { terminal })]));
    const following = await transact((store) => store.streamsAfter([after.hash, "ef".repeat(32)]));
    expect([...following.keys()]).toEqual([after.hash]);
    expect(new Set(following.get(after.hash))).toEqual(new Set(twins.map(({ stream }) => stream)));
  });

  test("an event is known by the hash of its body, however it ended", async () => {
    const lines = linesOf(2);
    const { terminal, transact } = world();
    await transact((store) =>
      store.insertEvents([
        { line: (lines[0] as FreshLine).line, terminal, status: "applied", code: null, message: null },
        { line: (lines[1] as FreshLine).line, terminal, status: "quarantined", code: "apply_failed", message: AWKWARD },
      ]),
    );
    const bodies = await transact((store) =>
      store.eventBodies([...lines.map(({ line }) => line.entry.event), newId()]),
    );
    expect(bodies).toEqual(new Map(lines.map(({ line }) => [line.entry.event, line.bodyHash])));
  });

  test("nothing stays of a transaction that failed", async () => {
    const lines = linesOf(1);
    const { terminal, transact } = world();
    const failing = transact(async (store) => {
      await store.insertStreams([streamOf(lines, { terminal })]);
      await store.insertEntries(lines);
      throw new Error("the line went dead");
    });
    await expect(failing).rejects.toThrow("the line went dead");
    expect(await transact((store) => store.streams([(lines[0] as FreshLine).line.entry.stream]))).toEqual(new Map());
  });
}

const RACED = expect.objectContaining({ name: "Raced" });

function readerTests(world: () => StoreWorld): void {
  test("the merchant's branches and revoked terminals are known, those of nobody are not", async () => {
    const { branches, terminal, revoked, transact } = world();
    expect(await transact((store) => store.branches())).toEqual(new Set(branches));
    const asked = [terminal, revoked, newId() as TerminalId];
    expect(await transact((store) => store.revokedTerminals(asked))).toEqual(new Set([revoked]));
  });
}

function stockTests(world: () => StoreWorld): void {
  const emptyPool = (branch: BranchId, variant: VariantId, scale: number): PoolRow => ({
    branch,
    variant,
    scale,
    pool: { units: 0, value: amount(0), fallback: null },
  });

  test("pools come in the order of their keys, made where they are missing, and not at all for unknown goods", async () => {
    const { branches, variants, transact } = world();
    const [here, there] = branches;
    const unknown = { branch: here, variant: newId() as VariantId };
    const keys = [
      { branch: here, variant: variants[0] },
      { branch: here, variant: variants[1] },
      unknown,
      { branch: there, variant: variants[0] },
      { branch: newId() as BranchId, variant: variants[0] },
    ];
    const expected = [
      emptyPool(here, variants[0], 0),
      emptyPool(here, variants[1], 3),
      emptyPool(there, variants[0], 0),
    ];
    expect(await transact((store) => store.lockPools(keys))).toEqual(expected);
    expect(await transact((store) => store.lockPools([unknown]))).toEqual([]);
  });

  test("a pool comes back as it was written, below zero and with its fallback", async () => {
    const { branches, variants, transact } = world();
    const [first, second] = [emptyPool(branches[0], variants[0], 0), emptyPool(branches[0], variants[1], 3)];
    const negative = { ...first, pool: { units: -3, value: amount(-450), fallback: { value: amount(900), units: 6 } } };
    const plain = { ...second, pool: { units: 1_500, value: amount(123_456_789_012), fallback: null } };
    await transact(async (store) => {
      await store.lockPools([first, second]);
      await store.updatePools([
        { ...negative, rev: 1 },
        { ...plain, rev: 2 },
      ]);
    });
    expect(await transact((store) => store.lockPools([first, second]))).toEqual([negative, plain]);
  });

  test("revisions of a branch's channel go on from the last ones, each branch for itself", async () => {
    const { branches, transact } = world();
    const [here, there] = branches;
    const take = (counts: [BranchId, number][]) => transact((store) => store.takeRevisions(new Map(counts)));
    const first = await take([[here, 3]]);
    const next = await take([
      [there, 1],
      [here, 2],
    ]);
    expect((next.get(here) ?? 0) - (first.get(here) ?? 0)).toBe(3);
    const last = await take([
      [here, 1],
      [there, 1],
    ]);
    expect((last.get(here) ?? 0) - (next.get(here) ?? 0)).toBe(2);
    expect((last.get(there) ?? 0) - (next.get(there) ?? 0)).toBe(1);
  });

  test("lines that were sold are known by sale and line, with what left the stock and its cost", async () => {
    const { branches, variants, transact } = world();
    const [branch] = branches;
    const [sale, delivery] = [newId(), newId()];
    const moved = (document: Uuid, line: number, other: Partial<CostedMovement>): CostedMovement & { rev: number } => ({
      ...{ branch, variant: variants[0], units: -2, scale: 0, cause: "sale", document, line },
      ...{ cost: amount(240), occurredAt: TEST_NOW, rev: line },
      ...other,
    });
    await transact(async (store) => {
      await store.lockPools([
        { branch, variant: variants[0] },
        { branch, variant: variants[1] },
      ]);
      await store.insertMovements([
        moved(sale, 1, {}),
        moved(sale, 2, { variant: variants[1], units: -1_250, scale: 3, cost: amount(99) }),
        moved(delivery, 1, { cause: "delivery", units: 5 }),
      ]);
    });
    const asked = [
      { sale, line: 2 },
      { sale, line: 1 },
      { sale, line: 9 },
      { sale: delivery, line: 1 },
    ];
    const sold = await transact((store) => store.soldLines(asked));
    expect(sold.toSorted((a, b) => a.line - b.line)).toEqual([
      { sale, line: 1, variant: variants[0], cost: 240, units: 2 },
      { sale, line: 2, variant: variants[1], cost: 99, units: 1_250 },
    ]);
    await expect(transact((store) => store.insertMovements([moved(sale, 1, {})]))).rejects.toMatchObject(UNIQUE);
  });
}

const UNIQUE = { code: "23505" };
const CHECK = { code: "23514" };

function booksTests(world: () => StoreWorld): void {
  const saleNamed = (name: string) => {
    const sale = testSale(
      testCart({ sale: newId(), lines: [testLine({ name }), testLine({ line: 2, variant: null })] }),
    );
    return { sale, event: sale.sale, costs: new Map([[1, amount(400)]]) };
  };

  test("a sale is taken once, whatever its goods are called", async () => {
    const { transact } = world();
    const costed = saleNamed(AWKWARD);
    await transact((store) => store.insertSales([costed, saleNamed("Other goods")]));
    await expect(transact((store) => store.insertSales([costed]))).rejects.toMatchObject(UNIQUE);
  });

  test("a sale whose total is not its net and its tax is refused", async () => {
    const { sale, ...rest } = saleNamed("Goods");
    const broken = { ...rest, sale: { ...sale, totals: { ...sale.totals, tax: amount(sale.totals.tax + 1) } } };
    await expect(world().transact((store) => store.insertSales([broken]))).rejects.toMatchObject(CHECK);
  });

  const entryOf = (branch: BranchId, { credit = 500, source = newId() } = {}): PostedEntry => ({
    ...{
      key: "",
      kind: "rev",
      source,
      branch,
      postingDay: TEST_DAY,
      occurredAt: TEST_NOW,
      currency: testSale().rules.currency,
      late: false,
    },
    lines: [
      { account: "till-cash", side: "debit", amount: amount(300), branch, dimensions: {} },
      { account: "till-cash", side: "debit", amount: amount(200), branch, dimensions: { note: AWKWARD } },
      { account: "sales", side: "credit", amount: amount(credit), branch, dimensions: {} },
    ],
  });

  test("entries add up in the balances of their accounts, each branch for itself", async () => {
    const { branches, transact, balanceOf } = world();
    const [here, there] = branches;
    await transact((store) => store.insertJournal([entryOf(here), entryOf(there), entryOf(here)]));
    await transact((store) => store.insertJournal([entryOf(here)]));
    expect(await balanceOf(here, "till-cash")).toEqual({ debit: 1_500, credit: 0 });
    expect(await balanceOf(here, "sales")).toEqual({ debit: 0, credit: 1_500 });
    expect(await balanceOf(there, "sales")).toEqual({ debit: 0, credit: 500 });
  });

  test("an entry that does not balance is refused, and so is one that was posted", async () => {
    const { branches, transact, balanceOf } = world();
    const entry = entryOf(branches[0]);
    await transact((store) => store.insertJournal([entry]));
    const unbalanced = entryOf(branches[0], { credit: 499 });
    await expect(transact((store) => store.insertJournal([unbalanced]))).rejects.toMatchObject(CHECK);
    await expect(transact((store) => store.insertJournal([entry]))).rejects.toMatchObject(UNIQUE);
    expect(await balanceOf(branches[0], "sales")).toEqual({ debit: 0, credit: 500 });
  });

  test("there is one open case for each kind and subject, with the newest details", async () => {
    const { branches, transact, openCases } = world();
    const [branch] = branches;
    const draft = (subject: string, units: number) => ({
      kind: "oversold" as const,
      subject,
      branch,
      details: { units },
    });
    await transact((store) => store.openCases([draft("a", -1), draft("b", -1), draft("a", -2)]));
    await transact((store) => store.openCases([draft("b", -5)]));
    const open = await openCases();
    expect(open.toSorted((a, b) => (a.subject < b.subject ? -1 : 1))).toEqual([
      { kind: "oversold", subject: "a", details: { units: -2 } },
      { kind: "oversold", subject: "b", details: { units: -5 } },
    ]);
  });
}
