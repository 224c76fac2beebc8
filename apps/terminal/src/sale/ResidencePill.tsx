import { StatusPill, type Tone } from "@holdfast/ui/StatusPill.tsx";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Residence } from "./residence.ts";

const TONES: Readonly<Record<Residence, Tone>> = {
  terminal: "offline",
  "head-office": "success",
  "needs-look": "warn",
};

export function ResidencePill({ residence }: { readonly residence: Residence }): ReactNode {
  const { t } = useTranslation();
  return <StatusPill tone={TONES[residence]}>{t(`residence.${residence}`)}</StatusPill>;
}
