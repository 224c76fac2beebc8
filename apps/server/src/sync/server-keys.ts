import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import type { MerchantId } from "@holdfast/domain/party/merchant";
import type { ServerKey } from "@holdfast/protocol/enrol";
import type { Tip } from "@holdfast/protocol/entry";
import { type ServerReceipt, serverReceiptText } from "@holdfast/protocol/log";
import { type PublicKey, publicKeySchema } from "@holdfast/protocol/primitives";
import { sql } from "kysely";
import type { Db, Tx } from "../db/database.ts";
import { signText, thumbprint } from "./signing.ts";

type KeyRow = { kid: string; use: "sig" | "enc"; public_key: PublicKey; private_key: string };

/** Makes a merchant's two keys: one signs receipts, to the other terminals seal the second copy of their records. */
export async function createServerKeys(tx: Tx, merchant: MerchantId, at: string): Promise<void> {
  for (const use of ["sig", "enc"] as const) {
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const key = publicKeySchema.parse(publicKey.export({ format: "jwk" }));
    const pem = privateKey.export({ type: "pkcs8", format: "pem" });
    await sql`
      INSERT INTO server_key (merchant, kid, use, public_key, private_key, created_at)
      VALUES (${merchant}, ${thumbprint(key)}, ${use}, ${JSON.stringify(key)}::jsonb, ${pem}, ${at}::timestamptz)`.execute(
      tx,
    );
  }
}

export async function publicServerKeys(db: Db, merchant: MerchantId): Promise<ServerKey[]> {
  return (await keyRows(db, merchant)).map(({ kid, use, public_key }) => ({ kid, use, key: public_key }));
}

async function keyRows(db: Db, merchant: MerchantId): Promise<KeyRow[]> {
  const { rows } = await sql<KeyRow>`
    SELECT kid, use, public_key, private_key FROM server_key WHERE merchant = ${merchant} ORDER BY created_at, kid`.execute(
    db,
  );
  return rows;
}

/** Private halves of the keys that terminals seal their second copies to, by name: older ones stay. */
export async function sealingKeys(db: Db, merchant: MerchantId): Promise<ReadonlyMap<string, KeyObject>> {
  const rows = await keyRows(db, merchant);
  return new Map(
    rows.filter(({ use }) => use === "enc").map(({ kid, private_key }) => [kid, createPrivateKey(private_key)]),
  );
}

type ReceiptKey = { readonly kid: string; readonly key: KeyObject };

/** Signs what the server holds; the only thing that lets a terminal forget. */
export class ReceiptSigner {
  readonly #db: Db;
  readonly #keys = new Map<MerchantId, ReceiptKey>();

  constructor(db: Db) {
    this.#db = db;
  }

  async sign(
    merchant: MerchantId,
    held: Tip & { stream: ServerReceipt["stream"]; origin: string; at: string },
  ): Promise<ServerReceipt> {
    const { kid, key } = await this.#keyOf(merchant);
    return { ...held, kid, sig: signText(serverReceiptText(held), key) };
  }

  async #keyOf(merchant: MerchantId): Promise<ReceiptKey> {
    const known = this.#keys.get(merchant);
    if (known !== undefined) return known;
    const row = (await keyRows(this.#db, merchant)).findLast(({ use }) => use === "sig");
    if (row === undefined) throw new Error(`merchant ${merchant} has no signing key: run the migration again`);
    const made = { kid: row.kid, key: createPrivateKey(row.private_key) };
    this.#keys.set(merchant, made);
    return made;
  }
}
