import { Icon } from "@holdfast/ui/Icon.tsx";
import { Logo } from "@holdfast/ui/Logo.tsx";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Header.module.css";
import { Menu } from "./Menu.tsx";
import { SyncState } from "./SyncState.tsx";
import type { Person } from "./session.ts";
import { useCounter, useShop } from "./use-counter.ts";

export type HeaderProps = { readonly person: Person; readonly onHelp: () => void };

/** Where this is, how the sales are doing, who is here: always in sight. */
export function Header({ person, onHelp }: HeaderProps): ReactNode {
  const { t } = useTranslation();
  const { terminal, session } = useCounter();
  const { branch } = useShop();
  return (
    <header className={classes.header}>
      <Logo size={30} markOnly />
      <p className={classes.where}>
        <span className={classes.terminal}>{terminal.identity.name}</span>
        <span className={classes.branch}>{branch.name}</span>
      </p>
      <SyncState />
      <div className={classes.end}>
        <button
          type="button"
          className={classes.person}
          aria-label={t("header.lockAs", { name: person.name })}
          onClick={() => session.lock()}
        >
          <span className={classes.name}>{person.name}</span>
          <Icon name="lock" size={18} />
        </button>
        <Menu onHelp={onHelp} />
      </div>
    </header>
  );
}
