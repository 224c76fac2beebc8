import type { Sale } from "@holdfast/domain/sale/sale";
import type { StaffId } from "@holdfast/domain/staff/staff";
import { MERCHANT_CHANNEL } from "@holdfast/protocol/channel";
import type { TerminalDocument } from "@holdfast/protocol/documents";
import type { NewEvent } from "@holdfast/sync/event-log";
import type { Draft } from "@holdfast/sync/ports";
import { createFormats } from "@holdfast/ui/format";
import { type Promotions, runningPromotionsOf } from "../catalog/promotions.ts";
import { Customers } from "../customer/customers.ts";
import { readReceiptCode } from "../receipt/code/receipt-code.ts";
import { Papers } from "../receipt/papers.ts";
import { ReturnedGoods } from "../return/returned-goods.ts";
import type { OwnSales } from "../sale/own-sales.ts";
import { Approvals } from "../staff/approvals.ts";
import { signText, verifyText } from "../store/web-crypto.ts";
import { OwnTenders } from "../tender/own-tenders.ts";
import { OwnTill } from "../till/own-till.ts";
import { keptTill, newTillRecord } from "../till/till-record.ts";
import type { Language } from "./boot.ts";
import type { Session } from "./session.ts";
import type { Shop } from "./shop.ts";
import type { Terminal } from "./terminal.ts";

export type TillPartsPorts = {
  readonly terminal: Terminal;
  readonly language: Language;
  readonly shop: () => Shop;
  readonly session: Session;
  readonly drafts: readonly Draft[];
  /** Found once the sales are read. */
  readonly numberOf: OwnSales["numberOf"];
};

export type TillParts = {
  readonly till: OwnTill;
  readonly papers: Papers;
  readonly approvals: Approvals;
  readonly returned: ReturnedGoods;
  readonly tenders: OwnTenders;
  readonly customers: Customers;
  readonly promotions: Promotions;
  /** Any terminal of the merchant by its series, revoked ones included. */
  readonly terminalOf: (series: string) => TerminalDocument | undefined;
  readonly readCode: (text: string) => ReturnType<typeof readReceiptCode>;
};

/** What the cashier's day needs beyond a cart: the shift, paper, rights, and what is known of goods and money that went out. */
export function openTillParts(ports: TillPartsPorts): TillParts {
  const { terminal, shop, session, drafts } = ports;
  const { log, clock, newId, identity, outbox, store, replica } = terminal;
  const till = new OwnTill(
    {
      ...{ log, clock, newId, shop, entries: store.entries },
      person: () => session.person,
      streams: () => outbox.streams(),
      unsentCount: () => outbox.unsentCount,
    },
    keptTill(drafts, identity.terminal) ?? newTillRecord(identity),
  );
  const terminalOf = (series: string): TerminalDocument | undefined => {
    for (const { body } of replica.all(MERCHANT_CHANNEL, "terminal")) {
      const document = body as TerminalDocument;
      if (document.series === series) return document;
    }
    return undefined;
  };
  const customers = new Customers({ replica, log, identity, clock, newId, by: () => session.person?.staff ?? null });
  return {
    till,
    customers,
    promotions: runningPromotionsOf({ replica, clock, customers }),
    papers: papersOf(ports),
    approvals: approvalsOf(ports, till),
    returned: new ReturnedGoods(),
    tenders: new OwnTenders({ settledSeq: (stream) => replica.settledSeq(`t:${identity.terminal}`, stream) }),
    terminalOf,
    readCode: (text) => readReceiptCode(text, { terminalOf, verify: verifyText }),
  };
}

function papersOf({ terminal, language: { words, locale }, shop, numberOf }: TillPartsPorts): Papers {
  const { signing } = terminal.keys.device;
  return new Papers({
    ...{ shop, numberOf, terminal: terminal.identity.name },
    sign: (text) => signText(text, signing.key),
    t: words.getFixedT(null, "terminal"),
    formats: () => createFormats({ locale, timeZone: shop().branch.timeZone }),
  });
}

function approvalsOf({ terminal, shop, session }: TillPartsPorts, till: OwnTill): Approvals {
  const { log, clock, newId, identity } = terminal;
  return new Approvals({
    ...{ shop, clock },
    person: () => session.person?.staff ?? null,
    checkPin: (staff, pin) => session.check(staff, pin),
    onRefused: ({ action, amount, sale }, approver, why) => {
      const by = session.person?.staff;
      if (by === undefined) return;
      const body = { branch: identity.branch, shift: till.shiftId, by, action, amount, sale, approver, why };
      record(log, { event: newId(), type: "approval-refused", body });
    },
  });
}

/** Writes a trace that nobody waits for: a disk that refuses it has refused the sale as well, and said so. */
export function record(log: Terminal["log"], event: NewEvent): void {
  log.append({ build: () => ({ events: [event], value: null }) }).catch(() => undefined);
}

type Copied = { readonly sale: Sale; readonly till: OwnTill; readonly by: StaffId };

/** A receipt that came out once more is counted on the Z. */
export function recordCopy({ log, newId, identity }: Terminal, { sale, till, by }: Copied): void {
  const place = { branch: identity.branch, shift: till.shiftId, by };
  const body = { ...place, sale: sale.sale, number: sale.number, total: sale.totals.total };
  record(log, { event: newId(), type: "receipt-printed", body: { ...body, copy: "copy", output: "paper" } });
}
