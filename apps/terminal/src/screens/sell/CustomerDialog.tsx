import type { Cart } from "@holdfast/domain/cart/cart";
import type { CustomerDocument } from "@holdfast/protocol/selling-documents";
import { Dialog } from "@holdfast/ui/Dialog.tsx";
import { Icon } from "@holdfast/ui/Icon.tsx";
import { Button, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { cartOfCustomer } from "../../customer/customer-cart.ts";
import { useCounter, useKeyLayer, useValue } from "../../shell/use-counter.ts";
import classes from "./Dialogs.module.css";
import { NewCustomer } from "./NewCustomer.tsx";
import { TaxExemption } from "./TaxExemption.tsx";

export type CustomerDialogProps = { readonly cart: Cart | null; readonly onClose: () => void };

/** What of the customer is looked at. */
type Step = "find" | "new" | "tax";

/** Whose cart it is: found, or made on the spot, with or without a line. Their prices and their taxes come with them. */
export function CustomerDialog({ cart, onClose }: CustomerDialogProps): ReactNode {
  const { t } = useTranslation();
  const { customers, desk, approvals, shop, terminal } = useCounter();
  const [query, setQuery] = useState("");
  const [step, setStep] = useState<Step>("find");
  const isAsking = useValue(approvals.question) !== null;
  useKeyLayer("dialog", { isModal: !isAsking });
  const choose = (customer: CustomerDocument | null): void => {
    const terms = { shop: shop(), at: terminal.clock.instant() };
    if (!desk.edit((now) => cartOfCustomer(now, customer, terms), null)) return;
    if (customer?.taxExemption == null) onClose();
    else setStep("tax");
  };
  const current = cart?.customer ?? null;
  if (step === "new") {
    return (
      <Dialog key="new" opened onClose={onClose} title={t("customer.new")} size="sm">
        <NewCustomer name={query} onMade={choose} />
      </Dialog>
    );
  }
  if (step === "tax" && cart !== null && current !== null) {
    return (
      <Dialog key="tax" opened onClose={onClose} title={t("taxExemption.title", { name: current.name })} size="sm">
        <TaxExemption cart={cart} customer={customers.get(current.customer)} onDone={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog opened onClose={onClose} title={t("customer.title")}>
      <Search query={query} onQuery={setQuery} onChoose={choose} />
      <div className={classes.buttons}>
        {current === null ? (
          <span />
        ) : (
          <>
            <Button size="touch" variant="default" onClick={() => choose(null)}>
              {t("customer.remove")}
            </Button>
            <Button size="touch" variant="default" onClick={() => setStep("tax")}>
              {t(current.taxExemption === undefined ? "taxExemption.start" : "taxExemption.lift")}
            </Button>
          </>
        )}
        <Button size="touch" leftSection={<Icon name="plus" />} onClick={() => setStep("new")}>
          {t("customer.new")}
        </Button>
      </div>
    </Dialog>
  );
}

type SearchProps = {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly onChoose: (customer: CustomerDocument) => void;
};

const FOUND_MAX = 20;

function Search({ query, onQuery, onChoose }: SearchProps): ReactNode {
  const { t } = useTranslation();
  const { customers } = useCounter();
  const found = query.trim() === "" ? [] : customers.find(query, FOUND_MAX);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const [only, second] = found;
    if (only !== undefined && second === undefined) onChoose(only);
  };
  return (
    <>
      <form className={classes.measure} onSubmit={submit}>
        <TextInput
          size="touch"
          type="search"
          label={t("customer.search")}
          data-autofocus
          autoComplete="off"
          leftSection={<Icon name="search" />}
          value={query}
          onChange={(event) => onQuery(event.currentTarget.value)}
        />
      </form>
      <ul className={classes.choices} aria-label={t("customer.found")}>
        {found.map((customer) => (
          <li key={customer.customer}>
            <button type="button" className={classes.choice} onClick={() => onChoose(customer)}>
              <span>{customer.name}</span>
              <span className={classes.price}>{customer.phone || customer.email}</span>
            </button>
          </li>
        ))}
      </ul>
      {query.trim() !== "" && found.length === 0 ? <p className={classes.text}>{t("customer.none")}</p> : null}
    </>
  );
}
