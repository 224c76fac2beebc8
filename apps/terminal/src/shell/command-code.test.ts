import { expect, test } from "vitest";
import { commandCode, commandOf, commands } from "./command-code.ts";

test("each command is read from its own code, however the scanner writes letters", () => {
  for (const command of commands) {
    expect(commandOf(commandCode(command))).toBe(command);
    expect(commandOf(`${commandCode(command).toLowerCase()}\n`)).toBe(command);
  }
});

test("what is no command is left to the catalogue", () => {
  for (const text of ["HOLDFAST-", "HOLDFAST-OPEN", "PAY", "5901234123457", ""]) expect(commandOf(text)).toBeNull();
});
