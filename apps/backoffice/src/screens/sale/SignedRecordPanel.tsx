import type { SignedRecord } from "@holdfast/protocol/office/sales";
import { CopyText } from "@holdfast/ui/CopyText.tsx";
import { Icon } from "@holdfast/ui/Icon.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { StatusPill } from "@holdfast/ui/StatusPill.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { RawRecord } from "../../pieces/RawRecord.tsx";
import { TerminalName } from "../../pieces/TerminalName.tsx";
import { Facts } from "../../shell/Facts.tsx";
import classes from "./SignedRecordPanel.module.css";

type Props = { readonly record: SignedRecord; readonly timeZone: string };

/** The record as the terminal signed it, and what the server found when it looked at it again for this page. */
export function SignedRecordPanel({ record, timeZone }: Props): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { checks, stream, seq, hash, prev, sig, kid, raw, occurredAt, recordedAt, courier } = record;
  const holds = checks.hash && checks.signature && checks.parent;
  return (
    <Panel
      title={t("sale.signed")}
      actions={
        holds ? (
          <StatusPill tone="success">{t("sale.verified")}</StatusPill>
        ) : (
          <StatusPill tone="danger">{t("sale.notVerified")}</StatusPill>
        )
      }
    >
      <p className={classes.words}>{holds ? t("sale.verifiedText") : t("sale.notVerifiedText")}</p>
      <ul className={classes.checks}>
        <Check holds={checks.hash} word={t("sale.checkHash")} />
        <Check holds={checks.signature} word={t("sale.checkSignature")} />
        <Check holds={checks.parent} word={t("sale.checkParent")} />
      </ul>
      <Facts
        facts={[
          [t("sale.occurred"), formats.dateTime(occurredAt, timeZone)],
          [t("sale.recorded"), formats.dateTime(recordedAt, timeZone)],
          ...(courier === null
            ? []
            : ([[t("sale.courier"), <TerminalName key="courier" terminal={courier} />]] as const)),
          [t("sale.placeInStream"), t("sale.place", { seq, stream })],
          [t("sale.hash"), <CopyText key="hash" text={hash} label={t("sale.copyHash")} />],
          ...(prev === ""
            ? []
            : ([[t("sale.previous"), <CopyText key="prev" text={prev} label={t("sale.copyPrevious")} />]] as const)),
          [t("sale.signature"), <CopyText key="sig" text={sig} label={t("sale.copySignature")} />],
          [t("sale.key"), <CopyText key="kid" text={kid} label={t("sale.copyKey")} />],
        ]}
      />
      <RawRecord raw={raw} />
    </Panel>
  );
}

function Check({ holds, word }: { readonly holds: boolean; readonly word: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <li className={classes.check} data-holds={holds || undefined}>
      <Icon name={holds ? "check" : "close"} size={16} />
      {word}: {holds ? t("sale.holds") : t("sale.fails")}
    </li>
  );
}
