import type { Cart, CartCustomer } from "@holdfast/domain/cart/cart";
import { setCustomer } from "@holdfast/domain/cart/edit-tax";
import type { CustomerDocument } from "@holdfast/protocol/selling-documents";
import { Dialog } from "@holdfast/ui/Dialog.tsx";
import { Icon } from "@holdfast/ui/Icon.tsx";
import { Button, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCounter, useKeyLayer } from "../../shell/use-counter.ts";
import classes from "./Dialogs.module.css";
import { NewCustomer } from "./NewCustomer.tsx";

export type CustomerDialogProps = { readonly cart: Cart | null; readonly onClose: () => void };

const FOUND_MAX = 20;

/** Whose cart it is: found, or made on the spot, with or without a line. */
export function CustomerDialog({ cart, onClose }: CustomerDialogProps): ReactNode {
  const { t } = useTranslation();
  const { customers, desk } = useCounter();
  const [query, setQuery] = useState("");
  const [isNew, setNew] = useState(false);
  useKeyLayer("dialog", { isModal: true });
  const found = query.trim() === "" ? [] : customers.find(query, FOUND_MAX);
  const choose = (customer: CartCustomer | null): void => {
    if (desk.edit((now) => setCustomer(now, customer), null)) onClose();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const [only, second] = found;
    if (only !== undefined && second === undefined) choose(cartCustomer(only));
  };
  if (isNew) {
    return (
      <Dialog opened onClose={onClose} title={t("customer.new")} size="sm">
        <NewCustomer name={query} onMade={(customer) => choose(cartCustomer(customer))} />
      </Dialog>
    );
  }
  return (
    <Dialog opened onClose={onClose} title={t("customer.title")}>
      <form className={classes.measure} onSubmit={submit}>
        <TextInput
          size="touch"
          type="search"
          label={t("customer.search")}
          data-autofocus
          autoComplete="off"
          leftSection={<Icon name="search" />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
      </form>
      <ul className={classes.choices} aria-label={t("customer.found")}>
        {found.map((customer) => (
          <li key={customer.customer}>
            <button type="button" className={classes.choice} onClick={() => choose(cartCustomer(customer))}>
              <span>{customer.name}</span>
              <span className={classes.price}>{customer.phone || customer.email}</span>
            </button>
          </li>
        ))}
      </ul>
      {query.trim() !== "" && found.length === 0 ? <p className={classes.text}>{t("customer.none")}</p> : null}
      <div className={classes.buttons}>
        {cart?.customer == null ? (
          <span />
        ) : (
          <Button size="touch" variant="default" onClick={() => choose(null)}>
            {t("customer.remove")}
          </Button>
        )}
        <Button size="touch" leftSection={<Icon name="plus" />} onClick={() => setNew(true)}>
          {t("customer.new")}
        </Button>
      </div>
    </Dialog>
  );
}

function cartCustomer({ customer, name, taxId }: CustomerDocument): CartCustomer {
  return { customer, name, ...(taxId === "" ? {} : { taxId }) };
}
