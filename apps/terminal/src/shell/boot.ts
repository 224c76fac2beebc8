import type { i18n } from "i18next";
import { KeyStore } from "../store/key-store.ts";
import { destroyCopies, readWipeMark } from "../store/wipe-mark.ts";
import { type Counter, openCounter } from "./counter.ts";
import { codeInAddress, enrol } from "./enrol.ts";
import { loadTheRest } from "./lazily.ts";
import { secureBeforeWipe } from "./secure-before-wipe.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { createValue, type Value } from "./value.ts";
import { openWipedDevice, type WipedDevice } from "./wiped-device.ts";
import { requestWriter } from "./writer-lock.ts";

/** How far the app has come on its way to a cashier. */
export type BootState =
  | { readonly kind: "starting" }
  /** This browser is no terminal yet. */
  | { readonly kind: "enrolling"; readonly code: string; readonly busy: boolean; readonly problem: EnrolProblem | null }
  /** Another window works as this terminal. */
  | { readonly kind: "elsewhere" }
  | { readonly kind: "copying"; readonly terminal: Terminal }
  | { readonly kind: "ready"; readonly counter: Counter }
  /** Somebody asked for it: what only this device has is brought first. */
  | { readonly kind: "wiping" }
  | { readonly kind: "wiped"; readonly device: WipedDevice }
  | { readonly kind: "fault"; readonly error: unknown };

export type EnrolProblem = { readonly kind: "unreachable" } | { readonly kind: "refused"; readonly message: string };

export type Language = { readonly words: i18n; readonly locale: string };

/** For so long a window that was just reloaded may still hold the lock. */
const LOCK_PATIENCE_MS = 1_200;

/** By then the first screen is painted. */
const QUIET_AFTER_MS = 3_000;

/** From an open window to a till that sells: enrolment, the lock, the log, the first copy. Needs the network for the first and last only. */
export class Boot {
  readonly #language: Language;
  readonly state: Value<BootState> = createValue<BootState>({ kind: "starting" });
  #keys: KeyStore | null = null;
  #leave: (() => Promise<void>) | null = null;

  constructor(language: Language) {
    this.#language = language;
  }

  get locale(): string {
    return this.#language.locale;
  }

  async start(): Promise<void> {
    await this.#guard(async () => {
      const mark = await readWipeMark();
      if (mark !== null) {
        await destroyCopies(mark);
        this.state.set({ kind: "wiped", device: await openWipedDevice(mark) });
        return;
      }
      this.#keys = await KeyStore.open();
      const identity = await this.#keys.identity();
      const code = codeInAddress(location.hash);
      // A till that lost its databases sells on as whom its kit knows; a code lets it in again, where it reaches the server.
      if (identity?.token === "" && code !== "") await this.#enrolAgain(this.#keys, code);
      if (identity !== null) return await this.#wait();
      this.state.set({ kind: "enrolling", code, busy: false, problem: null });
      if (code !== "") await this.enrol(code);
    });
  }

  async enrol(code: string): Promise<void> {
    const state = this.state.get();
    const keys = this.#keys;
    if (state.kind !== "enrolling" || state.busy || keys === null) return;
    this.state.set({ kind: "enrolling", code, busy: true, problem: null });
    await this.#guard(async () => {
      const enrolled = await enrol(keys, code);
      if (enrolled.kind !== "enrolled") {
        this.state.set({ kind: "enrolling", code, busy: false, problem: enrolled });
        return;
      }
      // The code is used up: a reload must not try it again.
      history.replaceState(null, "", location.pathname);
      await this.#wait();
    });
  }

  async #enrolAgain(keys: KeyStore, code: string): Promise<void> {
    const { kind } = await enrol(keys, code);
    if (kind === "enrolled") history.replaceState(null, "", location.pathname);
  }

  /** Takes the lock, or waits for it while another window has it. */
  async #wait(): Promise<void> {
    const lock = requestWriter({ steal: false });
    const patience = setTimeout(() => this.state.set({ kind: "elsewhere" }), LOCK_PATIENCE_MS);
    await lock.held;
    clearTimeout(patience);
    const { kind } = this.state.get();
    // Meanwhile a person may have taken over by force.
    if (kind === "ready" || kind === "copying") return lock.release();
    await this.#enter(lock);
  }

  /** A person says that this window is the one. */
  async takeOver(): Promise<void> {
    if (this.state.get().kind !== "elsewhere") return;
    this.state.set({ kind: "starting" });
    await this.#guard(async () => {
      const lock = requestWriter({ steal: true });
      await lock.held;
      await this.#enter(lock);
    });
  }

  async #enter(lock: ReturnType<typeof requestWriter>): Promise<void> {
    const identity = await this.#keys?.identity();
    if (this.#keys === null || identity == null) throw new Error("this browser lost who it is");
    const terminal = await openTerminal(this.#keys, identity);
    const lose = (): void => this.#lose();
    lock.onLost(lose);
    this.#leave = async () => {
      lock.release();
      await terminal.close();
    };
    this.state.set({ kind: "copying", terminal });
    const heed = (): void => {
      if (terminal.wipeAsked.get() && this.state.get().kind !== "wiping") void this.#wipe(terminal);
    };
    terminal.wipeAsked.watch(heed);
    heed();
    await firstShop(terminal);
    // Another window may have taken over while the shop was copied.
    if (this.state.get().kind !== "copying") return;
    const counter = await openCounter({ terminal, language: this.#language, onLost: lose });
    if (this.state.get().kind !== "copying") return await counter.close();
    this.#leave = async () => {
      lock.release();
      await counter.close();
    };
    this.state.set({ kind: "ready", counter });
    setTimeout(() => void loadTheRest(), QUIET_AFTER_MS);
  }

  /** The screens go at once; the device is good for nothing but bringing what it has. */
  async #wipe(terminal: Terminal): Promise<void> {
    this.state.set({ kind: "wiping" });
    await this.#guard(async () => {
      await secureBeforeWipe(terminal);
      await this.#leave?.();
      // From here on the mark says what this device is: the next start destroys, and nothing has a database open then.
      location.reload();
    });
  }

  #lose(): void {
    if (this.state.get().kind === "wiping") return;
    const leave = this.#leave;
    if (leave === null) return;
    this.#leave = null;
    this.state.set({ kind: "elsewhere" });
    void leave();
  }

  async #guard(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      console.error(error);
      this.state.set({ kind: "fault", error });
    }
  }
}

function firstShop({ shop }: Terminal): Promise<void> {
  if (shop.get() !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const unwatch = shop.watch(() => {
      if (shop.get() === null) return;
      unwatch();
      resolve();
    });
  });
}
