import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export type Started = { readonly ports: Readonly<Record<string, number>>; readonly stop: () => Promise<void> };

/** A process of the bench's own, which tells its ports when it listens, and ends with this one. */
export async function startProcess(
  file: string,
  { args = [], flags = [] }: { readonly args?: readonly string[]; readonly flags?: readonly string[] } = {},
): Promise<Started> {
  const child = spawn(process.execPath, [...flags, join(import.meta.dirname, "..", file), ...args], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const [ports] = (await once(child, "message")) as [Started["ports"]];
  return {
    ports,
    stop: async () => {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}
