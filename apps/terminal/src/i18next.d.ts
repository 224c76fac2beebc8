import type { uiEn } from "@holdfast/ui/words/ui-en";
import type { en } from "./words/en.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "terminal";
    resources: { ui: typeof uiEn; terminal: typeof en };
  }
}
