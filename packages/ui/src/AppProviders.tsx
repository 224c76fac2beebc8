import { DirectionProvider, localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import type { i18n } from "i18next";
import { type ReactNode, useLayoutEffect, useMemo } from "react";
import { I18nextProvider } from "react-i18next";
import { createFormats, type FormatPlace } from "./format.ts";
import { theme } from "./theme.ts";
import { FormatsContext } from "./use-formats.ts";

export type AppProvidersProps = {
  readonly words: i18n;
  readonly place: FormatPlace;
  readonly children: ReactNode;
};

const colorSchemes = localStorageColorSchemeManager({ key: "holdfast.color-scheme" });

/**
 * Theme, words, formats and direction for a whole app. Mantine writes no style element here: its variables are in
 * `theme.css`, since our content security policy lets no style in that is not a file of ours.
 */
export function AppProviders({ words, place: { locale, timeZone }, children }: AppProvidersProps): ReactNode {
  const formats = useMemo(() => createFormats({ locale, timeZone }), [locale, timeZone]);
  useLayoutEffect(() => {
    const page = document.documentElement;
    page.lang = words.resolvedLanguage ?? "en";
    // A page that says its direction keeps it.
    if (page.dir === "") page.dir = words.dir();
  }, [words]);
  return (
    <I18nextProvider i18n={words}>
      <DirectionProvider>
        <MantineProvider
          theme={theme}
          defaultColorScheme="auto"
          colorSchemeManager={colorSchemes}
          withCssVariables={false}
          withGlobalClasses={false}
        >
          <FormatsContext value={formats}>{children}</FormatsContext>
        </MantineProvider>
      </DirectionProvider>
    </I18nextProvider>
  );
}
