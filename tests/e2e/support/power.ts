import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, statfs, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const UNMOUNT_TRIES = 100;
const UNMOUNT_PAUSE_MS = 100;
const FILLER = "filler";
const DISK_BYTES = 400_000_000;

/** A disk of its own for a browser's profile, from which the power can be taken: what was not flushed is gone then. */
export class Disk {
  readonly folder: string;
  readonly #home: string;

  private constructor(home: string) {
    this.#home = home;
    this.folder = join(home, "disk");
  }

  /** Null where this machine lets nobody mount one: only root may, and only with a loop device. */
  static async plugIn(): Promise<Disk | null> {
    if (process.getuid?.() !== 0) return null;
    const home = await mkdtemp(join(tmpdir(), "holdfast-disk-"));
    const disk = new Disk(home);
    try {
      await writeFile(disk.#image, "");
      await truncate(disk.#image, DISK_BYTES);
      await run("mkfs.ext4", ["-q", "-F", disk.#image]);
      await mkdir(disk.folder);
      await disk.#mount();
      await run("xfs_io", ["-V"]);
      return disk;
    } catch {
      await disk.unplug();
      return null;
    }
  }

  get #image(): string {
    return join(this.#home, "image");
  }

  /** What a device that was on for a minute has on its disk. */
  async flush(): Promise<void> {
    await run("sync", ["-f", this.folder]);
  }

  /** Takes every block that is left. */
  async fill(): Promise<void> {
    const { bfree, bsize } = await statfs(this.folder);
    for (let blocks = bfree, part = 0; blocks > 0; part += 1) {
      const file = join(this.folder, `${FILLER}-${part}`);
      const done = await run("fallocate", ["-l", String(blocks * bsize), file]).catch(() => null);
      if (done === null) blocks = Math.floor(blocks / 2);
    }
  }

  async makeRoom(): Promise<void> {
    for (const name of await readdir(this.folder)) {
      if (name.startsWith(FILLER)) await rm(join(this.folder, name));
    }
  }

  /** The power fails at this very moment. Whatever still runs finds its disk gone. */
  async cutPower(): Promise<void> {
    await run("xfs_io", ["-x", "-c", "shutdown", this.folder]);
  }

  async restorePower(): Promise<void> {
    await this.#unmount();
    await this.#mount();
  }

  /** The processes of a killed browser go one after the other, and the last ones hold the disk for a moment. */
  async #unmount(): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await run("umount", [this.folder]);
        return;
      } catch (error) {
        if (tries === UNMOUNT_TRIES) throw error;
        await delay(UNMOUNT_PAUSE_MS);
      }
    }
  }

  async unplug(): Promise<void> {
    await run("umount", ["-l", this.folder]).catch(() => undefined);
    await rm(this.#home, { recursive: true, force: true });
  }

  async #mount(): Promise<void> {
    await run("mount", ["-o", "loop", this.#image, this.folder]);
  }
}
