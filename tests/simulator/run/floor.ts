import type { SimCrypto } from "../crypto.ts";
import type { Profile } from "../disk/profile.ts";
import { goodLine } from "../network/line.ts";
import type { Seams } from "../seams.ts";
import { goodServer } from "../server/conditions.ts";
import { MemoryServer } from "../server/memory-server.ts";
import { makeShopIds, openShop, type ShopIds, type ShopSize } from "../server/open-shop.ts";
import { Cashier, type Habits } from "../terminal/cashier.ts";
import { Device } from "../terminal/device.ts";
import type { World } from "../world/world.ts";
import { isAtServer, isInLog, isInMirror } from "./whereabouts.ts";

export type FloorOptions = {
  readonly world: World;
  readonly crypto: SimCrypto;
  readonly seams: Seams;
  readonly size: ShopSize;
  /** Between two customers of a counter, on average. */
  readonly paceMs: number;
};

/** A Monday morning, in milliseconds since 1970. */
export const EPOCH_MS = Date.UTC(2026, 10, 23, 8);

/** The whole shop: its server, its counters and the people at them. */
export class Floor {
  readonly options: FloorOptions;
  readonly world: World;
  readonly ids: ShopIds;
  readonly server: MemoryServer;
  readonly devices: Device[] = [];
  /** Sales of which no copy can be left: everything a device had was thrown away before the server had it. */
  readonly beyondRescue = new Set<string>();
  /** Sales whose mark that their paper is still to come was thrown away with the rest of a disk. */
  readonly unmarked = new Set<string>();
  /** Terminals that counted on from an older number somewhere. */
  readonly sharedSeries = new Set<string>();
  /** Whether the next sale is one that the database cannot take. */
  poisons: () => boolean = () => false;
  readonly habits: Habits = { returns: 0, counts: 0 };
  readonly #cashiers: Cashier[] = [];
  #isHealed = false;

  private constructor(options: FloorOptions) {
    const { world, crypto, seams, size } = options;
    this.options = options;
    this.world = world;
    this.ids = makeShopIds(world.dice.fork("ids"), EPOCH_MS, size);
    this.server = new MemoryServer({
      world,
      crypto,
      seams,
      merchant: this.ids.merchant,
      priceList: this.ids.priceList,
      epochMs: EPOCH_MS,
      pageMax: world.dice.fork("page").between(4, 40),
      snapshotMin: world.dice.fork("snapshot").pick([5, 1_000]),
    });
  }

  static async open(options: FloorOptions): Promise<Floor> {
    const floor = new Floor(options);
    await openShop(floor.server.db, floor.ids, EPOCH_MS);
    for (const [index, terminal] of floor.ids.terminals.entries()) floor.addDevice(`till ${index + 1}`, terminal);
    return floor;
  }

  /** @param profile the disk it starts from, where that is another's */
  addDevice(name: string, terminal: Device["options"]["terminal"], profile?: Profile): Device {
    const { world, crypto, seams, paceMs } = this.options;
    const onStored = (sale: string): void => {
      if (this.poisons()) this.server.poison.add(sale);
    };
    const common = { world, crypto, seams, server: this.server, terminal, name, epochMs: EPOCH_MS, onStored };
    const device = new Device(profile === undefined ? common : { ...common, profile });
    device.skewMs = world.dice.fork(`skew ${name}`).between(-90_000, 90_000);
    this.devices.push(device);
    this.#cashiers.push(new Cashier(device, { paceMs, habits: this.habits }));
    device.open();
    return device;
  }

  /** A manager changes documents of the shop. */
  publish(documents: Parameters<MemoryServer["publish"]>[0]): void {
    this.server.publish(documents);
  }

  restore(backup: () => void, isSilent: boolean): void {
    this.server.restore(backup, isSilent);
    for (const sale of this.devices.flatMap(({ papers }) => [...papers.keys()]))
      if (!isAtServer(this, sale) && !this.#isOnAnyDisk(sale)) this.beyondRescue.add(sale);
  }

  /** Where a disk went back as well, or was thrown away, what the server forgets is nowhere. */
  #isOnAnyDisk(sale: string): boolean {
    return this.devices.some((device) => isInLog(device, sale) || isInMirror(device, sale));
  }

  /** What a disk loses with everything else: the marks of papers that are still to come. */
  noteLost(device: Device): void {
    for (const draft of device.disk.profile.log.drafts.keys()) this.unmarked.add(draft);
  }

  /** Whatever just happened to a device, each of its papers is in at least one place that lasts. */
  papersAreSafe(device: Device, after: string): void {
    for (const sale of device.papers.keys()) {
      const isSafe =
        this.beyondRescue.has(sale) || isInLog(device, sale) || isInMirror(device, sale) || isAtServer(this, sale);
      this.world.always(isSafe, "paper-is-somewhere", () => `${device.name}: ${sale} is nowhere after ${after}`);
    }
  }

  get isHealed(): boolean {
    return this.#isHealed;
  }

  /** No more customers. */
  closeDoors(): void {
    for (const cashier of this.#cashiers) cashier.goHome();
  }

  /** The server and one counter work again; nothing new goes wrong, and the other counters stay as they are. */
  healCore(core: Device): void {
    this.#isHealed = true;
    Object.assign(this.server.conditions, goodServer(), { skewMs: this.server.conditions.skewMs });
    this.server.start();
    this.server.letIn();
    heal(core);
  }

  healAll(): void {
    this.server.bookHeld();
    for (const device of this.devices) heal(device);
  }
}

function heal(device: Device): void {
  Object.assign(device.line.conditions, goodLine());
  device.disk.conditions.full = false;
  device.disk.conditions.commitUnknown = 0;
  device.disk.mirrorFails = false;
  for (const app of device.apps) app.process.thaw();
  if (device.app === null) device.open();
}
