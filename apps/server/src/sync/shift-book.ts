import type { Uuid } from "@holdfast/domain/kernel/id";
import type { TerminalId } from "@holdfast/domain/party/merchant";
import type { GrandTotals } from "@holdfast/domain/till/shift-events";
import { addTurnover, NO_GRAND_TOTALS } from "@holdfast/domain/till/till";
import type { ShiftClosing } from "@holdfast/protocol/events/shift";
import type { CaseDraft } from "../inbox/case.ts";
import type { Applied } from "./book-event.ts";
import type { DayOutcome } from "./day-book.ts";
import type { DayStore, ReportedReceipts } from "./day-store.ts";

/** Which shifts are closed, and whether a terminal's Z reports follow each other. A closed shift is never changed. */
export class ShiftBook {
  readonly #closed: Map<Uuid, ReportedReceipts>;
  readonly #opened: Set<Uuid>;
  readonly #grand: Map<string, GrandTotals>;

  private constructor(held: {
    readonly closed: ReadonlyMap<Uuid, ReportedReceipts>;
    readonly opened: ReadonlySet<Uuid>;
    readonly grand: ReadonlyMap<string, GrandTotals>;
  }) {
    this.#closed = new Map(held.closed);
    this.#opened = new Set(held.opened);
    this.#grand = new Map(held.grand);
  }

  static async open(events: readonly Applied[], store: DayStore): Promise<ShiftBook> {
    const shifts = [...new Set(events.flatMap(({ effects }) => effects.ofShift ?? []))];
    const closings = events.flatMap(({ effects }) => effects.closing ?? []);
    const closed = shifts.length === 0 ? new Map<Uuid, ReportedReceipts>() : await store.closedShifts(shifts);
    const opened =
      closings.length === 0 ? new Set<Uuid>() : await store.openedShifts(closings.map(({ shift }) => shift));
    const keys = closings.flatMap(({ place: { terminal }, zNumber }) =>
      [zNumber - 1, zNumber].map((number) => ({ terminal, number })),
    );
    const held = keys.length === 0 ? [] : await store.reports(keys);
    return new ShiftBook({
      closed,
      opened,
      grand: new Map(held.map(({ terminal, number, grand }) => [reportKey(terminal, number), grand])),
    });
  }

  /** Remembers an opening, and says where a sale came in too late for the Z report of its shift. */
  notice({ effects }: Applied): DayOutcome {
    for (const { table, row } of effects.rows) if (table === "shift") this.#opened.add(row.shift as Uuid);
    const { sale, branch } = effects;
    const reported = sale?.shift === null || sale === null ? undefined : this.#closed.get(sale.shift as Uuid);
    const isLate =
      sale !== null && !sale.training && reported !== undefined && !isReported(sale.number.number, reported);
    if (!isLate) return { rows: [], entries: [], cases: [] };
    const details = { shift: sale.shift, number: sale.number, total: sale.totals.total };
    return { rows: [], entries: [], cases: [{ kind: "late-sale", subject: sale.sale, branch, details }] };
  }

  /** Whether this closing is the first of its shift: only that one posts. */
  close(closing: ShiftClosing): { readonly isFirst: boolean; readonly cases: readonly CaseDraft[] } {
    const { shift, zNumber, place, report, grandTotals } = closing;
    const isFirst = !this.#closed.has(shift);
    const faults = this.#faultsOf(closing, isFirst);
    if (isFirst) {
      this.#closed.set(shift, { first: report.firstReceipt?.number ?? null, last: report.lastReceipt?.number ?? null });
    }
    this.#grand.set(reportKey(place.terminal, zNumber), grandTotals);
    if (faults.length === 0) return { isFirst, cases: [] };
    const { branch, terminal } = place;
    const details = { terminal, shift, number: zNumber, faults };
    return { isFirst, cases: [{ kind: "z-gap", subject: `${terminal}:${zNumber}`, branch, details }] };
  }

  #faultsOf({ shift, zNumber, place, report, grandTotals }: ShiftClosing, isFirst: boolean): string[] {
    const faults: string[] = [];
    if (!isFirst) faults.push("closed-twice");
    if (!this.#opened.has(shift)) faults.push("opening-missing");
    if (this.#grand.has(reportKey(place.terminal, zNumber))) faults.push("number-repeated");
    const before = zNumber === 1 ? NO_GRAND_TOTALS : this.#grand.get(reportKey(place.terminal, zNumber - 1));
    if (before === undefined) return [...faults, "number-before-missing"];
    const expected = addTurnover(before, { sales: report.sales.amount, returns: report.returns.amount });
    const adds = expected.sales === grandTotals.sales && expected.returns === grandTotals.returns;
    return adds && expected.net === grandTotals.net ? faults : [...faults, "grand-totals"];
  }
}

function isReported(number: number, { first, last }: ReportedReceipts): boolean {
  return first !== null && last !== null && first <= number && number <= last;
}

function reportKey(terminal: TerminalId, number: number): string {
  return `${terminal} ${number}`;
}
