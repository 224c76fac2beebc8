import { createInstance, type i18n, type ResourceKey } from "i18next";
import { initReactI18next } from "react-i18next";
import { uiEn } from "./ui-en.ts";

/** A language's words by namespace: each app brings its own beside `ui`. */
export type AppWords = Readonly<Record<string, ResourceKey>>;

/**
 * Makes the app's words ready at once: they are part of the build, so nothing is fetched and nothing can be missing offline.
 * @param languages words by language code; English is always there and stands in for what another lacks
 */
export function createWords(
  namespace: string,
  languages: Readonly<Record<string, AppWords>>,
  preferred: readonly string[],
): i18n {
  const resources = Object.fromEntries(
    Object.entries(languages).map(([language, words]) => [language, { ui: uiEn, ...words }]),
  );
  const words = createInstance();
  void words.use(initReactI18next).init({
    resources,
    lng: preferred.map((code) => code.split("-")[0] ?? code).find((code) => code in languages) ?? "en",
    fallbackLng: "en",
    ns: ["ui", namespace],
    defaultNS: namespace,
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return words;
}
