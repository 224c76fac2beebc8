import { isDeepStrictEqual } from "node:util";
import { audit, type Violation } from "../auditor/audit.ts";
import { memoryBooks } from "../auditor/memory-books.ts";
import { documentsOf } from "../server/memory-feed.ts";
import type { Device } from "../terminal/device.ts";
import type { Floor } from "./floor.ts";

/** Whether a counter has nothing left to tell the server, nor the server anything to tell it. */
export function isQuiet(floor: Floor, { app }: Device): boolean {
  const running = app?.running;
  if (running === null || running === undefined || running.loop.isBusy) return false;
  if (running.outbox.unsentCount > 0) return false;
  const { db } = floor.server;
  return running.identity.channels.every((channel) => {
    const held = running.replica.channels().find((each) => each.channel === channel);
    return held?.origin === db.origin && held.rev === (db.heads.get(channel) ?? 0);
  });
}

/** Everything that must hold once the shop has come to rest. */
export function finalViolations(floor: Floor): Violation[] {
  const papers = new Map(floor.devices.flatMap((device) => [...device.papers]));
  for (const sale of floor.beyondRescue) papers.delete(sale);
  return [
    ...audit(memoryBooks(floor.server.db), [...papers.values()]),
    ...floor.devices.flatMap((device) => copyDiffers(floor, device)),
  ];
}

/** Each counter's copy of the shop is the shop. */
function copyDiffers({ server }: Floor, { app, name }: Device): Violation[] {
  const running = app?.running;
  if (running === null || running === undefined) return [{ rule: "counter-runs", detail: `${name} does not run` }];
  return running.identity.channels.flatMap((channel) => {
    const theirs = documentsOf(server.db, channel).filter(({ deleted }) => deleted !== true);
    const ours = new Map(
      theirs.map(({ kind, id }) => [`${kind} ${id}`, running.replica.get(channel, kind, id)] as const),
    );
    const wrong = theirs.filter(({ kind, id, rev, body }) => {
      const held = ours.get(`${kind} ${id}`);
      return held?.rev !== rev || !isDeepStrictEqual(held.body, body);
    });
    const count = running.replica.copyOf(channel)?.figures().count ?? 0;
    if (wrong.length === 0 && count === theirs.length) return [];
    const first = wrong[0];
    return [
      {
        rule: "copy-equals-source",
        detail: `${name} ${channel}: ${wrong.length} of ${theirs.length} differ, holds ${count}, first ${first?.kind} ${first?.id}`,
      },
    ];
  });
}
