import type { CustomerDocument } from "@holdfast/protocol/selling-documents";
import { Button, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCounter } from "../../shell/use-counter.ts";
import classes from "./Dialogs.module.css";

export type NewCustomerProps = {
  /** What was searched for and not found. */
  readonly name: string;
  readonly onMade: (customer: CustomerDocument) => void;
};

export function NewCustomer({ name: searched, onMade }: NewCustomerProps): ReactNode {
  const { t } = useTranslation();
  const { customers, tell } = useCounter();
  const [details, setDetails] = useState({ name: searched, phone: "", email: "", taxId: "" });
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      const trimmed = Object.fromEntries(Object.entries(details).map(([field, text]) => [field, text.trim()]));
      onMade(await customers.add({ ...details, ...trimmed, address: "", note: "" }));
    } catch (error) {
      tell({ kind: "not-stored", error });
    }
    setBusy(false);
  };
  return (
    <form className={classes.measure} onSubmit={(event) => void submit(event)}>
      {(["name", "phone", "email", "taxId"] as const).map((field) => (
        <TextInput
          key={field}
          size="touch"
          label={t(`customer.${field}`)}
          autoComplete="off"
          maxLength={field === "name" ? 200 : 100}
          required={field === "name"}
          withAsterisk={false}
          {...(field === "name" ? { "data-autofocus": true } : {})}
          value={details[field]}
          onChange={(event) => setDetails({ ...details, [field]: event.currentTarget.value })}
        />
      ))}
      <Button type="submit" size="touch" fullWidth loading={isBusy} disabled={details.name.trim() === ""}>
        {t("customer.save")}
      </Button>
    </form>
  );
}
