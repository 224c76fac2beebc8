import { z } from "zod";
import { DEFAULT_KEYS, type KeyAction, keyActions } from "./key-map.ts";

const settingsSchema = z.object({
  sound: z.boolean().default(true),
  printer: z
    .object({
      kind: z.enum(["screen", "usb", "serial", "browser"]),
      language: z.enum(["esc-pos", "star-prnt", "star-line"]),
      columns: z.int().min(20).max(80),
    })
    .default({ kind: "screen", language: "esc-pos", columns: 42 }),
  scale: z.enum(["screen", "serial"]).default("screen"),
  /** What is rung up counts nowhere. */
  training: z.boolean().default(false),
  lockAfterMinutes: z.int().min(1).max(240).default(5),
  keys: z.partialRecord(z.enum(keyActions), z.string().min(1).max(20)).default({}),
  /** Of the words and figures; that of the browser where it is not said. */
  language: z.enum(["en", "ar"]).nullable().default(null),
});

/** How this device is set up. Nothing here is of a person, and nothing is lost with it. */
export type Settings = z.infer<typeof settingsSchema>;

const KEY = "holdfast.settings";

export function readSettings(): Settings {
  let stored: unknown = {};
  try {
    stored = JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    stored = {};
  }
  const read = settingsSchema.safeParse(stored);
  return read.success ? read.data : settingsSchema.parse({});
}

export function writeSettings(settings: Settings): void {
  localStorage.setItem(KEY, JSON.stringify(settings));
}

/** The key of each action as this till has it. */
export function keysOf({ keys }: Settings): Record<KeyAction, string> {
  const all = { ...DEFAULT_KEYS };
  for (const action of keyActions) all[action] = keys[action] ?? all[action];
  return all;
}
