import { AppProviders } from "@holdfast/ui/AppProviders.tsx";
import type { i18n } from "i18next";
import { type ReactNode, Suspense } from "react";
import type { Boot, BootState } from "./boot.ts";
import { Copying } from "./Copying.tsx";
import type { Counter } from "./counter.ts";
import { Elsewhere } from "./Elsewhere.tsx";
import { lazily } from "./lazily.ts";
import { Notice } from "./Notice.tsx";
import { Shell } from "./Shell.tsx";
import { CounterContext, useValue } from "./use-counter.ts";

const Wiped = lazily(() => import("./Wiped.tsx"), "Wiped");
const Wiping = lazily(() => import("./Wiping.tsx"), "Wiping");
const Enrol = lazily(() => import("./Enrol.tsx"), "Enrol");

export type AppProps = { readonly boot: Boot; readonly words: i18n };

/** The whole app, as far as it has come. */
export function App({ boot, words }: AppProps): ReactNode {
  const state = useValue(boot.state);
  return (
    <AppProviders words={words} place={{ locale: boot.locale, timeZone: timeZoneOf(state) }}>
      <Suspense fallback={<Notice kind="starting" />}>
        <Stage boot={boot} state={state} />
      </Suspense>
    </AppProviders>
  );
}

function Stage({ boot, state }: { readonly boot: Boot; readonly state: BootState }): ReactNode {
  switch (state.kind) {
    case "starting":
      return <Notice kind="starting" />;
    case "enrolling":
      return <Enrol boot={boot} state={state} />;
    case "elsewhere":
      return <Elsewhere onTakeOver={() => void boot.takeOver()} />;
    case "copying":
      return <Copying terminal={state.terminal} />;
    case "ready":
      return <AtCounter counter={state.counter} />;
    case "wiping":
      return <Wiping />;
    case "wiped":
      return <Wiped device={state.device} />;
    default:
      return <Notice kind="fault" />;
  }
}

function AtCounter({ counter }: { readonly counter: Counter }): ReactNode {
  return (
    <CounterContext value={counter}>
      <Shell />
    </CounterContext>
  );
}

/** Times show as the branch's clocks do, wherever the browser believes to be. */
function timeZoneOf(state: BootState): string {
  if (state.kind === "ready") return state.counter.shop().branch.timeZone;
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
