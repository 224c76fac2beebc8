import type { Role, StaffId } from "@holdfast/domain/staff/staff";
import type { StaffDocument } from "@holdfast/protocol/documents";
import type { KeyStore } from "../store/key-store.ts";
import { isPin } from "./pin.ts";
import { afterRight, afterWrong, type PinAttempts, waitMs } from "./pin-attempts.ts";
import { createValue, type Value } from "./value.ts";

/** Who is at the till. */
export type Person = { readonly staff: StaffId; readonly name: string; readonly role: Role };

export type SessionState =
  /** `last` was here before, and most likely comes back. */
  { readonly kind: "locked"; readonly last: StaffId | null } | { readonly kind: "open"; readonly person: Person };

export type Unlocked =
  | { readonly kind: "open" }
  | { readonly kind: "wrong" }
  | { readonly kind: "wait"; readonly ms: number }
  /** This person has no PIN yet, or is no longer of this branch. */
  | { readonly kind: "no-pin" };

/** Log-in by PIN, with no network. Wrong ones are counted on the disk before the answer is shown. */
export class Session {
  readonly #keys: KeyStore;
  readonly #staffOf: (staff: StaffId) => StaffDocument | undefined;
  #attempts: PinAttempts;
  readonly state: Value<SessionState> = createValue<SessionState>({ kind: "locked", last: null });

  private constructor(keys: KeyStore, attempts: PinAttempts, staffOf: (staff: StaffId) => StaffDocument | undefined) {
    this.#keys = keys;
    this.#attempts = attempts;
    this.#staffOf = staffOf;
  }

  static async open(keys: KeyStore, staffOf: (staff: StaffId) => StaffDocument | undefined): Promise<Session> {
    return new Session(keys, await keys.pinAttempts(), staffOf);
  }

  get person(): Person | null {
    const state = this.state.get();
    return state.kind === "open" ? state.person : null;
  }

  /** How long this person has to wait before the next try. */
  waitMs(staff: StaffId): number {
    return waitMs(this.#attempts, staff, Date.now());
  }

  async unlock(staff: StaffId, pin: string): Promise<Unlocked> {
    const checked = await this.check(staff, pin);
    const document = this.#staffOf(staff);
    if (checked.kind !== "open" || document === undefined) return checked;
    const { name, role } = document;
    this.state.set({ kind: "open", person: { staff, name, role } });
    return checked;
  }

  /** Whether a PIN is this person's, whoever is at the till. Each wrong one counts towards the pause. */
  async check(staff: StaffId, pin: string): Promise<Unlocked> {
    const ms = this.waitMs(staff);
    if (ms > 0) return { kind: "wait", ms };
    const document = this.#staffOf(staff);
    if (document === undefined || document.pin === null) return { kind: "no-pin" };
    if (!(await isPin(pin, document.pin, this.#keys.device.pin))) {
      await this.#note(afterWrong(this.#attempts, staff, Date.now()));
      const delay = this.waitMs(staff);
      return delay > 0 ? { kind: "wait", ms: delay } : { kind: "wrong" };
    }
    if (this.#attempts[staff] !== undefined) await this.#note(afterRight(this.#attempts, staff));
    return { kind: "open" };
  }

  lock(): void {
    const { person } = this;
    if (person !== null) this.state.set({ kind: "locked", last: person.staff });
  }

  async #note(attempts: PinAttempts): Promise<void> {
    this.#attempts = attempts;
    await this.#keys.savePinAttempts(attempts);
  }
}
