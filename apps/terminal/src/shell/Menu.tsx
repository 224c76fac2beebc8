import { Icon } from "@holdfast/ui/Icon.tsx";
import { ActionIcon } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ColorSchemeToggle } from "./ColorSchemeToggle.tsx";
import classes from "./Menu.module.css";
import { SCREENS, type ScreenName } from "./screens.ts";
import { useCounter, useKeyLayer } from "./use-counter.ts";

/** Everywhere one can go from here. */
export function Menu({ onHelp }: { readonly onHelp: () => void }): ReactNode {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={classes.menu}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="touch"
        aria-label={t("header.menu")}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="menu" size={22} />
      </ActionIcon>
      {isOpen ? <Sheet onClose={() => setOpen(false)} onHelp={onHelp} /> : null}
    </div>
  );
}

type SheetProps = { readonly onClose: () => void; readonly onHelp: () => void };

function Sheet({ onClose, onHelp }: SheetProps): ReactNode {
  const { t } = useTranslation();
  const { place } = useCounter();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  useKeyLayer("dialog", { isModal: true, actions: { back: onClose } });
  const go = (screen: ScreenName): void => {
    onClose();
    place.set({ screen });
  };
  const help = (): void => {
    onClose();
    onHelp();
  };
  return (
    <>
      <button type="button" className={classes.outside} tabIndex={-1} aria-hidden="true" onClick={onClose} />
      <nav className={classes.sheet} aria-label={t("header.menu")}>
        <ul className={classes.list}>
          {(Object.keys(SCREENS) as ScreenName[]).map((name, index) => (
            <li key={name}>
              <button
                ref={index === 0 ? first : undefined}
                type="button"
                className={classes.entry}
                onClick={() => go(name)}
              >
                <Icon name={SCREENS[name].icon} size={20} />
                {t(`screen.${name}`)}
              </button>
            </li>
          ))}
        </ul>
        <div className={classes.foot}>
          <button type="button" className={classes.entry} onClick={help}>
            <Icon name="keyboard" size={20} />
            {t("keys.title")}
          </button>
          <ColorSchemeToggle />
        </div>
      </nav>
    </>
  );
}
