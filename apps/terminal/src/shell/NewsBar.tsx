import { Icon } from "@holdfast/ui/Icon.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { ActionIcon } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isTrouble, newsText } from "../cart/news-text.ts";
import classes from "./NewsBar.module.css";
import { useCounter, useShop, useValue } from "./use-counter.ts";

/** Says what has just happened: aloud to screen readers, and in a bar nobody overlooks where something is wrong. */
export function NewsBar(): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const counter = useCounter();
  const { rules } = useShop();
  const told = useValue(counter.told);
  const text = told === null ? "" : newsText(told.news, { t, formats, rules });
  const trouble = told !== null && isTrouble(told.news) ? told : null;
  return (
    <>
      <p className="visually-hidden" role="status">
        {trouble === null ? text : ""}
      </p>
      <div role="alert" data-testid="trouble">
        {trouble === null ? null : (
          <div
            key={trouble.id}
            className={classes.bar}
            data-tone={trouble.news.kind === "oversold" ? "warn" : "danger"}
          >
            <Icon name="alert" size={22} />
            <p className={classes.text}>{text}</p>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="touch"
              aria-label={t("news.dismiss")}
              onClick={() => counter.told.set(null)}
            >
              <Icon name="close" />
            </ActionIcon>
          </div>
        )}
      </div>
    </>
  );
}
