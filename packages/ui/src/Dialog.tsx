import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Dialog.module.css";

export type DialogProps = {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly size?: "sm" | "md" | "lg" | "xl";
  readonly children: ReactNode;
};

/** A dialog with a heading, its way out named, and the focus kept inside. */
export function Dialog({ opened, onClose, title, size = "md", children }: DialogProps): ReactNode {
  const { t } = useTranslation("ui");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      closeButtonProps={{ "aria-label": t("close"), size: "touch", iconSize: 20 }}
      classNames={{ title: classes.title, header: classes.header, close: classes.close, body: classes.body }}
    >
      {children}
    </Modal>
  );
}
