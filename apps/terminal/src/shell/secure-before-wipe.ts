import type { Uuid } from "@holdfast/domain/kernel/id";
import { unsentEntries } from "../screens/status/unsent.ts";
import { saveWipeMark } from "../store/wipe-mark.ts";
import type { Terminal } from "./terminal.ts";

/** What cannot be sent within this time is sealed: it is brought later, from where it lies. */
const SEND_WITHIN_MS = 15_000;

/**
 * Brings to the server what only this device has, and seals what cannot be brought; only then does it say that everything else
 * may be destroyed. Where the rest cannot be sealed either, it throws and nothing is destroyed.
 */
export async function secureBeforeWipe(terminal: Terminal): Promise<void> {
  const { outbox, mirror, identity } = terminal;
  await sendAll(terminal);
  for (let secured = -1; secured !== outbox.unsentCount; ) {
    // What was on its way to the disk when the screens went is there now, and secured in another round.
    secured = outbox.unsentCount;
    const kept = new Set<Uuid>(outbox.strays.streams().map(({ stream }) => stream));
    const unsent = await unsentEntries(terminal, Number.MAX_SAFE_INTEGER);
    if (unsent.length > 0) await mirror.write(unsent, {});
    for (const { stream } of unsent) kept.add(stream);
    await saveWipeMark({ v: 1, identity, kept: [...kept], told: false });
  }
}

async function sendAll({ loop, outbox, status, clock }: Terminal): Promise<void> {
  loop.wake();
  if (outbox.unsentCount === 0) return;
  await new Promise<void>((resolve) => {
    const finish = (): void => {
      unwatch();
      cancel();
      resolve();
    };
    const cancel = clock.after(SEND_WITHIN_MS, finish);
    const unwatch = status.watch(() => {
      if (outbox.unsentCount === 0) finish();
    });
  });
}
