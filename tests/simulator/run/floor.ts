import type { SimCrypto } from "../crypto.ts";
import type { Profile } from "../disk/profile.ts";
import { goodLine } from "../network/line.ts";
import type { Seams } from "../seams.ts";
import { goodServer } from "../server/conditions.ts";
import { MemoryServer } from "../server/memory-server.ts";
import { makeShopIds, openShop, type ShopIds, type ShopSize } from "../server/open-shop.ts";
import { Cashier } from "../terminal/cashier.ts";
import { Device } from "../terminal/device.ts";
import type { World } from "../world/world.ts";

export type FloorOptions = {
  readonly world: World;
  readonly crypto: SimCrypto;
  readonly seams: Seams;
  readonly size: ShopSize;
  /** Between two customers of a counter, on average. */
  readonly paceMs: number;
};

/** A Monday morning, in milliseconds since 1970. */
const EPOCH_MS = Date.UTC(2026, 10, 23, 8);

/** The whole shop: its server, its counters and the people at them. */
export class Floor {
  readonly options: FloorOptions;
  readonly world: World;
  readonly ids: ShopIds;
  readonly server: MemoryServer;
  readonly devices: Device[] = [];
  /** Sales of which no copy can be left: everything a device had was thrown away before the server had it. */
  readonly beyondRescue = new Set<string>();
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

  addDevice(name: string, terminal: Device["options"]["terminal"], profile?: Profile): Device {
    const { world, crypto, seams, paceMs } = this.options;
    const common = { world, crypto, seams, server: this.server, terminal, name, epochMs: EPOCH_MS };
    const device = new Device(profile === undefined ? common : { ...common, profile });
    this.devices.push(device);
    this.#cashiers.push(new Cashier(device, { paceMs }));
    device.open();
    return device;
  }

  get isHealed(): boolean {
    return this.#isHealed;
  }

  /** No more customers. */
  closeDoors(): void {
    for (const cashier of this.#cashiers) cashier.goHome();
  }

  /** The server and one counter work again; the others stay as they are. */
  healCore(core: Device): void {
    Object.assign(this.server.conditions, goodServer(), { skewMs: this.server.conditions.skewMs });
    this.server.start();
    heal(core);
  }

  healAll(): void {
    this.#isHealed = true;
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
