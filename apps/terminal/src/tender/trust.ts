import type { CartCustomer } from "@holdfast/domain/cart/cart";
import type { Uuid } from "@holdfast/domain/kernel/id";
import { accept, type Result, refuse } from "@holdfast/domain/kernel/result";
import { type Amount, amount, ZERO } from "@holdfast/domain/money/amount";
import {
  type CreditRefusal,
  mayOwe,
  maySpend,
  type Spending,
  type SpendRefusal,
} from "@holdfast/domain/tender/spend-offline";
import type { AllotmentDocument, CustomerDocument } from "@holdfast/protocol/selling-documents";
import type { Shop } from "../shell/shop.ts";
import type { OwnTenders } from "./own-tenders.ts";

export type StoredValueKind = AllotmentDocument["kind"];

export type TrustPorts = {
  readonly shop: () => Shop;
  readonly tenders: OwnTenders;
  readonly allotment: (kind: StoredValueKind, code: string) => AllotmentDocument | null;
  readonly customer: (customer: CartCustomer["customer"]) => CustomerDocument | null;
};

/** What of a card is sure here, what may be taken on trust, and how much already is. */
export type CardStanding = { readonly allottedLeft: Amount; readonly exposure: Amount; readonly terminalMax: Amount };

/** Money that is taken without asking anybody: how much of it this till may, and how much of it is out already. */
export class Trust {
  readonly #ports: TrustPorts;

  constructor(ports: TrustPorts) {
    this.#ports = ports;
  }

  standing(kind: StoredValueKind, code: string): CardStanding {
    const { tenders, shop } = this.#ports;
    const allottedOf = (each: string): Amount => this.#allotted(kind, each);
    return {
      allottedLeft: amount(allottedOf(code) - tenders.spentOf(code)),
      exposure: tenders.exposure(allottedOf),
      terminalMax: amount(shop().branch.offlineCaps.storedValue.terminalMax),
    };
  }

  spend(kind: StoredValueKind, code: string, value: Amount): Result<Spending, SpendRefusal> {
    const { cardMax, terminalMax } = this.#ports.shop().branch.offlineCaps.storedValue;
    const caps = { cardMax: amount(cardMax), terminalMax: amount(terminalMax) };
    return maySpend(value, this.standing(kind, code), caps);
  }

  owe(customer: CartCustomer, value: Amount): Result<null, CreditRefusal> {
    const document = this.#ports.customer(customer.customer);
    if (document === null) return refuse({ kind: "no-credit" });
    const owed = amount(document.owed + this.#ports.tenders.owedBy(customer.customer as Uuid));
    const limit = document.creditLimit === null ? null : amount(document.creditLimit);
    const decided = mayOwe(value, { owed, limit });
    return decided.ok ? accept(null) : decided;
  }

  #allotted(kind: StoredValueKind, code: string): Amount {
    return this.#ports.allotment(kind, code)?.amount ?? ZERO;
  }
}
