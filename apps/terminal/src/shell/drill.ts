import { createValue, type Value } from "./value.ts";

/** The app's own line, which an owner may cut to see that a sale goes through without it. */
export type Drill = {
  readonly isOn: Value<boolean>;
  readonly set: (on: boolean) => void;
  readonly fetch: typeof fetch;
};

/** Nothing else on the device notices: only what this app asks for fails, as if the cable were out. */
export function createDrill(network: typeof fetch): Drill {
  const isOn = createValue(false);
  let line = new AbortController();
  return {
    isOn,
    set: (on) => {
      if (on === isOn.get()) return;
      // What is open goes down with the line, the live stream first of all.
      if (on) line.abort(new TypeError("the outage drill has cut the line"));
      else line = new AbortController();
      isOn.set(on);
    },
    fetch: (input, init) => {
      const own = init?.signal;
      const signal = own == null ? line.signal : AbortSignal.any([own, line.signal]);
      return network(input, { ...init, signal });
    },
  };
}
