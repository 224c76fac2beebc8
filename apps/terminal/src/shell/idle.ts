const SIGNS_OF_LIFE = ["pointerdown", "keydown", "wheel", "touchstart"] as const;
const LOOK_MS = 1_000;

/** How long nobody has touched this window. */
export type Idle = { readonly ms: () => number; readonly stop: () => void };

/** @param onIdle told once when so long nobody was there, and again after the next time */
export function watchIdle(afterMs: number, onIdle: () => void): Idle {
  let lastSignMs = performance.now();
  let isTold = false;
  const onSign = (): void => {
    lastSignMs = performance.now();
    isTold = false;
  };
  for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, onSign, { capture: true, passive: true });
  const timer = setInterval(() => {
    if (isTold || performance.now() - lastSignMs < afterMs) return;
    isTold = true;
    onIdle();
  }, LOOK_MS);
  return {
    ms: () => performance.now() - lastSignMs,
    stop: () => {
      clearInterval(timer);
      for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, onSign, { capture: true });
    },
  };
}
