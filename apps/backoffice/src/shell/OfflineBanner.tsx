import { Icon } from "@holdfast/ui/Icon.tsx";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./OfflineBanner.module.css";
import { useReachable } from "./use-reachable.ts";

/** Says above everything that the server does not answer, and what that means. */
export function OfflineBanner(): ReactNode {
  const { t } = useTranslation();
  const isReachable = useReachable();
  return (
    <div role="status">
      {isReachable ? null : (
        <div className={classes.banner}>
          <Icon name="offline" size={18} />
          <p>
            <strong>{t("app.unreachable")}.</strong> {t("app.unreachableText")}
          </p>
        </div>
      )}
    </div>
  );
}
