import { exponentOf } from "@holdfast/domain/money/currency";
import type { OfficeEntry } from "@holdfast/protocol/office/ledger";
import { type Column, DataTable } from "@holdfast/ui/DataTable.tsx";
import { Money } from "@holdfast/ui/Money.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { StatusPill } from "@holdfast/ui/StatusPill.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useRight } from "../shell/use-me.ts";
import { Dimensions } from "./Dimensions.tsx";
import classes from "./EntryPanel.module.css";
import { useEntryKind } from "./use-entry-kind.ts";

type EntryLine = OfficeEntry["lines"][number];

/** One journal entry as an accountant reads it: accounts with what they are debited and credited, and that it balances. */
export function EntryPanel({ entry }: { readonly entry: OfficeEntry }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const kindOf = useEntryKind();
  const columns = useColumns(entry);
  const currency = { currency: entry.currency, exponent: exponentOf(entry.currency) };
  const debit = sumOf(entry.lines, "debit");
  const credit = sumOf(entry.lines, "credit");
  return (
    <Panel
      flush
      title={kindOf(entry.kind)}
      actions={
        <span className={classes.facts}>
          <span className={classes.posted}>{t("sale.posted", { day: formats.day(entry.postingDay) })}</span>
          {entry.late ? <StatusPill tone="warn">{t("sale.late")}</StatusPill> : null}
          {debit === credit ? (
            <StatusPill tone="success">{t("sale.balanced")}</StatusPill>
          ) : (
            <StatusPill tone="danger">{t("sale.notBalanced")}</StatusPill>
          )}
        </span>
      }
    >
      <DataTable
        dense
        caption={kindOf(entry.kind)}
        columns={columns}
        rows={debitsFirst(entry.lines)}
        rowKey={(line) => `${entry.lines.indexOf(line)}`}
        empty={null}
        foot={
          <tr>
            <th scope="row">{t("ledger.sum")}</th>
            <td data-numeric>
              <Money amount={debit} currency={currency} />
            </td>
            <td data-numeric>
              <Money amount={credit} currency={currency} />
            </td>
          </tr>
        }
      />
    </Panel>
  );
}

function sumOf(lines: readonly EntryLine[], side: "debit" | "credit"): number {
  return lines.reduce((sum, line) => sum + line[side], 0);
}

function useColumns({ currency: code }: OfficeEntry): readonly Column<EntryLine>[] {
  const { t } = useTranslation();
  const mayRead = useRight("read-ledger");
  const currency = { currency: code, exponent: exponentOf(code) };
  const side = (key: "debit" | "credit"): Column<EntryLine> => ({
    key,
    head: t(`sale.${key}`),
    numeric: true,
    cell: (line) => (line[key] === 0 ? null : <Money amount={line[key]} currency={currency} bare />),
  });
  return [
    {
      key: "account",
      head: t("sale.account"),
      cell: ({ account, code: accountCode, name, dimensions }) => (
        <>
          <span className={classes.code}>{accountCode}</span>
          {mayRead ? (
            <Link to="/ledger/accounts/$account" params={{ account }} data-row-link>
              {name}
            </Link>
          ) : (
            name
          )}
          <Dimensions dimensions={dimensions} />
        </>
      ),
    },
    side("debit"),
    side("credit"),
  ];
}

/** Debits before credits, as entries are written. */
function debitsFirst(lines: readonly EntryLine[]): readonly EntryLine[] {
  return [...lines].sort((a, b) => Number(b.debit > 0) - Number(a.debit > 0));
}
