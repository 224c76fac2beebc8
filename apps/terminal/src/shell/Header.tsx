import { Icon } from "@holdfast/ui/Icon.tsx";
import { Logo } from "@holdfast/ui/Logo.tsx";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ColorSchemeToggle } from "./ColorSchemeToggle.tsx";
import classes from "./Header.module.css";
import { SyncState } from "./SyncState.tsx";
import type { Person } from "./session.ts";
import { useCounter, useShop } from "./use-counter.ts";

/** Where this is, how the sales are doing, who is here: always in sight. */
export function Header({ person }: { readonly person: Person }): ReactNode {
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
        <ColorSchemeToggle />
      </div>
    </header>
  );
}
