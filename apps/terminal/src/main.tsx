import "./styles.css";
import { createWords } from "@holdfast/ui/words/i18n";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./shell/App.tsx";
import { Boot } from "./shell/boot.ts";
import { en } from "./words/en.ts";

const words = createWords("terminal", { en: { terminal: en } }, navigator.languages);
const boot = new Boot({ words, locale: navigator.language });

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <App boot={boot} words={words} />
  </StrictMode>,
);
void boot.start();
