import { present } from "@holdfast/domain/kernel/assert";
import type { Uuid } from "@holdfast/domain/kernel/id";
import { addDays, type Day } from "@holdfast/domain/kernel/instant";
import type { JournalEntry } from "@holdfast/domain/ledger/journal-entry";
import { add, negate, ZERO } from "@holdfast/domain/money/amount";
import { postAbsorbed, postOversellCorrections, postStockCount } from "@holdfast/domain/posting/stock-posting";
import type { CaseDraft } from "../inbox/case.ts";
import { type CostSheet, costsByLine } from "../stock/cost-movements.ts";
import { ambiguousCase, type CountSheet } from "../stock/count-sheet.ts";
import type { DayBook } from "./day-book.ts";
import type { DayCircumstances } from "./day-store.ts";
import type { CountedGoods, EventContext, EventEffects, FactRow } from "./event-effects.ts";
import type { CostedMovement, CostedSale, PoolKey, PostedEntry } from "./ingest-store.ts";

/** An event that was accepted, and what it does. */
export type Applied = { readonly context: EventContext; readonly effects: EventEffects };

export type Books = {
  readonly sheet: CostSheet;
  readonly counts: CountSheet;
  readonly day: DayBook;
  readonly circumstances: DayCircumstances;
};

/** One line of a count, without the revision under which it becomes known. */
export type CountLine = PoolKey & {
  readonly count: Uuid;
  readonly line: number;
  readonly counted: number;
  readonly expected: number;
  readonly scale: number;
  readonly occurred_at: string;
};

export type BookedEvent = {
  readonly sale: CostedSale | null;
  readonly movements: readonly CostedMovement[];
  readonly entries: readonly PostedEntry[];
  readonly rows: readonly FactRow[];
  readonly cases: readonly CaseDraft[];
  readonly countLines: readonly CountLine[];
};

/** Books one event after those before it: stock and its cost, the sums of the day, and the entries that follow from both. */
export function bookEvent(applied: Applied, { sheet, counts, day, circumstances }: Books): BookedEvent {
  const { context, effects } = applied;
  const { sale, branch } = effects;
  const moved = moveStock(applied, sheet, counts);
  const costs = costsByLine(moved.movements);
  const counted = effects.counted === null ? NOTHING_COUNTED : countStock(applied, effects.counted, { sheet, counts });
  const sums = day.apply(applied);
  const made = [...effects.post(costs), ...moved.entries, ...counted.entries, ...sums.entries];
  const opened = made.map((entry) => intoOpenBooks(entry, circumstances.closedThrough));
  return {
    sale: sale === null ? null : { sale, event: context.event, costs },
    movements: [...moved.movements, ...counted.movements],
    entries: branch === null ? [] : opened.map((entry) => ({ ...entry, branch })),
    rows: [...effects.rows, ...sums.rows],
    cases: [
      ...effects.cases,
      ...sums.cases,
      ...counted.cases,
      ...unidentifiedCases(applied, sheet),
      ...lateCases(made, effects, circumstances.closedThrough),
    ],
    countLines: counted.lines,
  };
}

type Moved = { readonly movements: readonly CostedMovement[]; readonly entries: readonly JournalEntry[] };

/** A movement that a count had found already is booked, and its effect taken back from the count. */
function moveStock(applied: Applied, sheet: CostSheet, counts: CountSheet): Moved {
  const { context, effects } = applied;
  const originals = new Map((effects.sale?.lines ?? []).map(({ line, original }) => [line, original]));
  const movements: CostedMovement[] = [];
  const entries: JournalEntry[] = [];
  let absorbed = ZERO;
  for (const movement of effects.movements.filter((each) => sheet.knows(each))) {
    const booked = sheet.cost(movement, effects.occurredAt, originals.get(movement.line));
    movements.push(booked);
    entries.push(...correctionEntries(booked, effects));
    if (counts.move(movement, booked.units, applied) === null) continue;
    const back = { ...movement, units: -booked.units, scale: booked.scale, line: -movement.line, value: booked.cost };
    const undone = sheet.cost({ ...back, cause: "absorbed-by-count" }, effects.occurredAt, undefined);
    movements.push(undone);
    absorbed = add(absorbed, undone.units > 0 ? undone.cost : negate(undone.cost));
  }
  const { happening } = effects;
  const entry = happening === null ? null : postAbsorbed({ document: context.event, cost: absorbed }, happening);
  return { movements, entries: entry === null ? entries : [...entries, entry] };
}

function correctionEntries(
  { corrections = [], document, line }: CostedMovement,
  { happening }: EventEffects,
): JournalEntry[] {
  if (happening === null || corrections.length === 0) return [];
  const entry = postOversellCorrections({ document, line, category: null, corrections }, happening);
  return entry === null ? [] : [entry];
}

type Counted = Moved & { readonly cases: readonly CaseDraft[]; readonly lines: readonly CountLine[] };

const NOTHING_COUNTED: Counted = { movements: [], entries: [], cases: [], lines: [] };

function countStock(
  applied: Applied,
  { count, branch, lines }: CountedGoods,
  { sheet, counts }: Pick<Books, "sheet" | "counts">,
): Counted {
  const { effects } = applied;
  const happening = present(effects.happening, "a count says where and when it happened");
  const found: { movements: CostedMovement[]; entries: JournalEntry[]; cases: CaseDraft[]; lines: CountLine[] } = {
    movements: [],
    entries: [],
    cases: [],
    lines: [],
  };
  for (const [index, line] of lines.entries()) {
    const key = { branch, variant: line.variant };
    if (!sheet.knows(key)) continue;
    const { units, scale } = sheet.see(key);
    const verdict = counts.count(line, { key, units, scale }, { ...applied, count });
    if (verdict === null) continue;
    const place = { count, line: index + 1 };
    const { adjustment, expected } = verdict;
    found.lines.push({
      ...key,
      ...place,
      counted: expected + adjustment,
      expected,
      scale,
      occurred_at: effects.occurredAt,
    });
    found.cases.push(...ambiguousCase(key, verdict, count));
    if (adjustment === 0) continue;
    const movement = { ...key, units: adjustment, scale, cause: "count" as const, document: count, line: index + 1 };
    const booked = sheet.cost(movement, effects.occurredAt, undefined);
    found.movements.push(booked);
    const missing = adjustment < 0 ? booked.cost : negate(booked.cost);
    const entry = postStockCount({ ...place, category: null, missing }, happening);
    if (entry !== null) found.entries.push(entry);
  }
  return found;
}

/** The books of a closed period stay as they are: what comes later is posted on the first open day, and says so. */
function intoOpenBooks(entry: JournalEntry, closedThrough: Day | null): Omit<PostedEntry, "branch"> {
  if (closedThrough === null || entry.postingDay > closedThrough) return { ...entry, late: false };
  return { ...entry, postingDay: addDays(closedThrough, 1), late: true };
}

function lateCases(entries: readonly JournalEntry[], { branch }: EventEffects, closedThrough: Day | null): CaseDraft[] {
  const late = entries.filter(({ postingDay }) => closedThrough !== null && postingDay <= closedThrough);
  const days = [...new Set(late.map(({ postingDay }) => postingDay))];
  return days.map((day) => ({
    kind: "late-posting",
    subject: `${branch}:${day}`,
    branch,
    details: { day, closedThrough, entries: late.map(({ source, kind }) => ({ source, kind })) },
  }));
}

/** Goods that the catalogue does not know: they moved, and nobody can say what of. */
function unidentifiedCases({ context, effects }: Applied, sheet: CostSheet): CaseDraft[] {
  const { sale, branch, movements, counted } = effects;
  if (sale?.training === true) return [];
  const lines = new Map((sale?.lines ?? []).map((line) => [line.line, line]));
  const unknown = new Set(movements.filter((movement) => !sheet.knows(movement)).map((movement) => movement.line));
  for (const line of lines.values()) if (line.variant === null && line.giftCard === undefined) unknown.add(line.line);
  for (const [index, { variant }] of (counted?.lines ?? []).entries()) {
    if (counted !== null && !sheet.knows({ branch: counted.branch, variant })) unknown.add(index + 1);
  }
  if (unknown.size === 0) return [];
  const goods = [...unknown].map((line) => ({
    line,
    name: lines.get(line)?.name,
    barcode: lines.get(line)?.barcode,
  }));
  const subject = sale?.sale ?? context.event;
  return [{ kind: "unidentified-item", subject, branch, details: { number: sale?.number, lines: goods } }];
}
