import { setTimeout as delay } from "node:timers/promises";
import type { Run } from "../measure/rounds.ts";
import { type Device, uploadOf } from "../shop/device.ts";
import { openLine } from "../shop/upload.ts";

export type Offer = { readonly perSecond: number; readonly seconds: number };

/**
 * Single sales at a fixed rate, whatever became of the ones before. Each latency counts from when the sale was due, so that
 * a server that stands still is charged for all who waited.
 */
export async function offered(
  baseUrl: string,
  devices: readonly Device[],
  { perSecond, seconds }: Offer,
): Promise<Run> {
  const count = perSecond * seconds;
  // A device's sales follow one another, so each device sends its own in order.
  const queues = devices.map((device) =>
    device
      .entries(Math.ceil(count / devices.length))
      .map((entry) => ({ token: device.token, body: uploadOf([entry]), count: 1 })),
  );
  const line = openLine(baseUrl);
  const lastOf = devices.map((): Promise<unknown> => Promise.resolve());
  const latenciesMs: number[] = [];
  const startedAt = performance.now();
  for (let sent = 0; sent < count; sent += 1) {
    const dueAt = startedAt + (sent * 1_000) / perSecond;
    const early = dueAt - performance.now();
    if (early > 1) await delay(early);
    const place = sent % devices.length;
    const upload = queues[place]?.shift();
    if (upload === undefined) break;
    lastOf[place] = (lastOf[place] as Promise<unknown>).then(async () => {
      await line.upload(upload);
      latenciesMs.push(performance.now() - dueAt);
    });
  }
  await Promise.all(lastOf);
  const took = (performance.now() - startedAt) / 1_000;
  // What was made and did not come up any more is in the devices' counts, so it goes up too.
  for (const queue of queues) for (const upload of queue) await line.upload(upload);
  line.close();
  return { units: latenciesMs.length, seconds: took, latenciesMs };
}
