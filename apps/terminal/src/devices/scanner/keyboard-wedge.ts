import { type Burst, follows, isScan, looksLikeAmount, PAUSE_MAX_MS, strike } from "./burst.ts";

export type WedgeListener = {
  /** @returns false where this cannot be a scan for whoever is listening now: it then counts as typed */
  readonly onScan: (text: string) => boolean;
  /** A key struck by a hand while nothing that can be written in has the focus. */
  readonly onTyped: (char: string) => void;
};

type Field = HTMLInputElement | HTMLTextAreaElement;

/** What a field held before the first key of a burst, to be put back when it was a scan. */
type Before = { readonly field: Field; readonly value: string };

/**
 * A scanner that types: always on, whatever has the focus. Keys go to a field as they come and are taken out again once the
 * burst turns out to be a scan; elsewhere they are held back for a moment that nobody notices.
 * @returns how to stop
 */
export function listenToWedge(target: Window, listener: WedgeListener): () => void {
  const wedge = new KeyboardWedge(listener);
  target.addEventListener("keydown", wedge.onKey, { capture: true });
  return () => {
    wedge.settle();
    target.removeEventListener("keydown", wedge.onKey, { capture: true });
  };
}

class KeyboardWedge {
  readonly #listener: WedgeListener;
  #burst: Burst | null = null;
  #before: Before | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(listener: WedgeListener) {
    this.#listener = listener;
  }

  onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Enter" || event.key === "Tab") this.#onEnd(event);
    else if (event.key.length === 1 && !event.repeat) this.#onChar(event);
  };

  /** The burst was no scan: what was held back counts as typed. */
  settle(): void {
    const { text = "" } = this.#burst ?? {};
    const wasHeld = this.#before === null;
    this.#forget();
    if (wasHeld) for (const char of text) this.#listener.onTyped(char);
  }

  #onChar(event: KeyboardEvent): void {
    const isNew = this.#burst === null || !follows(this.#burst, event.timeStamp);
    const field = fieldOf(event.target);
    // A space alone presses the button that has the focus.
    const isPress = isNew && event.key === " " && field === null;
    if (isNew) {
      this.settle();
      this.#before = field === null ? null : { field, value: field.value };
    }
    if (isPress) return;
    this.#burst = strike(this.#burst, event.key, event.timeStamp);
    if (this.#before !== null) return;
    event.preventDefault();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.settle(), PAUSE_MAX_MS);
  }

  #onEnd(event: KeyboardEvent): void {
    const burst = this.#burst;
    if (burst === null) return;
    const isTaken = isScan(burst, event.timeStamp) && !looksLikeAmount(burst.text) && this.#listener.onScan(burst.text);
    if (!isTaken) {
      this.settle();
      return;
    }
    // Enter must not press the button that happens to have the focus.
    event.preventDefault();
    event.stopImmediatePropagation();
    const before = this.#before;
    this.#forget();
    if (before !== null) restore(before);
  }

  #forget(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#burst = null;
    this.#before = null;
  }
}

/** Kinds of input whose text a person writes; a button or a checkbox is none. */
const WRITTEN = new Set(["text", "search", "password", "number", "tel", "email", "url"]);

function fieldOf(target: EventTarget | null): Field | null {
  if (target instanceof HTMLTextAreaElement) return target;
  return target instanceof HTMLInputElement && WRITTEN.has(target.type) ? target : null;
}

/** Through the element's own setter, so that React hears of it as if a person had taken the characters out. */
function restore({ field, value }: Before): void {
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(field, value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
