import { toWire } from "@holdfast/sync/outbox";
import type { Terminal } from "../../shell/terminal.ts";
import { unsentEntries } from "./unsent.ts";

/** Saves what the server does not have yet as a file: the signed lines as they would be sent, so that any server can take them in. */
export async function exportUnsent(terminal: Terminal): Promise<void> {
  const entries = await unsentEntries(terminal, Number.MAX_SAFE_INTEGER);
  const lines = entries.map((entry) => `${JSON.stringify(toWire(entry))}\n`);
  const address = URL.createObjectURL(new Blob(lines, { type: "application/x-ndjson" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `${terminal.identity.name}-${terminal.clock.instant().slice(0, 19).replaceAll(":", "")}.ndjson`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), REVOKE_MS);
}

/** Long enough for the browser to have begun the download. */
const REVOKE_MS = 60_000;
