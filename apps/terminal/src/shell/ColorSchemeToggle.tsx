import { Icon } from "@holdfast/ui/Icon.tsx";
import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

export function ColorSchemeToggle(): ReactNode {
  const { t } = useTranslation();
  // Pausing transitions would write a style element, which our content security policy forbids.
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const isDark = useComputedColorScheme("light") === "dark";
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="touch"
      aria-label={isDark ? t("app.toLight") : t("app.toDark")}
      onClick={() => setColorScheme(isDark ? "light" : "dark")}
    >
      <Icon name={isDark ? "sun" : "moon"} />
    </ActionIcon>
  );
}
