import { Icon } from "@holdfast/ui/Icon.tsx";
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ScreenFrame } from "../../shell/ScreenFrame.tsx";
import { useCounter, useValue } from "../../shell/use-counter.ts";
import { Attention } from "./Attention.tsx";
import { exportUnsent } from "./export-unsent.ts";
import { UnsentRecords } from "./UnsentRecords.tsx";

/** Every record that is not safe at the server yet, and what one can do about it. */
export function StatusScreen(): ReactNode {
  const { t } = useTranslation();
  const { terminal } = useCounter();
  const { unsentCount } = useValue(terminal.status);
  return (
    <ScreenFrame
      title={t("screen.status")}
      actions={
        <>
          <Button
            size="touch"
            variant="default"
            leftSection={<Icon name="refresh" />}
            onClick={() => terminal.loop.wake()}
          >
            {t("statusList.sendAgain")}
          </Button>
          <Button
            size="touch"
            variant="default"
            disabled={unsentCount === 0}
            leftSection={<Icon name="download" />}
            onClick={() => void exportUnsent(terminal)}
          >
            {t("statusList.export")}
          </Button>
        </>
      }
    >
      <Attention />
      <UnsentRecords />
    </ScreenFrame>
  );
}
