import { ActionIcon, Tooltip } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./CopyText.module.css";
import { Icon } from "./Icon.tsx";

export type CopyTextProps = {
  readonly text: string;
  /** What is copied, for screen readers: `Copy hash`. */
  readonly label: string;
};

/** A text too long to show whole, to be copied. */
export function CopyText({ text, label }: CopyTextProps): ReactNode {
  const { t } = useTranslation("ui");
  const clipboard = useClipboard({ timeout: 2_000 });
  return (
    <span className={classes.copy}>
      <code className={classes.text} dir="ltr">
        {text}
      </code>
      <Tooltip label={clipboard.copied ? t("copied") : t("copy")}>
        <ActionIcon variant="subtle" color="gray" size="md" aria-label={label} onClick={() => clipboard.copy(text)}>
          <Icon name={clipboard.copied ? "check" : "copy"} size={15} />
        </ActionIcon>
      </Tooltip>
      <span className="visually-hidden" role="status">
        {clipboard.copied ? t("copied") : ""}
      </span>
    </span>
  );
}
