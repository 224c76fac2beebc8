import type { Floor } from "../run/floor.ts";
import { isAtServer, isInLog, isInMirror } from "../run/whereabouts.ts";
import type { Device } from "../terminal/device.ts";
import type { Dice } from "../world/dice.ts";
import { again, type Fault, HOUR, MINUTE, SECOND, spell } from "./spells.ts";

export const TERMINAL_FAULTS = {
  killTab: (floor) =>
    again(floor, { label: "kill tab", everyMs: 20 * MINUTE }, (dice) => {
      const device = dice.pick(floor.devices);
      device.kill();
      startAgain(floor, device, dice);
    }),
  powerCut: (floor) =>
    again(floor, { label: "power cut", everyMs: 40 * MINUTE }, (dice) => {
      const device = dice.pick(floor.devices);
      device.losePower();
      floor.papersAreSafe(device, "a power cut");
      startAgain(floor, device, dice);
    }),
  /** The browser finds its database damaged and silently makes a new one. */
  corruption: (floor) =>
    again(floor, { label: "corruption", everyMs: 2 * HOUR }, (dice) => {
      const device = dice.pick(floor.devices);
      device.kill();
      floor.noteLost(device);
      device.disk.corrupt();
      floor.world.sometimes("a database was damaged");
      for (const sale of device.unmirrored) if (!isAtServer(floor, sale)) floor.beyondRescue.add(sale);
      floor.papersAreSafe(device, "damage");
      startAgain(floor, device, dice);
    }),
  /** The browser throws the origin's storage away, second copy and all: what the server did not have is gone. */
  eviction: (floor) =>
    again(floor, { label: "eviction", everyMs: 3 * HOUR }, (dice) => {
      const device = dice.pick(floor.devices);
      device.kill();
      floor.noteLost(device);
      for (const sale of device.papers.keys()) if (!isAtServer(floor, sale)) floor.beyondRescue.add(sale);
      device.disk.evict();
      startAgain(floor, device, dice);
    }),
  cacheLost: (floor) =>
    again(floor, { label: "cache lost", everyMs: HOUR }, (dice) => {
      const device = dice.pick(floor.devices);
      device.kill();
      device.disk.loseCache();
      startAgain(floor, device, dice);
    }),
  diskFull: (floor) =>
    spell(floor, { label: "disk full", everyMs: HOUR, lastsMs: [5 * SECOND, 20 * MINUTE] }, (dice) => {
      const { disk } = dice.pick(floor.devices);
      disk.conditions.full = true;
      return () => {
        disk.conditions.full = false;
      };
    }),
  commitsUnknown: (floor) =>
    spell(floor, { label: "commits unknown", everyMs: HOUR, lastsMs: [5 * MINUTE, 2 * HOUR] }, (dice) => {
      const { disk } = dice.pick(floor.devices);
      disk.conditions.commitUnknown = 0.2;
      return () => {
        disk.conditions.commitUnknown = 0;
      };
    }),
  slowDisk: (floor) =>
    spell(floor, { label: "slow disk", everyMs: HOUR, lastsMs: [5 * MINUTE, 2 * HOUR] }, (dice) => {
      const { disk } = dice.pick(floor.devices);
      disk.conditions.commitMs = 2_500;
      return () => {
        disk.conditions.commitMs = 4;
      };
    }),
  mirrorFails: (floor) =>
    spell(floor, { label: "mirror fails", everyMs: HOUR, lastsMs: [MINUTE, HOUR] }, (dice) => {
      const { disk } = dice.pick(floor.devices);
      disk.mirrorFails = true;
      return () => {
        disk.mirrorFails = false;
      };
    }),
  /** Another device starts from a copy of this one's disk, and neither knows. */
  clone: (floor) => {
    let clones = 0;
    again(floor, { label: "clone", everyMs: 3 * HOUR }, (dice) => {
      if (clones >= 2) return;
      const original = dice.pick(floor.devices);
      if (original.disk.profile.identity === null) return;
      clones += 1;
      floor.world.sometimes("a device was cloned");
      floor.sharedSeries.add(original.options.terminal);
      floor.addDevice(`${original.name} clone ${clones}`, original.options.terminal, original.disk.copy());
    });
  },
  /** A device goes back to an image of its disk: what it sold since and had not sent is gone. */
  rewind: (floor) =>
    again(floor, { label: "image", everyMs: 2 * HOUR }, (dice) => {
      const device = dice.pick(floor.devices);
      const image = device.disk.copy();
      floor.world.at(dice.between(5, 120) * MINUTE, "rewind", () => {
        if (floor.isHealed || image.identity === null) return;
        device.kill();
        floor.noteLost(device);
        device.disk.replace(image);
        floor.world.sometimes("a device went back to an image");
        floor.sharedSeries.add(device.options.terminal);
        for (const sale of device.papers.keys())
          if (!isAtServer(floor, sale) && !isInLog(device, sale) && !isInMirror(device, sale))
            floor.beyondRescue.add(sale);
        startAgain(floor, device, dice);
      });
    }),
  /** Customers bring goods back. */
  returns: (floor) => {
    floor.habits.returns = 0.2;
  },
  /** Somebody counts the shelf in the middle of the day. */
  counts: (floor) => {
    floor.habits.counts = 0.1;
  },
  clockJumps: (floor) =>
    again(floor, { label: "clock jumps", everyMs: 40 * MINUTE }, (dice) => {
      const device = dice.pick(floor.devices);
      const days = dice.chance(0.3);
      device.skewMs += dice.between(-50, 50) * (days ? HOUR : MINUTE);
      if (dice.chance(0.3)) device.skewMs = 0;
    }),
  frozenTab: (floor) =>
    spell(floor, { label: "frozen tab", everyMs: 40 * MINUTE, lastsMs: [10 * SECOND, HOUR] }, (dice) => {
      const device = dice.pick(floor.devices);
      const { app } = device;
      app?.process.freeze();
      if (dice.chance(0.6)) device.open();
      return () => app?.process.thaw();
    }),
  secondTab: (floor) =>
    again(floor, { label: "second tab", everyMs: 40 * MINUTE }, (dice) => {
      const device = dice.pick(floor.devices);
      const opened = device.open();
      floor.world.at(dice.between(1, 40) * MINUTE, "close tab", () => {
        if (opened.process.isAlive && device.apps.length > 1) opened.close();
      });
    }),
  /** A signature on the disk is no longer the one that was made. */
  bitRot: (floor) =>
    again(floor, { label: "bit rot", everyMs: 30 * MINUTE }, (dice) => {
      const { log } = dice.pick(floor.devices).disk.profile;
      const unsent = [...log.streams.values()].filter(({ tip, receipt }) => tip.seq > (receipt?.seq ?? -1));
      if (unsent.length === 0) return;
      const { stream, tip } = dice.pick(unsent);
      const entries = log.entries.get(stream) ?? [];
      if (entries.length <= tip.seq) return;
      floor.world.sometimes("a signature rotted");
      const rotten = entries.map((entry) =>
        entry.seq === tip.seq ? { ...entry, sig: `${entry.sig.slice(0, -3)}AAA` } : entry,
      );
      log.entries.set(stream, rotten);
    }),
} satisfies Readonly<Record<string, Fault>>;

function startAgain(floor: Floor, device: Device, dice: Dice): void {
  floor.world.at(dice.between(2, 90) * SECOND, "start again", () => device.app ?? device.open());
}
