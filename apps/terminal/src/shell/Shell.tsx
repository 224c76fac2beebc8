import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { Button, Loader } from "@mantine/core";
import { type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { PaidScreen } from "../screens/paid/PaidScreen.tsx";
import { PayScreen } from "../screens/pay/PayScreen.tsx";
import { SellScreen } from "../screens/sell/SellScreen.tsx";
import { Header } from "./Header.tsx";
import { Lock } from "./Lock.tsx";
import { lazily } from "./lazily.ts";
import { ModeBar } from "./ModeBar.tsx";
import { NewsBar } from "./NewsBar.tsx";
import { ScreenBoundary } from "./ScreenBoundary.tsx";
import classes from "./Shell.module.css";
import { SCREENS } from "./screens.ts";
import { UnprintedBar } from "./UnprintedBar.tsx";
import { useCounter, useKeyLayer, usePerson, useValue } from "./use-counter.ts";

const ApprovalDialog = lazily(() => import("./ApprovalDialog.tsx"), "ApprovalDialog");
const PrintSheet = lazily(() => import("./PrintSheet.tsx"), "PrintSheet");
const KeySheet = lazily(() => import("./KeySheet.tsx"), "KeySheet");

/** What stands around every screen. Whoever is not logged in sees the lock, and nothing of the cart. */
export function Shell(): ReactNode {
  const { desk, place, session, shop } = useCounter();
  const person = usePerson();
  const [isHelping, setHelping] = useState(false);
  useKeyLayer("shell", {
    actions: {
      lock: () => session.lock(),
      back: () => place.set({ screen: "sell" }),
      help: () => setHelping(true),
    },
    onScan: (text) => {
      // Quick fingers, or a machine that types words: no code is made of letters alone, unless the shop has it.
      if (!/\d/.test(text) && shop().catalogue.byCode(text).length === 0) return false;
      place.set({ screen: "sell" });
      desk.scan(text);
      return true;
    },
  });
  if (person === null) return <Lock />;
  return (
    <div className={classes.shell}>
      <Header person={person} onHelp={() => setHelping(true)} />
      <ModeBar />
      <UnprintedBar />
      <main className={classes.main}>
        <ScreenBoundary fallback={<Broken />}>
          <Suspense fallback={<Loader className={classes.wait ?? ""} />}>
            <CurrentScreen />
          </Suspense>
        </ScreenBoundary>
      </main>
      <NewsBar />
      <Suspense>
        <ApprovalDialog />
        <PrintSheet />
        {isHelping ? <KeySheet onClose={() => setHelping(false)} /> : null}
      </Suspense>
    </div>
  );
}

function CurrentScreen(): ReactNode {
  const { desk, place, till } = useCounter();
  const { screen } = useValue(place);
  const { kind } = useValue(desk.state);
  const { shift } = useValue(till.state);
  if (screen !== "sell") {
    const { Screen } = SCREENS[screen];
    return <Screen />;
  }
  // Money is taken only in an open shift; what was just paid is still shown.
  if (shift?.kind !== "open" && kind !== "paid") return <SCREENS.shift.Screen />;
  if (kind === "selling") return <SellScreen />;
  return kind === "paid" ? <PaidScreen /> : <PayScreen />;
}

function Broken(): ReactNode {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon="alert"
      title={t("app.screenFault")}
      text={t("app.screenFaultText")}
      action={
        <Button size="touch" onClick={() => location.reload()}>
          {t("app.reload")}
        </Button>
      }
    />
  );
}
