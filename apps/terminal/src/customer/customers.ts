import type { Uuid } from "@holdfast/domain/kernel/id";
import type { CustomerId } from "@holdfast/domain/party/merchant";
import type { StaffId } from "@holdfast/domain/staff/staff";
import { customerChannel } from "@holdfast/protocol/channel";
import type { EnrolReply } from "@holdfast/protocol/enrol";
import type { CustomerDetails, CustomerSaved } from "@holdfast/protocol/events/customer-saved";
import type { CustomerDocument } from "@holdfast/protocol/selling-documents";
import type { EventLog } from "@holdfast/sync/event-log";
import type { Clock, StoredEntry } from "@holdfast/sync/ports";
import { readEntry } from "@holdfast/sync/read-entry";
import type { Replica } from "@holdfast/sync/replica";
import { foldText } from "../catalog/fold.ts";

/** Everybody whom this merchant's tills may know. */
const EVERYBODY = customerChannel("all");

export type CustomersPorts = {
  readonly replica: Pick<Replica, "all" | "get">;
  readonly log: Pick<EventLog, "append">;
  readonly identity: Pick<EnrolReply, "branch">;
  readonly clock: Clock;
  readonly newId: () => Uuid;
  readonly by: () => StaffId | null;
};

/** Customers of the shop's copy, and those that were made here and are not in it yet. */
export class Customers {
  readonly #ports: CustomersPorts;
  readonly #own = new Map<CustomerId, CustomerDocument>();

  constructor(ports: CustomersPorts) {
    this.#ports = ports;
  }

  get(customer: CustomerId): CustomerDocument | null {
    const held = this.#ports.replica.get(EVERYBODY, "customer", customer)?.body as CustomerDocument | undefined;
    return held ?? this.#own.get(customer) ?? null;
  }

  /** By any part of name, telephone, e-mail or tax number; all words must be there. */
  find(text: string, max: number): CustomerDocument[] {
    const words = foldText(text)
      .split(/\s+/)
      .filter((word) => word !== "");
    const found: CustomerDocument[] = [];
    for (const customer of this.#all()) {
      const { name, phone, email, taxId } = customer;
      const folded = foldText(`${name} ${phone} ${phone.replace(/\D/g, "")} ${email} ${taxId}`);
      if (words.every((word) => folded.includes(word))) found.push(customer);
      if (found.length >= max) break;
    }
    return found.sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Resolves when the new customer is on the disk; the server hears of them when there is a line. */
  async add(details: CustomerDetails): Promise<CustomerDocument> {
    const { log, identity, clock, newId, by } = this.#ports;
    const staff = by();
    if (staff === null) throw new Error("nobody is logged in");
    const body: CustomerSaved = {
      customer: newId() as CustomerId,
      branch: identity.branch,
      ifRev: 0,
      details,
      by: staff,
      at: clock.instant(),
    };
    await log.append({ build: () => ({ events: [{ event: newId(), type: "customer-saved", body }], value: null }) });
    const customer = documentOf(body);
    this.#own.set(customer.customer, customer);
    return customer;
  }

  /** Takes in what this terminal wrote before it was started anew. */
  note(entries: readonly StoredEntry[]): void {
    for (const { type, raw } of entries) {
      if (type !== "customer-saved") continue;
      const read = readEntry(raw);
      if (!("entry" in read)) continue;
      const saved = read.entry.body as CustomerSaved;
      if (saved.ifRev === 0) this.#own.set(saved.customer, documentOf(saved));
    }
  }

  *#all(): Generator<CustomerDocument> {
    const known = new Set<string>();
    for (const { id, body } of this.#ports.replica.all(EVERYBODY, "customer")) {
      known.add(id);
      yield body as CustomerDocument;
    }
    for (const [id, customer] of this.#own) if (!known.has(id)) yield customer;
  }
}

/** What a customer is before head office has said anything about them. */
function documentOf({ customer, details }: CustomerSaved): CustomerDocument {
  return {
    customer,
    edition: 1,
    ...details,
    groups: [],
    priceList: null,
    taxExemption: null,
    creditLimit: null,
    owed: 0 as CustomerDocument["owed"],
  };
}
