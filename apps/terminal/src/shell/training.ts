import type { StaffId } from "@holdfast/domain/staff/staff";
import type { Approvals } from "../staff/approvals.ts";
import type { OwnTill } from "../till/own-till.ts";
import type { Settings } from "./settings.ts";
import type { Terminal } from "./terminal.ts";
import { createValue, type Value } from "./value.ts";

export type TrainingPorts = {
  readonly terminal: Terminal;
  readonly settings: Value<Settings>;
  readonly approvals: Approvals;
  readonly till: OwnTill;
  readonly by: () => StaffId | null;
  /** Goods in the cart: it is one or the other, never both. */
  readonly hasCart: () => boolean;
};

export type Training = {
  readonly isOn: Value<boolean>;
  /** Resolves once the switch is on the disk, or it was not allowed. */
  readonly toggle: () => Promise<void>;
};

/** Everything works and nothing counts. It outlives a restart, so that nobody sells for real by a reload. */
export function openTraining({ terminal, settings, approvals, till, by, hasCart }: TrainingPorts): Training {
  const isOn = createValue(settings.get().training);
  const { log, newId, identity } = terminal;
  return {
    isOn,
    toggle: async () => {
      const staff = by();
      if (hasCart() || staff === null) return;
      const permit = await approvals.permit({ action: "training", sale: null, amount: null });
      if (!permit.ok || hasCart()) return;
      const on = !isOn.get();
      const approved = permit.approval === undefined ? {} : { approval: permit.approval };
      const body = { branch: identity.branch, shift: till.shiftId, by: staff, on, ...approved };
      await log.append({
        build: () => ({ events: [{ event: newId(), type: "training-switched", body }], value: null }),
      });
      settings.set({ ...settings.get(), training: on });
      isOn.set(on);
    },
  };
}
