import type { World } from "../world/world.ts";
import { copyProfile, emptyProfile, type Profile } from "./profile.ts";
import { type DiskConditions, goodDisk, SimDatabase } from "./sim-database.ts";

/**
 * The disk of one device. The browser's database (keys, log, cache) is one file to the disk; the second copy of the log is
 * another, with a flush of its own.
 */
export class Disk {
  readonly conditions: DiskConditions = goodDisk();
  readonly database: SimDatabase;
  readonly mirrorFile: SimDatabase;
  /** The second copy cannot be written. */
  mirrorFails = false;
  profile: Profile;

  constructor(world: World, name: string, profile: Profile = emptyProfile()) {
    this.profile = profile;
    this.database = new SimDatabase(world, `${name} idb`, this.conditions);
    this.mirrorFile = new SimDatabase(world, `${name} opfs`, goodDisk());
  }

  losePower(): void {
    this.database.losePower();
    this.mirrorFile.losePower();
  }

  /** A damaged database is silently made anew, empty: keys, log and cache together. The second copy is another file. */
  corrupt(): void {
    this.profile = { ...emptyProfile(), mirror: this.profile.mirror };
    this.database.forgetHistory();
  }

  /** The browser threw the origin's storage away, all of it. */
  evict(): void {
    this.replace(emptyProfile());
  }

  loseCache(): void {
    const { subscriptions, documents, chunks } = this.profile.cache;
    for (const table of [subscriptions, documents, chunks]) table.clear();
  }

  copy(): Profile {
    return copyProfile(this.profile);
  }

  replace(profile: Profile): void {
    this.profile = profile;
    this.database.forgetHistory();
    this.mirrorFile.forgetHistory();
  }
}
