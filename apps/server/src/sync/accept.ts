import type { Uuid } from "@holdfast/domain/kernel/id";
import type { BranchId } from "@holdfast/domain/party/merchant";
import type { Tip } from "@holdfast/protocol/entry";
import type { TerminalEvent } from "@holdfast/protocol/events/event";
import type { StreamOpened } from "@holdfast/protocol/events/stream-opened";
import type { CaseDraft } from "../inbox/case.ts";
import type { ReadLine } from "./batch-line.ts";
import type { Applied } from "./book-event.ts";
import { effectsOf } from "./effects-of.ts";
import type { EventContext, EventEffects, Quarantine } from "./event-effects.ts";
import type { EventRow, IngestStore, StreamRow } from "./ingest-store.ts";
import { type FreshLine, type JudgedLine, type Walk, walkChains } from "./walk-chains.ts";
import { writeEffects } from "./write-effects.ts";

export type Accepted = {
  readonly walk: Walk;
  /** Where the server stands in each stream of the batch. */
  readonly tips: ReadonlyMap<Uuid, Tip>;
  readonly quarantined: readonly ({ readonly event: Uuid } & Quarantine)[];
  readonly branches: ReadonlySet<BranchId>;
};

export type AcceptOptions = {
  /** An event that the database itself cannot take, found by trying it alone: stored, but set aside. */
  readonly poison?: { readonly event: Uuid; readonly message: string };
};

/**
 * Takes in a batch inside one transaction: stores each entry whose parent is held and does what its event says, at most
 * once. Nothing here refuses an event for its age, version, order, price or stock (INV-05).
 */
export async function accept(
  lines: readonly JudgedLine[],
  store: IngestStore,
  options: AcceptOptions = {},
): Promise<Accepted> {
  const entries = lines.flatMap(({ line }) => (line.kind === "entry" ? [line] : []));
  const streamIds = unique(entries.map((line) => line.entry.stream));
  const hashes = unique(
    entries.flatMap((line) => (line.entry.prev === "" ? [line.hash] : [line.hash, line.entry.prev])),
  );
  const places = await store.entryPlaces(hashes);
  const streams = await store.streams(streamIds);
  const walk = walkChains(lines, { places, streams });
  const updated = streamsAfterWalk(walk, streams);
  const tips = new Map([...updated.values()].map(({ stream, tip }) => [stream, tip]));
  if (walk.fresh.length === 0) return { walk, tips, quarantined: [], branches: new Set() };

  await store.insertStreams([...updated.values()].filter(({ stream }) => !streams.has(stream)));
  await store.updateStreams([...updated.values()].filter((row) => isChanged(row, streams.get(row.stream))));
  await store.insertEntries(walk.fresh);
  const judged = await judgeEvents(walk.fresh, updated, { store, options });
  await store.insertEvents(judged.rows);
  const cases = [...judged.cases, ...(await forkCases(walk, updated, store))];
  const branches = await writeEffects(judged.effects, cases, store);
  return { walk, tips, quarantined: judged.quarantined, branches };
}

function streamsAfterWalk(walk: Walk, held: ReadonlyMap<Uuid, StreamRow>): Map<Uuid, StreamRow> {
  const rows = new Map(held);
  for (const { line } of walk.fresh) {
    const { entry, hash, event } = line;
    const { stream, seq } = entry;
    const row = rows.get(stream) ?? openedStream(stream, event as TerminalEvent & { type: "stream-opened" }, hash);
    const tip = seq >= row.tip.seq ? { seq, hash } : row.tip;
    rows.set(stream, { ...row, tip, forked: row.forked || walk.forked.has(stream) });
  }
  return rows;
}

function openedStream(stream: Uuid, { body }: { body: StreamOpened }, hash: string): StreamRow {
  return { stream, terminal: body.terminal, kid: body.key, tip: { seq: 0, hash }, after: body.after, forked: false };
}

function isChanged(row: StreamRow, before: StreamRow | undefined): boolean {
  return before !== undefined && (before.tip.hash !== row.tip.hash || before.forked !== row.forked);
}

type Judged = {
  readonly rows: EventRow[];
  readonly effects: Applied[];
  readonly quarantined: ({ event: Uuid } & Quarantine)[];
  readonly cases: CaseDraft[];
};

type Surroundings = { readonly store: IngestStore; readonly options: AcceptOptions };

async function judgeEvents(
  fresh: readonly FreshLine[],
  streams: ReadonlyMap<Uuid, StreamRow>,
  { store, options }: Surroundings,
): Promise<Judged> {
  const bodies = new Map(await store.eventBodies(unique(fresh.map(({ line }) => line.entry.event))));
  const branches = await store.branches();
  const terminals = unique([...streams.values()].map((row) => row.terminal));
  const revoked = await store.revokedTerminals(terminals);
  const judged: Judged = { rows: [], effects: [], quarantined: [], cases: [] };
  for (const { line } of fresh) {
    const { event, stream, seq, at, seen } = line.entry;
    const terminal = (streams.get(stream) as StreamRow).terminal;
    const known = bodies.get(event);
    if (known === line.bodyHash) continue;
    if (known !== undefined) {
      const details = { stream, seq: line.entry.seq, hash: line.hash, type: line.entry.type };
      judged.cases.push({ kind: "event-conflict", subject: event, branch: null, details });
      judged.quarantined.push({ event, code: "event_conflict", message: "the same event came with another content" });
      continue;
    }
    bodies.set(event, line.bodyHash);
    const context = { event, at, stream, seq, terminal, branches, seen };
    const outcome = revoked.has(terminal)
      ? { code: "revoked", message: "the terminal was revoked; a manager can approve this" }
      : applySafely(line, context, options);
    recordOutcome(judged, { line, context, outcome });
  }
  return judged;
}

type Outcome = {
  readonly line: ReadLine;
  readonly context: EventContext;
  readonly outcome: EventEffects | Quarantine | null;
};

function recordOutcome(judged: Judged, { line, context, outcome }: Outcome): void {
  const { event, type } = line.entry;
  const { terminal } = context;
  if (outcome === null || "post" in outcome) {
    judged.rows.push({ line, terminal, status: "applied", code: null, message: null });
    if (outcome !== null) judged.effects.push({ context, effects: outcome });
    return;
  }
  judged.rows.push({ line, terminal, status: "quarantined", ...outcome });
  judged.quarantined.push({ event, ...outcome });
  judged.cases.push({ kind: "quarantined", subject: event, branch: null, details: { type, terminal, ...outcome } });
}

/** One bad event delays nobody else's: whatever goes wrong with it sets it aside, whole. */
export function applySafely(
  line: ReadLine,
  context: EventContext,
  { poison }: AcceptOptions,
): EventEffects | Quarantine | null {
  if (poison?.event === line.entry.event) return { code: "apply_failed", message: poison.message };
  if ("code" in line.event) return line.event;
  try {
    return effectsOf(line.event, context);
  } catch (error) {
    return { code: "apply_failed", message: error instanceof Error ? error.message : String(error) };
  }
}

/** Two branches of one stream, or two streams that follow the same entry: someone else is writing as this terminal. */
async function forkCases(walk: Walk, streams: ReadonlyMap<Uuid, StreamRow>, store: IngestStore): Promise<CaseDraft[]> {
  const forked = [...walk.forked].map((stream) => streams.get(stream) as StreamRow);
  const opened = walk.fresh
    .filter(({ line }) => line.entry.seq === 0)
    .map(({ line }) => streams.get(line.entry.stream) as StreamRow);
  const afters = opened.flatMap((row) => (row.after === null ? [] : [row.after.hash]));
  const siblings = afters.length === 0 ? new Map<string, Uuid[]>() : await store.streamsAfter(afters);
  const cloned = opened.filter((row) => row.after !== null && (siblings.get(row.after.hash)?.length ?? 0) > 1);
  return [...forked, ...cloned].map(({ terminal, stream }) => ({
    kind: "terminal-fork",
    subject: terminal,
    branch: null,
    details: { stream },
  }));
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
