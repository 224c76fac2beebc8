import "./styles.css";
import { AppProviders } from "@holdfast/ui/AppProviders.tsx";
import { createWords } from "@holdfast/ui/words/i18n";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createApi } from "./api/api.ts";
import { createQueryClient } from "./api/query-client.ts";
import { Reach } from "./api/reach.ts";
import { ApiContext } from "./api/use-api.ts";
import { Gate } from "./shell/Gate.tsx";
import { router } from "./shell/router.tsx";
import { en } from "./words/en.ts";

const words = createWords("backoffice", { en: { backoffice: en } }, navigator.languages);
const place = { locale: navigator.language, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
const api = createApi(new Reach(), (...request) => fetch(...request));

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <AppProviders words={words} place={place}>
      <ApiContext value={api}>
        <QueryClientProvider client={createQueryClient()}>
          <Gate>
            <RouterProvider router={router} />
          </Gate>
        </QueryClientProvider>
      </ApiContext>
    </AppProviders>
  </StrictMode>,
);
