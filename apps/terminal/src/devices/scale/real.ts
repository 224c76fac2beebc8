import type { Transport } from "../printer/transport.ts";
import { readWeight } from "./read-weight.ts";
import type { Scale, Weighed } from "./scale.ts";

/** Asks a scale that waits to be asked; one that talks all the time takes no notice. */
const ASK = new TextEncoder().encode("W\r");
const ANSWER_TIMEOUT_MS = 1_000;
const TRIES_MAX = 8;

/** A scale on a serial line (Web Serial). */
export function serialScale(connect: () => Promise<Transport | null>): Scale {
  return {
    weigh: async () => {
      try {
        const line = await connect();
        return line === null ? { kind: "fault", fault: "unplugged" } : await weighAt(line);
      } catch {
        return { kind: "fault", fault: "unplugged" };
      }
    },
  };
}

/** Waits for the pan to rest; the last word counts where it never does. */
async function weighAt(line: Transport): Promise<Weighed> {
  const decoder = new TextDecoder();
  let text = "";
  let last: Weighed = { kind: "fault", fault: "no-answer" };
  await line.write(ASK);
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const bytes = await line.read(ANSWER_TIMEOUT_MS);
    if (bytes === null) return last;
    text += decoder.decode(bytes, { stream: true });
    const lines = text.split(/[\r\n]/);
    text = lines.pop() ?? "";
    for (const each of lines) last = readWeight(each) ?? last;
    if (last.kind === "weight" || last.fault === "overload") return last;
    if (lines.length > 0) await line.write(ASK);
  }
  return last;
}
