import type { OfficeTerminal } from "@holdfast/protocol/office/terminals";

/** How a terminal is, in the order in which it matters. */
export type TerminalState = "wiped" | "wiping" | "revoked" | "coded" | "waiting" | "online" | "silent";

/** A terminal asks for news every minute and a half at the latest; one that was silent for longer has no line. */
const SILENT_AFTER_MS = 3 * 60_000;

export function terminalState(terminal: OfficeTerminal, nowMs: number): TerminalState {
  const { wipedAt, wipeAskedAt, revokedAt, enrolledAt, codeExpiresAt, lastSeenAt } = terminal;
  if (wipedAt !== null) return "wiped";
  if (wipeAskedAt !== null) return "wiping";
  if (revokedAt !== null) return "revoked";
  if (enrolledAt === null) return codeExpiresAt === null ? "waiting" : "coded";
  return lastSeenAt !== null && nowMs - Date.parse(lastSeenAt) < SILENT_AFTER_MS ? "online" : "silent";
}
