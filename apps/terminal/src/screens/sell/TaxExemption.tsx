import type { Cart } from "@holdfast/domain/cart/cart";
import { liftTaxExemption } from "@holdfast/domain/cart/edit-tax";
import { accept } from "@holdfast/domain/kernel/result";
import type { CustomerDocument } from "@holdfast/protocol/selling-documents";
import { Button, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCounter } from "../../shell/use-counter.ts";
import classes from "./Dialogs.module.css";

export type TaxExemptionProps = {
  readonly cart: Cart;
  /** As the shop's copy has them; null where it has not. */
  readonly customer: CustomerDocument | null;
  readonly onDone: () => void;
};

/** Takes the tax off this cart, by the customer's own exemption or by a paper they show, and puts it back. */
export function TaxExemption({ cart, customer, onDone }: TaxExemptionProps): ReactNode {
  const { t } = useTranslation();
  const { acts, desk } = useCounter();
  const known = customer?.taxExemption ?? null;
  const [reason, setReason] = useState(known?.reason ?? "");
  const [certificate, setCertificate] = useState("");
  const given = cart.customer?.taxExemption;
  const exempt = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const said = [reason, certificate].map((text) => text.trim()).filter((text) => text !== "");
    // Whose exemption the shop does not know is free of every tax that the paper says.
    const replacement = known?.replacement ?? Object.fromEntries(Object.keys(cart.taxes).map((tax) => [tax, []]));
    if (await acts.exemptFromTax(said.join(" · "), replacement)) onDone();
  };
  const lift = (): void => {
    if (desk.edit((now) => accept(liftTaxExemption(now)), null)) onDone();
  };
  if (given !== undefined) {
    return (
      <div className={classes.measure}>
        <p className={classes.text}>{t("taxExemption.given", { reason: given.reason })}</p>
        <Button size="touch" variant="default" fullWidth onClick={lift}>
          {t("taxExemption.lift")}
        </Button>
      </div>
    );
  }
  return (
    <form className={classes.measure} onSubmit={(event) => void exempt(event)}>
      <p className={classes.text}>{t(known === null ? "taxExemption.unknown" : "taxExemption.known")}</p>
      <TextInput
        size="touch"
        label={t("taxExemption.reason")}
        data-autofocus
        autoComplete="off"
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <TextInput
        size="touch"
        label={t("taxExemption.certificate")}
        autoComplete="off"
        maxLength={100}
        value={certificate}
        onChange={(event) => setCertificate(event.currentTarget.value)}
      />
      <Button type="submit" size="touch" fullWidth disabled={reason.trim() === ""}>
        {t("taxExemption.exempt")}
      </Button>
    </form>
  );
}
