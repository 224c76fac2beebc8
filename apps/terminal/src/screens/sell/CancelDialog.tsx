import type { Cart } from "@holdfast/domain/cart/cart";
import { Dialog } from "@holdfast/ui/Dialog.tsx";
import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Choice } from "../../shell/Choice.tsx";
import { useCounter, useKeyLayer, useValue } from "../../shell/use-counter.ts";
import classes from "./Dialogs.module.css";

export type CancelDialogProps = { readonly cart: Cart; readonly onClose: () => void };

const REASONS = ["customer", "mistake", "other"] as const;

/** The one act on a cart that is asked about: it takes everything away. */
export function CancelDialog({ cart, onClose }: CancelDialogProps): ReactNode {
  const { t } = useTranslation();
  const { acts, approvals } = useCounter();
  const [reason, setReason] = useState<(typeof REASONS)[number]>("customer");
  const isAsking = useValue(approvals.question) !== null;
  useKeyLayer("dialog", { isModal: !isAsking });
  const cancel = async (): Promise<void> => {
    if (await acts.cancel(t(`cancel.reason_${reason}`))) onClose();
  };
  return (
    <Dialog opened onClose={onClose} title={t("sell.cancelTitle")} size="sm">
      <p className={classes.text}>{t("sell.cancelText", { count: cart.lines.length })}</p>
      <div className={classes.measure}>
        <Choice
          label={t("cancel.reason")}
          value={reason}
          options={REASONS.map((value) => ({ value, label: t(`cancel.reason_${value}`) }))}
          onChoose={setReason}
        />
      </div>
      <div className={classes.buttons}>
        <Button size="touch" variant="default" onClick={onClose}>
          {t("sell.cancelNo")}
        </Button>
        <Button size="touch" color="red" data-autofocus onClick={() => void cancel()}>
          {t("sell.cancelYes")}
        </Button>
      </div>
    </Dialog>
  );
}
