import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./ErrorNotice.module.css";
import { Icon } from "./Icon.tsx";

export type ErrorNoticeProps = {
  readonly title?: string;
  /** What went wrong and what one can do. */
  readonly message: string;
  readonly tone?: "danger" | "warn" | "offline";
  readonly onRetry?: () => void;
};

/** Says what went wrong, in place of what it kept from being shown. Read out at once. */
export function ErrorNotice({ title, message, tone = "danger", onRetry }: ErrorNoticeProps): ReactNode {
  const { t } = useTranslation("ui");
  return (
    <div className={classes.notice} data-tone={tone} role="alert">
      <Icon name={tone === "offline" ? "offline" : "alert"} size={20} />
      <div className={classes.words}>
        <p className={classes.title}>{title ?? t("errorTitle")}</p>
        <p className={classes.message}>{message}</p>
      </div>
      {onRetry === undefined ? null : (
        <Button size="sm" variant="default" onClick={onRetry}>
          {t("retry")}
        </Button>
      )}
    </div>
  );
}
