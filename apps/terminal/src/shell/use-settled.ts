import { useEffect, useState } from "react";
import { GUARD_MS } from "../cart/desk-state.ts";

/** False for the moment in which a screen has just changed under a finger: a double touch is one touch. */
export function useSettled(sinceMs: number): boolean {
  const [settledFor, setSettledFor] = useState<number | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSettledFor(sinceMs), Math.max(0, GUARD_MS - (performance.now() - sinceMs)) + 1);
    return () => clearTimeout(timer);
  }, [sinceMs]);
  return settledFor === sinceMs;
}
