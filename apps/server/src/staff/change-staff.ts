import type { BranchId } from "@holdfast/domain/party/merchant";
import type { StaffId } from "@holdfast/domain/staff/staff";
import { staffChannel } from "@holdfast/protocol/channel";
import type { OfficeRole } from "@holdfast/protocol/office/session";
import type { OfficeStaff, SaveStaffRequest } from "@holdfast/protocol/office/staff";
import { inTransaction, type Tx } from "../db/database.ts";
import { publish } from "../feed/publish.ts";
import { ApiError } from "../http/api-error.ts";
import { insertOfficeEvent, type OfficeEvent } from "../http/office-event.ts";
import { isoNow, type ServerContext } from "../http/server-context.ts";
import {
  endSessions,
  isEmailTaken,
  lockedOwners,
  lockedStaff,
  type StaffKey,
  unknownBranches,
  writePassword,
  writePin,
  writeStaff,
} from "./staff-queries.ts";
import { passwordHash, pinVerifier, SALT_BYTES } from "./write-staff.ts";

type Change = { readonly key: StaffKey; readonly by: StaffId };

/** Adds or changes a person. Somebody who left, or who has another role now, is signed out. */
export async function changeStaff(
  context: ServerContext,
  { key, by }: Change,
  request: SaveStaffRequest,
): Promise<OfficeStaff> {
  return await inOneDeed(context, key, async (tx) => {
    const owners = await lockedOwners(tx, key.merchant);
    const before = await lockedStaff(tx, key);
    const isOwnerLost = request.role !== "owner" || !request.active || request.email === null;
    if (isOwnerLost && owners.length === 1 && owners[0] === key.staff) {
      throw new ApiError("conflict", "This is the only owner who can sign in: make another one first.", {
        field: "role",
      });
    }
    if ((await unknownBranches(tx, key.merchant, request.branches)).length > 0) {
      throw new ApiError("bad_request", "branches: one of them is not of this shop.", { field: "branches" });
    }
    if (request.email !== null && (await isEmailTaken(tx, key, request.email))) {
      throw new ApiError("conflict", "Somebody else has this e-mail address.", { field: "email" });
    }
    await writeStaff(tx, key, { ...request, at: isoNow(context) });
    if (!request.active || before?.role !== request.role) await endSessions(tx, key);
    const type = before === null ? "staff-added" : "staff-changed";
    return { type, by, body: { ...request }, branches: [...(before?.branches ?? []), ...request.branches] };
  });
}

/** A PIN opens a till in a person's name, so nobody sets that of somebody who may do more than they. */
export async function setPin(
  context: ServerContext,
  { key, by, role }: Change & { readonly role: OfficeRole },
  pin: string,
): Promise<OfficeStaff> {
  const verifier = await pinVerifier(pin, context.randomBytes(SALT_BYTES));
  return await inOneDeed(context, key, async (tx) => {
    const person = await knownPerson(tx, key);
    const isBelow = person.role === "cashier" || person.role === "supervisor";
    if (role !== "owner" && !isBelow && key.staff !== by) {
      throw new ApiError("forbidden", "Only an owner sets the PIN of a manager or an owner.");
    }
    await writePin(tx, key, verifier);
    return { type: "pin-set", by, body: {}, branches: person.branches };
  });
}

export async function setPassword(context: ServerContext, { key, by }: Change, password: string): Promise<OfficeStaff> {
  const hash = await passwordHash(password);
  return await inOneDeed(context, key, async (tx) => {
    const person = await knownPerson(tx, key);
    if (person.email === null) {
      throw new ApiError("conflict", "A password needs an e-mail address to sign in with.", { field: "email" });
    }
    await writePassword(tx, key, hash);
    if (key.staff !== by) await endSessions(tx, key);
    return { type: "password-set", by, body: {}, branches: [] };
  });
}

async function knownPerson(tx: Tx, key: StaffKey): Promise<OfficeStaff> {
  const person = await lockedStaff(tx, key);
  if (person === null) throw new ApiError("not_found", "There is no such person.");
  return person;
}

type Deed = {
  readonly type: OfficeEvent["type"];
  readonly by: StaffId;
  readonly body: OfficeEvent["body"];
  /** Whose tills have to hear of it. */
  readonly branches: readonly BranchId[];
};

/** The change, the deed that is kept, and what the tills hear of it, all or nothing. */
async function inOneDeed(
  context: ServerContext,
  key: StaffKey,
  change: (tx: Tx) => Promise<Deed>,
): Promise<OfficeStaff> {
  const { merchant, staff } = key;
  const { saved, channels } = await inTransaction(context.db, async (tx) => {
    const at = isoNow(context);
    const { type, by, body, branches } = await change(tx);
    const deed = { merchant, event: context.newId(), type, staff: by, subject: staff, body, recordedAt: at };
    await insertOfficeEvent(tx, deed);
    const person = await knownPerson(tx, key);
    const touched = branches.map((branch) => ({ channel: staffChannel(branch), kind: "staff" as const, id: staff }));
    return { saved: person, channels: await publish(tx, { merchant, at }, touched) };
  });
  context.live.changed(merchant, channels);
  return saved;
}
