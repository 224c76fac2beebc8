import { expect, test } from "vitest";
import { createDrill } from "./drill.ts";

/** A network that answers when it is told to, and notices when nobody waits any more. */
function network(): { readonly fetch: typeof fetch; readonly answer: () => void } {
  let answer = (): void => undefined;
  return {
    answer: () => answer(),
    fetch: (_, init) =>
      new Promise((resolve, reject) => {
        if (init?.signal?.aborted === true) reject(init.signal.reason as Error);
        init?.signal?.addEventListener("abort", () => reject(init.signal?.reason as Error));
        answer = () => resolve(new Response("here"));
      }),
  };
}

async function outcome(asked: Promise<Response>): Promise<string> {
  return await asked.then(
    (response) => response.text(),
    (error: unknown) => (error instanceof Error ? error.name : "?"),
  );
}

test("the drill takes down what is open and what comes after, and gives the line back", async () => {
  const line = network();
  const drill = createDrill(line.fetch);
  const open = outcome(drill.fetch("/v1/live"));
  drill.set(true);
  expect(await open).toBe("TypeError");
  expect(await outcome(drill.fetch("/v1/log"))).toBe("TypeError");
  drill.set(false);
  const again = outcome(drill.fetch("/v1/log"));
  line.answer();
  expect(await again).toBe("here");
});

test("who gives up by themselves still can", async () => {
  const drill = createDrill(network().fetch);
  const patience = new AbortController();
  const asked = outcome(drill.fetch("/v1/log", { signal: patience.signal }));
  patience.abort(new RangeError("too long"));
  expect(await asked).toBe("RangeError");
});
