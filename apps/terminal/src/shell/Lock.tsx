import type { StaffDocument } from "@holdfast/protocol/documents";
import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { cartOf } from "../cart/desk-state.ts";
import { ColorSchemeToggle } from "./ColorSchemeToggle.tsx";
import classes from "./Lock.module.css";
import { PinEntry } from "./PinEntry.tsx";
import { StorageWarning } from "./StorageWarning.tsx";
import { SyncWords } from "./SyncState.tsx";
import { useCounter, useKeyLayer, useShop, useValue } from "./use-counter.ts";

/** Who is at the till? Works with no network; the cart waits behind it. */
export function Lock(): ReactNode {
  const { t } = useTranslation();
  const { session, desk, terminal } = useCounter();
  const { staff, branch } = useShop();
  const state = useValue(session.state);
  const people = [...staff.values()].filter(({ pin }) => pin !== null).sort((a, b) => a.name.localeCompare(b.name));
  const [chosen, setChosen] = useState(state.kind === "locked" ? state.last : null);
  const person = people.find((each) => each.staff === chosen) ?? null;
  useKeyLayer("dialog", { isModal: true, onScan: () => false, actions: { back: () => setChosen(null) } });
  const hasCart = (cartOf(useValue(desk.state))?.lines.length ?? 0) > 0;
  return (
    <div className={classes.lock}>
      <header className={classes.top}>
        <p className={classes.where}>
          {branch.name} · {terminal.identity.name}
        </p>
        <SyncWords />
        <ColorSchemeToggle />
      </header>
      <main className={classes.middle}>
        {person === null ? (
          <>
            <StorageWarning />
            <Tiles people={people} onChoose={(each) => setChosen(each.staff)} />
          </>
        ) : (
          <PinEntry key={person.staff} person={person} onOthers={() => setChosen(null)} />
        )}
        {hasCart ? <p className={classes.kept}>{t("lock.cartKept")}</p> : null}
      </main>
    </div>
  );
}

type TilesProps = { readonly people: readonly StaffDocument[]; readonly onChoose: (person: StaffDocument) => void };

function Tiles({ people, onChoose }: TilesProps): ReactNode {
  const { t } = useTranslation();
  if (people.length === 0) return <EmptyState icon="user" title={t("lock.noStaff")} />;
  return (
    <section className={classes.tiles} aria-labelledby="lock-title">
      <h1 className={classes.title} id="lock-title">
        {t("lock.title")}
      </h1>
      <ul className={classes.people}>
        {people.map((person) => (
          <li key={person.staff}>
            <button type="button" className={classes.person} onClick={() => onChoose(person)}>
              <span className={classes.initials} aria-hidden="true">
                {initialsOf(person.name)}
              </span>
              <span className={classes.name}>{person.name}</span>
              <span className={classes.role}>{t(`role.${person.role}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== "");
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? "")][0] ?? "").join("");
}
