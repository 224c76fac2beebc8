import type { Page } from "@playwright/test";

/** What the watcher in the page saw: how often it looked, and when the light was green although something was unsent. */
export type StatusWatch = { looks: number; greens: number; readonly lies: string[] };

type Look = { readonly isGreen: boolean; readonly unsent: number };

/** The screen may lag behind the disk for so long: it is painted after the sale is stored, on a machine that is busy. */
const LAG_MS = 2_000;

/**
 * Compares what the status line shows with what is in the database, read behind the app's back. It looks several times a
 * second in every page for as long as the page lives.
 */
export async function watchStatus(context: ReturnType<Page["context"]>, watch: StatusWatch): Promise<void> {
  await context.exposeBinding("__looked", (_source, { isGreen }: Look) => {
    watch.looks += 1;
    if (isGreen) watch.greens += 1;
  });
  await context.exposeBinding("__lied", (_source, { unsent }: Look) => {
    watch.lies.push(`the light was green with ${unsent} unsent`);
  });
  await context.addInitScript(watchInPage, LAG_MS);
}

/** Runs in the page, before the app. */
function watchInPage(lagMs: number): void {
  type Seen = { isGreen: boolean; unsent: number };
  const told = window as unknown as { __looked: (seen: Seen) => void; __lied: (seen: Seen) => void };
  let lyingSince: number | null = null;
  const isGreen = (): boolean =>
    document.querySelector('[data-testid="sync-state"]')?.getAttribute("data-tone") === "success";
  const look = async (): Promise<void> => {
    const before = isGreen();
    const unsent = await unsentInDatabase();
    const seen = { isGreen: before && isGreen(), unsent };
    told.__looked(seen);
    if (!seen.isGreen || unsent === 0) lyingSince = null;
    else if (lyingSince === null) lyingSince = performance.now();
    else if (performance.now() - lyingSince > lagMs) {
      lyingSince = null;
      told.__lied(seen);
    }
  };
  const unsentInDatabase = async (): Promise<number> => {
    const known = await indexedDB.databases();
    if (!known.some(({ name }) => name === "holdfast-log")) return 0;
    return await new Promise((resolve) => {
      const opening = indexedDB.open("holdfast-log");
      opening.onerror = () => resolve(0);
      opening.onupgradeneeded = () => opening.transaction?.abort();
      opening.onsuccess = () => {
        const db = opening.result;
        db.onversionchange = () => db.close();
        const streams = db.transaction("stream").objectStore("stream").getAll();
        streams.onsuccess = () => {
          db.close();
          resolve(streams.result.reduce((sum: number, stream) => sum + unsentOf(stream), 0));
        };
        streams.onerror = () => {
          db.close();
          resolve(0);
        };
      };
    });
  };
  type Stream = { tip: { seq: number }; receipt: { seq: number } | null; condemnedFrom: number | null };
  const unsentOf = ({ tip, receipt, condemnedFrom }: Stream): number =>
    Math.min(tip.seq, (condemnedFrom ?? tip.seq + 1) - 1) - (receipt?.seq ?? -1);
  setInterval(() => void look().catch(() => undefined), 200);
}
