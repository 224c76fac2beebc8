import type { Cancel } from "../ports.ts";

type Listener = {
  readonly onHello: (data: unknown) => void;
  readonly onFeed: (data: unknown) => void;
  readonly onPing: () => void;
  readonly onEnd: () => void;
};

/**
 * Reads server-sent events with `fetch`, which, unlike `EventSource`, carries the authorization header.
 * @returns how to hang up
 */
export function listenLive(open: (signal: AbortSignal) => Promise<Response>, listener: Listener): Cancel {
  const hangUp = new AbortController();
  void read(open, hangUp.signal, listener).finally(() => {
    if (!hangUp.signal.aborted) listener.onEnd();
  });
  return () => hangUp.abort();
}

async function read(
  open: (signal: AbortSignal) => Promise<Response>,
  signal: AbortSignal,
  listener: Listener,
): Promise<void> {
  try {
    const response = await open(signal);
    const isStream = response.ok && (response.headers.get("content-type") ?? "").startsWith("text/event-stream");
    if (!isStream || response.body === null) return;
    let rest = "";
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let chunk = await reader.read(); !chunk.done && !signal.aborted; chunk = await reader.read()) {
      const blocks = (rest + chunk.value).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) deliver(block, listener);
    }
  } catch {
    // A broken line ends like any other; whoever listens hears that it ended.
  }
}

function deliver(block: string, { onHello, onFeed, onPing }: Listener): void {
  const fields = new Map(
    block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
  );
  const event = fields.get("event");
  if (event !== "feed" && event !== "hello") {
    onPing();
    return;
  }
  try {
    const data: unknown = JSON.parse(fields.get("data") ?? "");
    if (event === "hello") onHello(data);
    else onFeed(data);
  } catch {
    // Half an event: the next pull brings what it said.
  }
}
