import type { Dashboard } from "@holdfast/protocol/office/dashboard";
import { Icon } from "@holdfast/ui/Icon.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNow } from "../../shell/use-now.ts";
import classes from "./Completeness.module.css";

type Props = { readonly completeness: Dashboard["completeness"] };

/** Whether the figures below are whole, and if not, what is missing. Never green while something is. */
export function Completeness({ completeness }: Props): ReactNode {
  const { t } = useTranslation();
  const { silent, quarantined, openCases } = completeness;
  const isWhole = silent.length === 0 && quarantined === 0;
  return (
    <div className={classes.line} data-whole={isWhole || undefined} role="status">
      <Icon name={isWhole ? "check" : "clock"} size={18} />
      <div className={classes.words}>
        <p className={classes.title}>{isWhole ? t("today.whole") : t("today.partly")}</p>
        {isWhole ? null : (
          <ul className={classes.reasons}>
            {silent.map((terminal) => (
              <SilentTerminal key={terminal.terminal} terminal={terminal} />
            ))}
            {quarantined === 0 ? null : (
              <li>
                <Link to="/inbox" search={{ show: "quarantine" }}>
                  {t("today.quarantined", { count: quarantined })}
                </Link>
              </li>
            )}
          </ul>
        )}
      </div>
      {openCases === 0 ? null : (
        <Link to="/inbox" className={classes.cases}>
          {t("today.openCases", { count: openCases })}
        </Link>
      )}
    </div>
  );
}

type SilentProps = { readonly terminal: Dashboard["completeness"]["silent"][number] };

function SilentTerminal({ terminal: { name, lastSeenAt, missing } }: SilentProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  return (
    <li>
      <Link to="/terminals">
        {lastSeenAt === null
          ? t("today.silentNever", { name })
          : t("today.silentSince", { name, age: formats.age(lastSeenAt, now) })}
      </Link>
      {missing === 0 ? null : <strong className={classes.missing}>{t("today.missing", { count: missing })}</strong>}
    </li>
  );
}
