import type { EnrolReply } from "@holdfast/protocol/enrol";
import { thumbprintText } from "@holdfast/protocol/enrol";
import { formerKeysMax } from "@holdfast/protocol/limits";
import { type PublicKey, publicKeySchema } from "@holdfast/protocol/primitives";
import { toBase64Url } from "@holdfast/sync/base64url";
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { PinAttempts } from "../shell/pin-attempts.ts";
import { Kit } from "./kit.ts";
import { type Sealed, seal, unseal } from "./seal.ts";
import { randomBytes } from "./web-crypto.ts";

/** Keys that never leave this browser, and who this terminal is. */
export type DeviceKeys = {
  readonly signing: { readonly key: CryptoKey; readonly publicKey: PublicKey; readonly kid: string };
  /** Seals everything personal at rest. */
  readonly data: CryptoKey;
  /** Binds PIN verifiers to this device. */
  readonly pin: CryptoKey;
};

interface KeySchema extends DBSchema {
  keys: { key: "device"; value: DeviceKeys };
  identity: { key: "terminal" | "pin-attempts"; value: Sealed };
}

const NAME = "holdfast-keys";
const STRICT = { durability: "strict" } as const;
const PIN_KEY_BYTES = 32;

/** The key database. Losing it loses no sale: the server holds what was sent, the mirror what was not. */
export class KeyStore {
  readonly #db: IDBPDatabase<KeySchema>;
  readonly #kit: Kit;
  readonly device: DeviceKeys;

  private constructor(db: IDBPDatabase<KeySchema>, kit: Kit, device: DeviceKeys) {
    this.#db = db;
    this.#kit = kit;
    this.device = device;
  }

  static async open(kit: Kit = new Kit()): Promise<KeyStore> {
    const db = await openDB<KeySchema>(NAME, 1, {
      upgrade: (fresh) => {
        fresh.createObjectStore("keys");
        fresh.createObjectStore("identity");
      },
      // Another window destroys everything: it must not wait for this one.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
    const device = (await db.get("keys", "device")) ?? (await makeKeys(db, kit));
    return new KeyStore(db, kit, device);
  }

  /** Who this terminal is; where the databases were lost, as the kit knows it: without a token, so that it may sell but not read. */
  async identity(): Promise<EnrolReply | null> {
    const sealed = await this.#db.get("identity", "terminal");
    if (sealed !== undefined) return (await unseal(this.device.data, sealed)) as EnrolReply;
    return await this.#kit.identity().catch(() => null);
  }

  /** Keys that signed on this device and were lost with its databases. */
  async formerKeys(): Promise<PublicKey[]> {
    const { kid } = this.device.signing;
    const made = await this.#kit.keys().catch(() => new Map<string, PublicKey>());
    return [...made].flatMap(([each, key]) => (each === kid ? [] : [key])).slice(-formerKeysMax);
  }

  async saveIdentity(identity: EnrolReply): Promise<void> {
    await this.#save("terminal", identity);
    await this.#kit.saveIdentity(identity).catch((error: unknown) => console.warn("the kit was not saved", error));
  }

  /** Wrong PINs so far: they count on after a reload. */
  async pinAttempts(): Promise<PinAttempts> {
    const sealed = await this.#db.get("identity", "pin-attempts");
    return sealed === undefined ? {} : ((await unseal(this.device.data, sealed)) as PinAttempts);
  }

  savePinAttempts(attempts: PinAttempts): Promise<void> {
    return this.#save("pin-attempts", attempts);
  }

  async #save(key: "terminal" | "pin-attempts", value: unknown): Promise<void> {
    const sealed = await seal(this.device.data, value);
    const tx = this.#db.transaction("identity", "readwrite", STRICT);
    await Promise.all([tx.store.put(sealed, key), tx.done]);
  }
}

async function makeKeys(db: IDBPDatabase<KeySchema>, kit: Kit): Promise<DeviceKeys> {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  const publicKey = publicKeySchema.parse(await crypto.subtle.exportKey("jwk", pair.publicKey));
  const data = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const pinBytes = (await kit.pinKey().catch(() => null)) ?? randomBytes(PIN_KEY_BYTES);
  const pin = await crypto.subtle.importKey("raw", pinBytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const device: DeviceKeys = {
    signing: { key: pair.privateKey, publicKey, kid: await thumbprint(publicKey) },
    data,
    pin,
  };
  const tx = db.transaction("keys", "readwrite", STRICT);
  const existing = await tx.store.get("device");
  // Two windows may open at the same moment: the first one's keys count.
  if (existing === undefined) await tx.store.put(device, "device");
  await tx.done;
  if (existing !== undefined) return existing;
  const { kid } = device.signing;
  await Promise.all([kit.savePinKey(pinBytes), kit.saveKey(kid, publicKey)]).catch((error: unknown) =>
    console.warn("the kit was not saved", error),
  );
  return device;
}

async function thumbprint(key: PublicKey): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(thumbprintText(key)));
  return toBase64Url(new Uint8Array(digest));
}
