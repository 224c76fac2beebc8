import { CLOCK_ERROR_MS } from "@holdfast/domain/stock/count-cut";
import type { OfficeBranch } from "@holdfast/protocol/office/session";
import type { OfficeTerminal } from "@holdfast/protocol/office/terminals";
import { type Column, DataTable } from "@holdfast/ui/DataTable.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { StatusPill, type Tone } from "@holdfast/ui/StatusPill.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Button, Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSkewText } from "../../pieces/use-skew-text.ts";
import { useRight } from "../../shell/use-me.ts";
import { useNow } from "../../shell/use-now.ts";
import classes from "./TerminalsTable.module.css";
import { type TerminalState, terminalState } from "./terminal-state.ts";

export type TerminalAct = { readonly act: "enrol" | "revoke" | "wipe"; readonly terminal: OfficeTerminal };

type Props = {
  readonly branch: OfficeBranch;
  readonly terminals: readonly OfficeTerminal[];
  readonly onAct: (act: TerminalAct) => void;
};

/** The terminals of one branch. */
export function TerminalsTable({ branch, terminals, onAct }: Props): ReactNode {
  const columns = useColumns(branch, onAct);
  return (
    <Panel title={branch.name} flush>
      <DataTable
        caption={branch.name}
        columns={columns}
        rows={terminals}
        rowKey={({ terminal }) => terminal}
        empty={null}
      />
    </Panel>
  );
}

const TONES: Readonly<Record<TerminalState, Tone>> = {
  wiped: "neutral",
  wiping: "danger",
  revoked: "danger",
  coded: "accent",
  waiting: "neutral",
  online: "success",
  silent: "offline",
};

function useColumns(branch: OfficeBranch, onAct: Props["onAct"]): readonly Column<OfficeTerminal>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  const figures = useFigures();
  return [
    {
      key: "name",
      head: t("terminals.name"),
      cell: ({ terminal, name, series }) => (
        <>
          <Link to="/sales" search={{ terminal, branch: branch.branch }} className={classes.name}>
            {name}
          </Link>
          <span className={classes.series}>{series}</span>
        </>
      ),
    },
    {
      key: "state",
      head: t("terminals.state"),
      cell: (terminal) => {
        const state = terminalState(terminal, now);
        return <StatusPill tone={TONES[state]}>{t(`terminals.${state}`)}</StatusPill>;
      },
    },
    {
      key: "seen",
      head: t("terminals.lastSeen"),
      from: "medium",
      cell: ({ lastSeenAt }) =>
        lastSeenAt === null ? (
          <span className={classes.soft}>{t("terminals.never")}</span>
        ) : (
          <time dateTime={lastSeenAt} title={formats.dateTime(lastSeenAt, branch.timeZone)}>
            {formats.age(lastSeenAt, now)}
          </time>
        ),
    },
    ...figures,
    { key: "storage", head: t("terminals.storage"), from: "wide", cell: (terminal) => <Storage {...terminal} /> },
    { key: "skew", head: t("terminals.skew"), from: "wide", cell: (terminal) => <Skew {...terminal} /> },
    {
      key: "build",
      head: t("terminals.build"),
      from: "wide",
      cell: ({ build }) => <span className={classes.build}>{build}</span>,
    },
    {
      key: "actions",
      head: <span className="visually-hidden">{t("terminals.actions")}</span>,
      numeric: true,
      cell: (terminal) => <Actions terminal={terminal} onAct={onAct} />,
    },
  ];
}

/** Records: here, only there, still to be sent, and signs that two devices write as one. */
function useFigures(): readonly Column<OfficeTerminal>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  return [
    {
      key: "held",
      head: t("terminals.records"),
      numeric: true,
      from: "wide",
      cell: ({ held }) => formats.number(held),
    },
    {
      key: "missing",
      head: t("terminals.missing"),
      numeric: true,
      cell: ({ missing }) =>
        missing === 0 ? formats.number(0) : <strong className={classes.danger}>{formats.number(missing)}</strong>,
    },
    {
      key: "unsent",
      head: t("terminals.unsent"),
      numeric: true,
      from: "medium",
      cell: ({ unsent, oldestUnsentAt }) =>
        unsent === null ? null : (
          <>
            {formats.number(unsent)}
            {unsent === 0 || oldestUnsentAt === null ? null : (
              <span className={classes.series}>{t("terminals.oldest", { age: formats.age(oldestUnsentAt, now) })}</span>
            )}
          </>
        ),
    },
    {
      key: "forks",
      head: t("terminals.forks"),
      numeric: true,
      from: "wide",
      cell: ({ forks }) => (forks === 0 ? formats.number(0) : <strong className={classes.warn}>{forks}</strong>),
    },
  ];
}

function Storage({ persisted }: Pick<OfficeTerminal, "persisted">): ReactNode {
  const { t } = useTranslation();
  if (persisted === null) return null;
  if (persisted) return t("terminals.persisted");
  return (
    <Tooltip label={t("terminals.notPersistedHint")}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the hint has to be reachable by keyboard too */}
      <span className={classes.warn} tabIndex={0}>
        {t("terminals.notPersisted")}
      </span>
    </Tooltip>
  );
}

function Skew({ clockSkewMs }: Pick<OfficeTerminal, "clockSkewMs">): ReactNode {
  const skewText = useSkewText();
  if (clockSkewMs === null) return null;
  return (
    <span className={Math.abs(clockSkewMs) > CLOCK_ERROR_MS ? classes.warn : undefined}>{skewText(clockSkewMs)}</span>
  );
}

function Actions({ terminal, onAct }: Pick<Props, "onAct"> & { readonly terminal: OfficeTerminal }): ReactNode {
  const { t } = useTranslation();
  const mayEnrol = useRight("enrol-terminals");
  const mayRevoke = useRight("edit-terminals");
  const { name, enrolledAt, revokedAt, wipeAskedAt } = terminal;
  const isNew = enrolledAt === null;
  return (
    <span className={classes.actions}>
      {mayEnrol && (revokedAt === null || mayRevoke) ? (
        <Button size="xs" variant="default" onClick={() => onAct({ act: "enrol", terminal })}>
          {isNew ? t("terminals.makeCode") : t("terminals.replace")}
          <span className="visually-hidden"> {name}</span>
        </Button>
      ) : null}
      {mayRevoke && revokedAt === null && !isNew ? (
        <Button size="xs" variant="subtle" color="red" onClick={() => onAct({ act: "revoke", terminal })}>
          {t("terminals.revoke")}
          <span className="visually-hidden"> {name}</span>
        </Button>
      ) : null}
      {mayEnrol && wipeAskedAt === null && !isNew ? (
        <Button size="xs" variant="subtle" color="red" onClick={() => onAct({ act: "wipe", terminal })}>
          {t("terminals.wipe")}
          <span className="visually-hidden"> {name}</span>
        </Button>
      ) : null}
    </span>
  );
}
