import { Icon } from "@holdfast/ui/Icon.tsx";
import { KeyHint } from "@holdfast/ui/KeyHint.tsx";
import { Button } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { keyName } from "./key-map.ts";
import classes from "./ScreenFrame.module.css";
import { keysOf } from "./settings.ts";
import { useCounter, useValue } from "./use-counter.ts";

export type ScreenFrameProps = {
  readonly title: string;
  readonly actions?: ReactNode;
  /** False where nothing can be sold before this is done. */
  readonly hasBack?: boolean;
  readonly children: ReactNode;
};

/** A screen beside selling, with the way back always in the same place. */
export function ScreenFrame({ title, actions, hasBack = true, children }: ScreenFrameProps): ReactNode {
  const { t } = useTranslation();
  const { place, settings } = useCounter();
  const keys = keysOf(useValue(settings));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className={classes.screen}>
      <header className={classes.head}>
        {hasBack ? (
          <Button
            size="touch"
            variant="subtle"
            color="gray"
            leftSection={<Icon name="chevron-start" />}
            rightSection={<KeyHint>{keyName(keys.back)}</KeyHint>}
            onClick={() => place.set({ screen: "sell" })}
          >
            {t("app.toSelling")}
          </Button>
        ) : null}
        <h1 className={classes.title} ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <div className={classes.actions}>{actions}</div>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <section className={classes.body} aria-label={title} tabIndex={0}>
        {children}
      </section>
    </div>
  );
}
