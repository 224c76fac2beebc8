import type { Device } from "../terminal/device.ts";
import type { Floor } from "./floor.ts";

/** Where a sale is kept, asked of the disks and the database themselves. */

export function isAtServer({ server }: Floor, sale: string): boolean {
  return server.db.events.get(sale) !== undefined;
}

export function isInLog({ disk }: Device, sale: string): boolean {
  return holds(disk.profile.log.entries, sale);
}

export function isInMirror({ disk }: Device, sale: string): boolean {
  return holds(disk.profile.mirror, sale);
}

function holds(entries: ReadonlyMap<string, readonly { readonly event: string }[]>, sale: string): boolean {
  for (const each of entries.values()) if (each.some(({ event }) => event === sale)) return true;
  return false;
}
