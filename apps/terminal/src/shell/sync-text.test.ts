import type { Instant } from "@holdfast/domain/kernel/instant";
import type { SyncStatus } from "@holdfast/sync/status";
import { createFormats } from "@holdfast/ui/format";
import { createWords } from "@holdfast/ui/words/i18n";
import { expect, test } from "vitest";
import { en } from "../words/en.ts";
import { syncText } from "./sync-text.ts";

const t = createWords("terminal", { en: { terminal: en } }, ["en"]).getFixedT(null, "terminal");
const formats = createFormats({ locale: "en-GB", timeZone: "UTC" });

function textOf(other: Partial<SyncStatus>): ReturnType<typeof syncText> {
  const status: SyncStatus = {
    reach: "online",
    sending: false,
    unsentCount: 0,
    oldestUnsentAt: null,
    attentionCount: 0,
    answeredAt: 0,
    green: true,
    ...other,
  };
  return syncText(status, { t, formats });
}

const unsent = { unsentCount: 12, oldestUnsentAt: "2026-11-23T14:05:00.000+00:00" as Instant, green: false };

test("says that all is sent only when it is", () => {
  expect(textOf({})).toEqual({ tone: "success", cause: "Online · all sent", stored: null });
});

test.each(["online", "unknown", "unreachable", "not-ours", "server", "signed-out", "update-needed"] as const)(
  "is never green while anything is unsent, whatever the line does: %s",
  (reach) => {
    expect(textOf({ ...unsent, reach }).tone).not.toBe("success");
    expect(textOf({ reach, attentionCount: 1, green: false }).tone).not.toBe("success");
  },
);

test("names the cause first, then what is stored here", () => {
  const { cause, stored } = textOf({ ...unsent, reach: "signed-out" });
  expect(cause).toBe("Signed out of the server: selling continues");
  expect(stored).toBe("12 records stored here, oldest 14:05");
});
