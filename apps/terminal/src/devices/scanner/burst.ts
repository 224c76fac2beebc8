/** Keys that follow one another faster than a hand can strike them. */
export type Burst = { readonly text: string; readonly firstAtMs: number; readonly lastAtMs: number };

/** No pause within a scan is longer; what a hand typed is held back for so long before it counts as typed. */
export const PAUSE_MAX_MS = 50;
/** Two keys of a rolling hand can come as fast as that, four in a row cannot. */
const PAUSE_MEAN_MAX_MS = 35;
const SCAN_CHARS_MIN = 4;
const SCAN_CHARS_MAX = 2_000;

/** @param atMs when the key was struck, by the event's own clock: a busy page must not make a scan look slow */
export function strike(burst: Burst | null, char: string, atMs: number): Burst {
  if (burst === null || !follows(burst, atMs)) return { text: char, firstAtMs: atMs, lastAtMs: atMs };
  return { text: burst.text + char, firstAtMs: burst.firstAtMs, lastAtMs: atMs };
}

/** Whether a key struck now still belongs to the burst. */
export function follows(burst: Burst, atMs: number): boolean {
  return atMs - burst.lastAtMs <= PAUSE_MAX_MS && burst.text.length < SCAN_CHARS_MAX;
}

/** Whether Enter, struck now, ends a scan: enough keys, all of them too fast for a hand. */
export function isScan(burst: Burst, enterAtMs: number): boolean {
  if (burst.text.length < SCAN_CHARS_MIN || !follows(burst, enterAtMs)) return false;
  return (enterAtMs - burst.firstAtMs) / burst.text.length <= PAUSE_MEAN_MAX_MS;
}

/** What a person may well have typed that fast, or a test: `12.50` is no barcode. */
export function looksLikeAmount(text: string): boolean {
  return /^\d{1,9}[.,]\d{0,3}$/.test(text);
}
