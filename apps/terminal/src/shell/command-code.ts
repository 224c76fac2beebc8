import { keyActions } from "./key-map.ts";

/** What a till can be asked to do without a hand on it: what its keys do, and to take in cash what is due. */
export const commands = [...keyActions, "cash"] as const;
export type Command = (typeof commands)[number];

/** Codes of goods do not begin so. A shop prints them beside the till, for whoever works with the scanner alone. */
const PREFIX = "HOLDFAST-";

export function commandCode(command: Command): string {
  return PREFIX + command.toUpperCase();
}

/** Null where it is a code of goods, or of anything else. A scanner may be set to write small letters. */
export function commandOf(scanned: string): Command | null {
  const text = scanned.trim().toUpperCase();
  return commands.find((command) => commandCode(command) === text) ?? null;
}
