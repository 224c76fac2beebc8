import { createValue, type Value } from "./value.ts";
import type { WorkerMessage } from "./worker-messages.ts";

/** Where this app's own copy on the device stands. */
export type ShellState =
  /** This browser keeps no app, as in a private window of some. */
  | { readonly kind: "unsupported" }
  /** Not stored yet: a cold start would need the network. */
  | { readonly kind: "storing" }
  | { readonly kind: "stored" }
  /** Stored, and a newer build waits for a safe moment. */
  | { readonly kind: "update-waiting" };

export type Updates = {
  readonly state: Value<ShellState>;
  /** A person says that now is a good time. */
  readonly activate: () => void;
  /** The till has come as far as selling: this build works. */
  readonly noteStarted: () => void;
};

export type UpdateOptions = {
  readonly build: string;
  /** No cart, no payment, nothing being written, nobody at the till for a while. */
  readonly isSafe: () => boolean;
};

const LOOK_EVERY_MS = 3_600_000;
const SAFE_LOOK_MS = 5_000;

/** Stores the app on the device, looks for newer builds, and lets one take over only when nobody is in the middle of anything. */
export function watchUpdates({ build, isSafe }: UpdateOptions): Updates {
  const state = createValue<ShellState>({ kind: "storing" });
  let registration: ServiceWorkerRegistration | null = null;
  let activating = false;
  const say = (worker: ServiceWorker | null | undefined, message: WorkerMessage): void => worker?.postMessage(message);
  const activate = (): void => {
    if (registration?.waiting == null || activating) return;
    activating = true;
    say(registration.waiting, { v: 1, kind: "activate" });
  };
  const look = (): void => {
    if (registration?.waiting != null && registration.active !== null) state.set({ kind: "update-waiting" });
    else if (registration?.active != null) state.set({ kind: "stored" });
  };
  const noteStarted = (): void => {
    void navigator.serviceWorker?.ready.then(({ active }) => say(active, { v: 1, kind: "started", build }));
  };
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) {
    state.set({ kind: "unsupported" });
    return { state, activate, noteStarted };
  }
  // Only the window that asked for the update starts anew; another goes on with the files it has.
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (activating) location.reload();
  });
  setInterval(() => {
    if (state.get().kind === "update-waiting" && isSafe()) activate();
  }, SAFE_LOOK_MS);
  void register(look).then((registered) => {
    registration = registered;
    if (registered === null) state.set({ kind: "unsupported" });
    else look();
  });
  return { state, activate, noteStarted };
}

async function register(look: () => void): Promise<ServiceWorkerRegistration | null> {
  try {
    const registration = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
    const follow = (worker: ServiceWorker | null): void => worker?.addEventListener("statechange", look);
    follow(registration.installing);
    registration.addEventListener("updatefound", () => follow(registration.installing));
    const update = (): void => {
      // No network, or no worker to be had from it: the one that is here goes on.
      registration.update().catch(() => undefined);
    };
    setInterval(update, LOOK_EVERY_MS);
    window.addEventListener("online", update);
    return registration;
  } catch {
    return null;
  }
}
