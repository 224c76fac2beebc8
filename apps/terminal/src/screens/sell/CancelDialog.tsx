import type { Cart } from "@holdfast/domain/cart/cart";
import { Dialog } from "@holdfast/ui/Dialog.tsx";
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useCounter, useKeyLayer } from "../../shell/use-counter.ts";
import classes from "./Dialogs.module.css";

export type CancelDialogProps = { readonly cart: Cart; readonly onClose: () => void };

/** The one act on a cart that is asked about: it takes everything away. */
export function CancelDialog({ cart, onClose }: CancelDialogProps): ReactNode {
  const { t } = useTranslation();
  const { desk } = useCounter();
  useKeyLayer("dialog", { isModal: true });
  const cancel = (): void => {
    onClose();
    desk.cancel();
  };
  return (
    <Dialog opened onClose={onClose} title={t("sell.cancelTitle")} size="sm">
      <p className={classes.text}>{t("sell.cancelText", { count: cart.lines.length })}</p>
      <div className={classes.buttons}>
        <Button size="touch" variant="default" onClick={onClose}>
          {t("sell.cancelNo")}
        </Button>
        <Button size="touch" color="red" data-autofocus onClick={cancel}>
          {t("sell.cancelYes")}
        </Button>
      </div>
    </Dialog>
  );
}
