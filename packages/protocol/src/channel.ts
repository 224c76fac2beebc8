import type { Uuid } from "@holdfast/domain/kernel/id";
import type { BranchId, TerminalId } from "@holdfast/domain/party/merchant";

/** The unit of partial replication and of read permission. */
export type Channel = string;

export const MERCHANT_CHANNEL: Channel = "m";

export function branchChannel(branch: BranchId): Channel {
  return `b:${branch}`;
}

export function staffChannel(branch: BranchId): Channel {
  return `s:${branch}`;
}

export function priceChannel(priceList: Uuid): Channel {
  return `p:${priceList}`;
}

export function customerChannel(segment: string): Channel {
  return `c:${segment}`;
}

/** Read by one terminal alone. */
export function terminalChannel(terminal: TerminalId): Channel {
  return `t:${terminal}`;
}

/** What it holds is about people: it never lies anywhere as it came, neither on a terminal's disk nor in a browser's cache. */
export function isPersonalChannel(channel: Channel): boolean {
  return channel.startsWith("s:") || channel.startsWith("c:");
}

/** How far a replica has read: the server's origin and the channel's revision. */
export type Cursor = { readonly origin: string; readonly rev: number };

export function cursorToText({ origin, rev }: Cursor): string {
  return `${origin}.${rev}`;
}

export function parseCursor(text: string): Cursor | null {
  const match = /^([A-Za-z0-9]{1,40})\.(\d{1,15})$/.exec(text);
  return match === null ? null : { origin: match[1] as string, rev: Number(match[2]) };
}
