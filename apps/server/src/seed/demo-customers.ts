import type { Uuid } from "@holdfast/domain/kernel/id";
import type { CustomerId } from "@holdfast/domain/party/merchant";
import type { TaxId } from "@holdfast/domain/tax/tax";
import type { CustomerFacts } from "../party/write-customer.ts";

/** Customers of the demo shop: one buys on account at trade prices, one comes often, one pays no tax. */
export function demoCustomers(newId: () => Uuid, tradePrices: Uuid): CustomerFacts[] {
  const person = (name: string, more: Partial<CustomerFacts>): CustomerFacts => ({
    ...{ customer: newId() as CustomerId, edition: 1, name, email: "", phone: "", address: "", taxId: "", note: "" },
    ...{ groups: [], priceList: null, taxExemption: null, creditLimit: null },
    ...more,
  });
  return [
    person("Café Morgenrot", {
      ...{ email: "orders@morgenrot.example", address: "Praterstrasse 40, 1020 Vienna", taxId: "ATU11111111" },
      ...{ groups: ["trade"], priceList: tradePrices, creditLimit: 50_000, note: "Invoice by e-mail on the last day" },
    }),
    person("Ada Winter", { email: "ada@winter.example", phone: "+43 660 0000001", groups: ["regulars"] }),
    person("Embassy of Norway", {
      ...{ address: "Reisnerstrasse 55, 1030 Vienna", taxId: "ATU22222222" },
      taxExemption: {
        reason: "Diplomatic mission",
        replacement: { ["vat-20" as TaxId]: [], ["vat-10" as TaxId]: [] },
      },
    }),
  ];
}
