import { listenToWedge } from "../devices/scanner/keyboard-wedge.ts";
import { type Command, commandOf } from "./command-code.ts";
import { actionOf, type KeyAction } from "./key-map.ts";
import { keysOf, type Settings } from "./settings.ts";
import type { Value } from "./value.ts";

/** What a part of the screen does with keys. The topmost that knows a key gets it. */
export type KeyLayer = {
  readonly actions?: Partial<Record<Command, () => void>>;
  /** A character struck by a hand while no field has the focus. */
  readonly onTyped?: (char: string) => void;
  /** Keys without a character, while no field has the focus: false leaves them to the browser. */
  readonly onKey?: (key: "Enter" | "Backspace" | "ArrowUp" | "ArrowDown") => boolean;
  /** False where this is no scan for whoever shows now; null leaves it to who is below. */
  readonly onScan?: (text: string) => boolean | null;
  /** Nothing below hears anything. */
  readonly isModal?: boolean;
};

export type LayerHeight = "shell" | "screen" | "dialog" | "lock";

type Held = { readonly layer: () => KeyLayer; readonly height: number };

const HEIGHTS: readonly LayerHeight[] = ["shell", "screen", "dialog", "lock"];

/** One pair of ears for the whole window: the scanner first, then whoever is on top. */
export class Keyboard {
  readonly #settings: Value<Settings>;
  readonly #held = new Set<Held>();
  readonly #stopWedge: () => void;

  constructor(settings: Value<Settings>) {
    this.#settings = settings;
    this.#stopWedge = listenToWedge(window, {
      onScan: (text) => this.#scanned(text),
      onTyped: (char) => this.#typed(char),
    });
    window.addEventListener("keydown", this.#onKey, { capture: true });
  }

  /** @returns how to take the layer away again */
  add(height: LayerHeight, layer: () => KeyLayer): () => void {
    const held = { layer, height: HEIGHTS.indexOf(height) };
    this.#held.add(held);
    return () => this.#held.delete(held);
  }

  stop(): void {
    this.#stopWedge();
    window.removeEventListener("keydown", this.#onKey, { capture: true });
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    const isWriting = isWrittenIn(event.target);
    const action = event.key.length > 1 && !event.repeat ? this.#actionOf(event.key) : null;
    // What a field needs itself stays its own.
    const isFieldKey = isWriting && (event.key === "Delete" || event.key === "Backspace");
    if (action !== null && !isFieldKey && this.#act(action)) {
      event.preventDefault();
      return;
    }
    if (isWriting || !isPlainKey(event.key)) return;
    const { key } = event;
    if (event.repeat && key === "Enter") return;
    if (this.#offer(({ onKey }) => (onKey === undefined ? null : onKey(key))) === true) event.preventDefault();
  };

  /** A scanner is heard through every dialog, unless somebody says that it was no scan. */
  #scanned(text: string): boolean {
    const command = commandOf(text);
    if (command !== null) {
      this.#act(command);
      return true;
    }
    for (const { onScan } of this.#layers()) {
      const isTaken = onScan?.(text) ?? null;
      if (isTaken !== null) return isTaken;
    }
    return false;
  }

  #typed(char: string): void {
    const action = this.#actionOf(char);
    if (action !== null && this.#act(action)) return;
    this.#offer(({ onTyped }) => {
      onTyped?.(char);
      return onTyped === undefined ? null : true;
    });
  }

  #act(action: Command): boolean {
    return (
      this.#offer(({ actions }) => {
        const act = actions?.[action];
        if (act === undefined) return null;
        act();
        return true;
      }) ?? false
    );
  }

  #actionOf(key: string): KeyAction | null {
    return actionOf(keysOf(this.#settings.get()), key);
  }

  /** From the top down; of two at the same height the later is above. */
  #layers(): KeyLayer[] {
    return [...this.#held]
      .reverse()
      .sort((a, b) => b.height - a.height)
      .map(({ layer }) => layer());
  }

  /** From the top down until somebody answers, or a dialog lets nothing through. */
  #offer(ask: (layer: KeyLayer) => boolean | null): boolean | null {
    for (const layer of this.#layers()) {
      const answer = ask(layer);
      if (answer !== null) return answer;
      if (layer.isModal === true) return null;
    }
    return null;
  }
}

function isPlainKey(key: string): key is "Enter" | "Backspace" | "ArrowUp" | "ArrowDown" {
  return key === "Enter" || key === "Backspace" || key === "ArrowUp" || key === "ArrowDown";
}

function isWrittenIn(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches(WRITTEN_IN);
}

/** A choice or a button is pressed, not written in. */
const WRITTEN_IN = 'input:not([type="radio"], [type="checkbox"]), textarea, select';
