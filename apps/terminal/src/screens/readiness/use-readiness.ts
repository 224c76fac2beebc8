import type { Formats } from "@holdfast/ui/format";
import type { TFunction } from "i18next";
import { useEffect, useState } from "react";
import type { Counter } from "../../shell/counter.ts";
import { useShop, useValue } from "../../shell/use-counter.ts";

export type Check = {
  readonly name: "app" | "storage" | "space" | "shop" | "staff" | "printer" | "copy";
  /** `mind`: selling goes on, but someone should see to it. */
  readonly state: "ready" | "mind" | "missing";
  readonly text: string;
};

type ReadinessLanguage = { readonly t: TFunction<"terminal">; readonly formats: Formats };

export function useReadiness(counter: Counter, { t, formats }: ReadinessLanguage): Check[] {
  const { terminal, updates, printer } = counter;
  const app = useValue(updates.state);
  const status = useValue(terminal.status);
  const mirrorFault = useValue(terminal.mirrorFault);
  const isPersisted = useValue(terminal.isPersisted);
  const printerFault = useValue(printer.fault);
  const space = useFreeSpace();
  const { staff, catalogue } = useShop();
  const withPin = [...staff.values()].filter(({ pin }) => pin !== null).length;
  const goods = catalogue.inCategory(null, 0).of;
  const isKept = app.kind === "stored" || app.kind === "update-waiting";
  return [
    {
      name: "app",
      state: isKept ? "ready" : "missing",
      text: t(isKept ? "readiness.appStored" : "readiness.appMissing"),
    },
    {
      name: "storage",
      state: isPersisted ? "ready" : "mind",
      text: t(isPersisted ? "readiness.storageKept" : "readiness.storageNotKept"),
    },
    {
      name: "space",
      state: space === null || space < SPACE_MIN_BYTES ? "mind" : "ready",
      text: space === null ? t("readiness.spaceUnknown") : t("readiness.spaceFree", { size: sizeText(space, formats) }),
    },
    {
      name: "shop",
      state: status.answeredAt === null ? "mind" : "ready",
      text:
        status.answeredAt === null
          ? t("readiness.shopOffline", { count: goods })
          : t("readiness.shopFresh", {
              count: goods,
              age: formats.age(new Date(status.answeredAt).toISOString(), terminal.clock.now()),
            }),
    },
    { name: "staff", state: withPin === 0 ? "missing" : "ready", text: t("readiness.staffPins", { count: withPin }) },
    {
      name: "printer",
      state: printerFault === null ? "ready" : "mind",
      text: printerFault === null ? t("readiness.printerFine") : t(`printer.${printerFault}`),
    },
    {
      name: "copy",
      state: mirrorFault === null ? "ready" : "mind",
      text: mirrorFault === null ? t("readiness.copyFine") : t("readiness.copyFault", { reason: mirrorFault }),
    },
  ];
}

/** A year of sales of a busy till, many times over. */
const SPACE_MIN_BYTES = 200_000_000;

function useFreeSpace(): number | null {
  const [free, setFree] = useState<number | null>(null);
  useEffect(() => {
    void navigator.storage.estimate().then(({ quota, usage }) => {
      if (quota !== undefined) setFree(quota - (usage ?? 0));
    });
  }, []);
  return free;
}

function sizeText(bytes: number, formats: Formats): string {
  const gigabytes = Math.floor(bytes / 100_000_000) / 10;
  return `${formats.number(gigabytes)} GB`;
}
