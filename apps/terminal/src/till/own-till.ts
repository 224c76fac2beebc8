import { assert } from "@holdfast/domain/kernel/assert";
import type { Uuid } from "@holdfast/domain/kernel/id";
import { businessDay } from "@holdfast/domain/kernel/instant";
import { accept, type Result, refuse } from "@holdfast/domain/kernel/result";
import type { Amount } from "@holdfast/domain/money/amount";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { Approval } from "@holdfast/domain/staff/approval";
import type { StaffId } from "@holdfast/domain/staff/staff";
import type { Counted } from "@holdfast/domain/till/cash-count";
import {
  type CloseShiftRefusal,
  type CountShiftRefusal,
  closeShift,
  countShift,
  type Deed,
  type MoveCashRefusal,
  moveCash,
  type OpenDrawerRefusal,
  type OpenShiftRefusal,
  openDrawer,
  openShift,
} from "@holdfast/domain/till/shift";
import type { CashMoved, CashMovementKind, DrawerOpened, ShiftEvent } from "@holdfast/domain/till/shift-events";
import type { Shift, Till } from "@holdfast/domain/till/till";
import { type ShiftReport, shiftReport } from "@holdfast/domain/till/z-report";
import type { EventLog, NewEvent } from "@holdfast/sync/event-log";
import type { Clock, Draft } from "@holdfast/sync/ports";
import type { Shop } from "../shell/shop.ts";
import { createValue, type Value } from "../shell/value.ts";
import { type ShiftFacts, type ShiftFactsPorts, shiftFacts } from "./shift-facts.ts";
import { afterEntry, type TillRecord, tillDraft, withShiftEvent, withSoldSale } from "./till-record.ts";

export type OwnTillPorts = ShiftFactsPorts & {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly newId: () => Uuid;
  readonly shop: () => Shop;
  readonly person: () => { readonly staff: StaffId } | null;
};

/** Whoever acts has to be logged in; a lock may have come in between. */
export type NobodyHere = { readonly kind: "nobody-here" };

type NotOpen = { readonly kind: "not-open" };

export type CashMovementAct = {
  readonly kind: CashMovementKind;
  readonly amount: Amount;
  readonly reason: string;
  readonly reference?: string;
  readonly approval?: Approval;
};

type Decided<T> = {
  readonly events: readonly ShiftEvent[];
  readonly value: T;
  /** The report of the shift that one of the events closes. */
  readonly report?: ShiftReport | null;
};

/** The till at this terminal: its shift, from the float to the Z report, with no network. Every act is on the disk before it shows. */
export class OwnTill {
  readonly #ports: OwnTillPorts;
  #record: TillRecord;
  readonly state: Value<Till>;

  constructor(ports: OwnTillPorts, record: TillRecord) {
    this.#ports = ports;
    this.#record = record;
    this.state = createValue(record.till);
    ports.log.onAppended((entries) => {
      this.#record = entries.reduce(afterEntry, this.#record);
      if (this.#record.till !== this.state.get()) this.state.set(this.#record.till);
    });
  }

  /** The shift that takes money now; null before it is opened, and while it is counted. */
  get openShift(): (Shift & { readonly kind: "open" }) | null {
    const { shift } = this.#record.till;
    return shift?.kind === "open" ? shift : null;
  }

  /** What traces belong to: the shift as long as it is not closed. */
  get shiftId(): Uuid | null {
    const { shift } = this.#record.till;
    return shift === null || shift.kind === "closed" ? null : shift.opened.shift;
  }

  /** What a completed sale writes beside itself, for the transaction that stores it. */
  draftAfter(sale: Sale): Draft {
    return tillDraft(withSoldSale(this.#record, sale));
  }

  /** Opens a shift; one that was forgotten on an earlier day gets its Z first, by itself. */
  async open(
    float: Amount,
  ): Promise<Result<{ readonly forgotten: ShiftReport | null }, OpenShiftRefusal | NobodyHere>> {
    await this.#openStreamOfToday();
    const before = this.#record.till.shift;
    const facts = before === null || before.kind === "closed" ? null : await this.#factsOf(before);
    return await this.#act((deed) => {
      const { branch, rules } = this.#ports.shop();
      const opening = {
        ...deed,
        ...{ shift: this.#ports.newId(), currency: rules.currency, float },
        businessDay: businessDay(deed.at, branch.dayChangeHour),
      };
      const decided = openShift(this.#record.till, opening);
      if (!decided.ok) return decided;
      const [first] = decided.value;
      const forgotten =
        first?.kind === "shift-closed" && facts !== null
          ? this.#reportAfter(withShiftEvent(this.#record, first), facts)
          : null;
      return accept({ events: decided.value, value: { forgotten }, report: forgotten });
    });
  }

  moveCash({ kind, ...act }: CashMovementAct): Promise<Result<CashMoved, MoveCashRefusal | NobodyHere>> {
    return this.#actIn((shift, deed) => {
      const decided = moveCash(shift, { movement: this.#ports.newId(), movementKind: kind, ...act, ...deed });
      return decided.ok ? accept({ events: [decided.value], value: decided.value }) : decided;
    });
  }

  /** Records that the drawer is opened without a sale; the drawer itself is for the caller, after this. */
  noSale(reason: string, approval?: Approval): Promise<Result<DrawerOpened, OpenDrawerRefusal | NobodyHere>> {
    return this.#actIn((shift, deed) => {
      const opening = { opening: this.#ports.newId(), reason, ...(approval === undefined ? {} : { approval }) };
      const decided = openDrawer(shift, { ...opening, ...deed });
      return decided.ok ? accept({ events: [decided.value], value: decided.value }) : decided;
    });
  }

  count(counted: readonly Counted[]): Promise<Result<null, CountShiftRefusal | NobodyHere>> {
    return this.#actIn((shift, deed) => {
      const decided = countShift(shift, { ...deed, counted });
      return decided.ok ? accept({ events: [decided.value], value: null }) : decided;
    });
  }

  /** Closes the counted shift: its Z report is made once, and stored in the very transaction that gives it its number. */
  async close(left: Amount): Promise<Result<ShiftReport, CloseShiftRefusal | NobodyHere>> {
    const { shift } = this.#record.till;
    if (shift?.kind !== "counted") return refuse({ kind: shift?.kind === "open" ? "not-counted" : "not-open" });
    const facts = await this.#factsOf(shift);
    return await this.#act((deed) => {
      const decided = closeShift(this.#record.till, { ...deed, left });
      if (!decided.ok) return decided;
      const report = this.#reportAfter(withShiftEvent(this.#record, decided.value), facts);
      return accept({ events: [decided.value], value: report, report });
    });
  }

  /** The totals so far: resets nothing, can be made any number of times. Null where no shift is open. */
  async xReport(): Promise<ShiftReport | null> {
    const { shift } = this.#record.till;
    if (shift === null || shift.kind === "closed") return null;
    return this.#reportAfter(this.#record, await this.#factsOf(shift));
  }

  #factsOf(shift: Shift): Promise<ShiftFacts> {
    return shiftFacts(this.#ports, shift.opened.shift);
  }

  #reportAfter({ till, totalsBefore }: TillRecord, facts: ShiftFacts): ShiftReport {
    assert(till.shift !== null, "a report is of a shift");
    const at = this.#ports.clock.instant();
    return shiftReport({ shift: till.shift, ...facts, grandTotalsBefore: totalsBefore, at });
  }

  /** A till that is never switched off has a stream for each business day all the same: they stay short, and can be pruned whole. */
  async #openStreamOfToday(): Promise<void> {
    const { log, clock, person, shop } = this.#ports;
    const { dayChangeHour } = shop().branch;
    const today = businessDay(clock.instant(), dayChangeHour);
    if (person() !== null && businessDay(log.openedAt, dayChangeHour) !== today) await log.rotate();
  }

  /** An act within the present shift. */
  #actIn<T, Refusal>(
    decide: (shift: Shift, deed: Deed) => Result<Decided<T>, Refusal>,
  ): Promise<Result<T, Refusal | NobodyHere | NotOpen>> {
    return this.#act((deed): Result<Decided<T>, Refusal | NotOpen> => {
      const { shift } = this.#record.till;
      return shift === null ? refuse({ kind: "not-open" }) : decide(shift, deed);
    });
  }

  /** Decides when its turn to write has come, so that nothing can have happened in between. */
  async #act<T, Refusal>(
    decide: (deed: Deed) => Result<Decided<T>, Refusal>,
  ): Promise<Result<T, Refusal | NobodyHere>> {
    const by = this.#ports.person()?.staff;
    if (by === undefined) return refuse({ kind: "nobody-here" });
    return await this.#ports.log.append<Result<T, Refusal>>({
      build: () => {
        const decided = decide({ by, at: this.#ports.clock.instant() });
        if (!decided.ok) return { events: [], value: decided };
        const { events, value, report = null } = decided.value;
        const record = events.reduce(withShiftEvent, this.#record);
        const written = events.map((event) => this.#event(event, report));
        return { events: written, value: accept(value), drafts: { put: [tillDraft(record)] } };
      },
    });
  }

  #event(body: ShiftEvent, report: ShiftReport | null): NewEvent {
    const event = this.#ports.newId();
    if (body.kind !== "shift-closed") return { event, type: body.kind, body } as NewEvent;
    assert(report !== null, "a shift is closed with its report");
    return { event, type: "shift-closed", body: { ...body, report } };
  }
}
