import type { BranchId, MerchantId } from "@holdfast/domain/party/merchant";
import type { Role, StaffId } from "@holdfast/domain/staff/staff";
import { staffChannel } from "@holdfast/protocol/channel";
import type { PinVerifier } from "@holdfast/protocol/documents";
import { hash, hashRaw } from "@node-rs/argon2";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";
import type { DocumentKey } from "../feed/project.ts";

export type StaffFacts = {
  readonly staff: StaffId;
  readonly name: string;
  readonly role: Role;
  readonly branches: readonly BranchId[];
  /** For the till. */
  readonly pin: string | null;
  /** For the back office. */
  readonly signIn: { readonly email: string; readonly password: string } | null;
};

/** Cost of one guess at a PIN: 19 MiB and two passes, as OWASP advises for Argon2id, fit for a cheap tablet. The library makes Argon2id unless told. */
const PIN_COST = { memoryKib: 19_456, passes: 2 } as const;
export const SALT_BYTES = 16;

export async function pinVerifier(pin: string, salt: Uint8Array): Promise<PinVerifier> {
  const digest = await hashRaw(pin, {
    memoryCost: PIN_COST.memoryKib,
    timeCost: PIN_COST.passes,
    parallelism: 1,
    outputLen: 32,
    salt,
  });
  return { salt: Buffer.from(salt).toString("base64url"), ...PIN_COST, hash: digest.toString("base64url") };
}

export async function passwordHash(password: string): Promise<string> {
  return await hash(password);
}

export type StaffSecrets = { readonly pin: PinVerifier | null; readonly passwordHash: string | null };

/** Made before the transaction: it takes long, and a transaction should not. */
export async function staffSecrets(
  facts: StaffFacts,
  randomBytes: (count: number) => Uint8Array,
): Promise<StaffSecrets> {
  return {
    pin: facts.pin === null ? null : await pinVerifier(facts.pin, randomBytes(SALT_BYTES)),
    passwordHash: facts.signIn === null ? null : await passwordHash(facts.signIn.password),
  };
}

export async function addStaff(
  tx: Tx,
  merchant: MerchantId,
  { facts, secrets }: { facts: StaffFacts; secrets: StaffSecrets },
): Promise<DocumentKey[]> {
  const { staff, name, role, branches, signIn } = facts;
  await sql`
    INSERT INTO staff (merchant, staff, name, role, email, password_hash, pin)
    VALUES (${merchant}, ${staff}, ${name}, ${role}, ${signIn?.email ?? null}, ${secrets.passwordHash},
            ${secrets.pin === null ? null : JSON.stringify(secrets.pin)}::jsonb)`.execute(tx);
  await sql`
    INSERT INTO staff_branch (merchant, staff, branch)
    SELECT ${merchant}::uuid, ${staff}::uuid, branch FROM unnest(${branches}::uuid[]) AS branch`.execute(tx);
  return branches.map((branch) => ({ channel: staffChannel(branch), kind: "staff", id: staff }));
}
