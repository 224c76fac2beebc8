import type { AppWords } from "@holdfast/ui/words/i18n";
import { en } from "./en.ts";

/** Words beside English, each fetched by whoever reads it. They are part of the app that is stored on the device. */
const OTHERS: Readonly<Record<string, () => Promise<AppWords>>> = {
  ar: async () => (await import("./ar.ts")).arabic,
};

/** The words that the preferred languages ask for: the first that we have, and English for what it lacks. */
export async function languagesFor(preferred: readonly string[]): Promise<Record<string, AppWords>> {
  const english = { en: { terminal: en } };
  for (const code of preferred) {
    const [language = ""] = code.split("-");
    if (language === "en") return english;
    const load = OTHERS[language];
    if (load !== undefined) return { ...english, [language]: await load() };
  }
  return english;
}
