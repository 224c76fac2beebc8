import type { TerminalId } from "@holdfast/domain/party/merchant";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { Paper } from "../auditor/audit.ts";
import { paperOf } from "../auditor/paper-of.ts";
import type { SimCrypto } from "../crypto.ts";
import { Disk } from "../disk/disk.ts";
import type { Profile } from "../disk/profile.ts";
import { DiskFailure } from "../disk/sim-database.ts";
import { Line } from "../network/line.ts";
import type { Seams } from "../seams.ts";
import type { ServerSide } from "../server/server-side.ts";
import type { Dice } from "../world/dice.ts";
import { Process } from "../world/process.ts";
import type { World } from "../world/world.ts";
import { App } from "./app.ts";

export type DeviceOptions = {
  readonly world: World;
  readonly crypto: SimCrypto;
  readonly seams: Seams;
  readonly server: ServerSide;
  readonly terminal: TerminalId;
  readonly name: string;
  readonly epochMs: number;
  readonly onStored: (sale: string) => void;
  readonly profile?: Profile;
};

const REBOOT_MS = 3_000;

/** A counter in the shop: one device with its disk, its clock, its line and its printer, and the tabs open on it. */
export class Device {
  readonly options: DeviceOptions;
  readonly name: string;
  readonly dice: Dice;
  readonly disk: Disk;
  readonly line: Line;
  /** The device's clock against the true one. */
  skewMs = 0;
  /** What came out of this device's printer, by sale. */
  readonly papers = new Map<string, Paper>();
  /** Sales of which the second copy could not be written, and still was not. */
  readonly unmirrored = new Set<string>();
  /** Every sale that this device made, for whoever looks at stock without reading the log again. */
  readonly sales = new Map<string, Sale>();
  #apps: App[] = [];
  #started = 0;

  constructor(options: DeviceOptions) {
    const { world, name, server, profile } = options;
    this.options = options;
    this.name = name;
    this.dice = world.dice.fork(`device ${name}`);
    this.disk = new Disk(world, name, profile);
    this.line = new Line(world, name, server);
  }

  nowMs(): number {
    return this.options.epochMs + this.options.world.nowMs + this.skewMs;
  }

  /** Tabs that are not closed, the newest last. */
  get apps(): readonly App[] {
    return this.#apps.filter(({ process }) => process.isAlive);
  }

  /** The tab that the cashier has in front. */
  get app(): App | null {
    return this.apps.at(-1) ?? null;
  }

  /** Opens the app in a new tab; one that cannot start is opened again, as a person would. */
  open(): App {
    const process = new Process(this.options.world, `${this.name}#${++this.#started}`);
    const app = new App(this, process);
    this.#apps = [...this.apps, app];
    void app.start().catch((error: unknown) => {
      if (!(error instanceof DiskFailure)) this.options.world.fault(`${process.name} start`, error);
      else if (process.isAlive) this.reopen(app);
    });
    return app;
  }

  /** The app says that it cannot go on: someone loads it again. */
  reopen(app: App): void {
    app.close();
    this.options.world.at(REBOOT_MS, `${this.name} reopen`, () => {
      if (this.app === null) this.open();
    });
  }

  /** The browser is gone, with everything it had in memory. */
  kill(): void {
    for (const { process } of this.apps) process.kill();
    this.#apps = [];
  }

  losePower(): void {
    this.kill();
    this.disk.losePower();
  }

  /** A paper that comes out again must be the same paper. */
  print(sale: Sale): void {
    const { world } = this.options;
    const paper = paperOf(sale);
    const before = this.papers.get(paper.sale);
    world.always(
      before === undefined || JSON.stringify(before) === JSON.stringify(paper),
      "one-paper-a-sale",
      () => `${paper.number} was ${before?.number} before`,
    );
    if (before !== undefined) return;
    this.papers.set(paper.sale, paper);
    world.note(`${this.name} paper ${paper.number} ${paper.total}`);
  }
}
