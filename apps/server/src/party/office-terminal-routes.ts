import type { MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import { MERCHANT_CHANNEL } from "@holdfast/protocol/channel";
import {
  createTerminalRequestSchema,
  enrolmentCodeSchema,
  type OfficeTerminal,
  officeTerminalSchema,
  terminalListSchema,
} from "@holdfast/protocol/office/terminals";
import { uuidOf } from "@holdfast/protocol/primitives";
import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { z } from "zod";
import { inSnapshot, inTransaction, type Tx } from "../db/database.ts";
import { publish } from "../feed/publish.ts";
import { ApiError } from "../http/api-error.ts";
import { mayDo, type OfficeEnv, requireRight } from "../http/office-auth.ts";
import { json, jsonBody, officeRoutes, REFUSALS } from "../http/office-route.ts";
import { isoNow, type ServerContext } from "../http/server-context.ts";
import { missingRecords } from "../sync/missing-records.ts";
import { createEnrolmentCode, createTerminal } from "./enrol.ts";
import { askToWipe, hasBranch, lockedTerminal, officeTerminals, revokeTerminal } from "./office-terminal-queries.ts";

const terminalParams = z.object({ terminal: uuidOf<TerminalId>() });

const listRoute = createRoute({
  method: "get",
  path: "/terminals",
  tags: ["terminals"],
  summary: "Every terminal and how it is",
  middleware: [requireRight("read-terminals")],
  responses: { ...REFUSALS, 200: json(terminalListSchema, "By name.") },
});

const createTerminalRoute = createRoute({
  method: "post",
  path: "/terminals",
  tags: ["terminals"],
  summary: "Add a terminal to a branch",
  middleware: [requireRight("edit-terminals")],
  request: { body: jsonBody(createTerminalRequestSchema) },
  responses: { ...REFUSALS, 201: json(officeTerminalSchema, "The terminal; it waits for a device.") },
});

const codeRoute = createRoute({
  method: "post",
  path: "/terminals/{terminal}/code",
  tags: ["terminals"],
  summary: "Make a code that turns a device into this terminal; an earlier one is void",
  middleware: [requireRight("enrol-terminals")],
  request: { params: terminalParams },
  responses: { ...REFUSALS, 201: json(enrolmentCodeSchema, "The code, shown this once.") },
});

const revokeRoute = createRoute({
  method: "post",
  path: "/terminals/{terminal}/revoke",
  tags: ["terminals"],
  summary: "Take a terminal's access away; what it brings is set aside for a person",
  middleware: [requireRight("edit-terminals")],
  request: { params: terminalParams },
  responses: { ...REFUSALS, 200: json(officeTerminalSchema, "The terminal as it is now.") },
});

const wipeRoute = createRoute({
  method: "post",
  path: "/terminals/{terminal}/wipe",
  tags: ["terminals"],
  summary: "Have a terminal bring what it holds and then destroy its copies, on its next contact",
  middleware: [requireRight("enrol-terminals")],
  request: { params: terminalParams },
  responses: { ...REFUSALS, 200: json(officeTerminalSchema, "The terminal as it is now.") },
});

export function officeTerminalRoutes(context: ServerContext, ports: () => readonly number[]): OpenAPIHono<OfficeEnv> {
  const routes = officeRoutes();
  const now = (): { now: string } => ({ now: isoNow(context) });

  routes.openapi(listRoute, async (c) => {
    const { merchant } = c.get("office");
    return c.json({ terminals: await inSnapshot(context.db, (tx) => terminalsOf(tx, merchant, now())) }, 200);
  });

  routes.openapi(createTerminalRoute, async (c) => {
    const { merchant } = c.get("office");
    const { terminal, branch, name } = c.req.valid("json");
    const made = await inTransaction(context.db, async (tx) => {
      if (!(await hasBranch(tx, merchant, branch))) {
        throw new ApiError("bad_request", "branch: there is no such branch in this shop.", { field: "branch" });
      }
      if ((await lockedTerminal(tx, merchant, terminal)) !== null) {
        throw new ApiError("conflict", "This terminal exists already.", { field: "terminal" });
      }
      await createTerminal(tx, { merchant, terminal, branch, name });
      return await terminalOf(tx, { merchant, terminal }, now());
    });
    return c.json(made, 201);
  });

  routes.openapi(codeRoute, async (c) => {
    const office = c.get("office");
    const key = { merchant: office.merchant, terminal: c.req.valid("param").terminal };
    const held = await inTransaction(context.db, (tx) => lockedTerminal(tx, key.merchant, key.terminal));
    if (held === null) throw unknownTerminal();
    if (held.revoked && !mayDo(office, "edit-terminals")) {
      throw new ApiError("forbidden", "This terminal was revoked: only an owner lets it in again.");
    }
    return c.json({ ...(await createEnrolmentCode(context, key)), ports: [...ports()] }, 201);
  });

  routes.openapi(revokeRoute, async (c) => {
    const { merchant } = c.get("office");
    const { terminal } = c.req.valid("param");
    const revoked = await inTransaction(context.db, async (tx) => {
      if ((await lockedTerminal(tx, merchant, terminal)) === null) throw unknownTerminal();
      const at = isoNow(context);
      await revokeTerminal(tx, { merchant, terminal, at });
      const result = await terminalOf(tx, { merchant, terminal }, now());
      await publish(tx, { merchant, at }, [{ channel: MERCHANT_CHANNEL, kind: "terminal", id: terminal }]);
      return result;
    });
    context.live.changed(merchant, [MERCHANT_CHANNEL]);
    return c.json(revoked, 200);
  });

  routes.openapi(wipeRoute, async (c) => {
    const { merchant } = c.get("office");
    const { terminal } = c.req.valid("param");
    const asked = await inTransaction(context.db, async (tx) => {
      if ((await lockedTerminal(tx, merchant, terminal)) === null) throw unknownTerminal();
      await askToWipe(tx, { merchant, terminal, at: isoNow(context) });
      return await terminalOf(tx, { merchant, terminal }, now());
    });
    return c.json(asked, 200);
  });
  return routes;
}

function unknownTerminal(): ApiError {
  return new ApiError("not_found", "There is no such terminal.");
}

async function terminalsOf(tx: Tx, merchant: MerchantId, at: { now: string }): Promise<OfficeTerminal[]> {
  const missing = await missingRecords(tx, merchant);
  return (await officeTerminals(tx, merchant, at)).map((terminal) => ({
    ...terminal,
    missing: missing.get(terminal.terminal) ?? 0,
  }));
}

async function terminalOf(
  tx: Tx,
  { merchant, terminal }: { readonly merchant: MerchantId; readonly terminal: TerminalId },
  at: { now: string },
): Promise<OfficeTerminal> {
  const found = (await terminalsOf(tx, merchant, at)).find((each) => each.terminal === terminal);
  if (found === undefined) throw unknownTerminal();
  return found;
}
