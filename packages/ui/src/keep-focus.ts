import type { MouseEvent } from "react";

/** A touched key leaves the focus where it was, so that Enter does not press it once more. */
export function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}
