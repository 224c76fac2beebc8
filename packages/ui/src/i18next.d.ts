import type { uiEn } from "./words/ui-en.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "ui";
    resources: { ui: typeof uiEn };
  }
}
