import { describe, expect, test } from "vitest";
import { z } from "zod";
import { EVENT_DEFINITIONS, type EventDefinition, readBody } from "./event.ts";

test("every version before the newest has the step to the next", () => {
  for (const [type, { version, upcasts = [] }] of Object.entries(EVENT_DEFINITIONS))
    expect(`${type} ${upcasts.length}`).toBe(`${type} ${version - 1}`);
});

describe("an old body", () => {
  const third: EventDefinition<{ greeting: string; to: string }> = {
    version: 3,
    schema: z.object({ greeting: z.string(), to: z.string() }),
    upcasts: [
      (body) => ({ greeting: (body as { text: string }).text }),
      (body) => ({ ...(body as object), to: "everybody" }),
    ],
  };
  const read = (version: number, body: unknown) => readBody(third, { type: "greeted", version, body });

  test("is brought up step by step, from where it is", () => {
    expect(read(1, { text: "hello" })).toEqual({ body: { greeting: "hello", to: "everybody" } });
    expect(read(2, { greeting: "hello" })).toEqual({ body: { greeting: "hello", to: "everybody" } });
    expect(read(3, { greeting: "hello", to: "you" })).toEqual({ body: { greeting: "hello", to: "you" } });
  });

  test("that an upcast cannot read is set aside, and stops nothing", () => {
    expect(read(1, null)).toMatchObject({ code: "invalid_body" });
  });

  test("of a newer version waits for a newer server", () => {
    expect(read(4, {})).toMatchObject({ code: "unsupported_version" });
  });
});
