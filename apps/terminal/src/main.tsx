import "./styles.css";
import { createWords } from "@holdfast/ui/words/i18n";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./shell/App.tsx";
import { Boot } from "./shell/boot.ts";
import { readSettings } from "./shell/settings.ts";
import { languagesFor } from "./words/languages.ts";

async function main(): Promise<void> {
  const { language } = readSettings();
  const preferred = language === null ? navigator.languages : [language];
  const words = createWords("terminal", await languagesFor(preferred), preferred);
  const boot = new Boot({ words, locale: language ?? navigator.language });
  const root = document.getElementById("root");
  if (root === null) throw new Error("index.html has no #root");
  // The databases answer while the first screen is made.
  const started = boot.start();
  createRoot(root).render(
    <StrictMode>
      <App boot={boot} words={words} />
    </StrictMode>,
  );
  await started;
}

void main();
