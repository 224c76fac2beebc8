import type { CustomerId } from "@holdfast/domain/party/merchant";
import { customerChannel } from "@holdfast/protocol/channel";
import type { VariantDocument } from "@holdfast/protocol/documents";
import { afterAll, beforeAll, expect, test } from "vitest";
import { saveVariants, type VariantFacts } from "../catalog/write-catalog.ts";
import { inTransaction } from "../db/database.ts";
import { isoNow } from "../http/server-context.ts";
import { type CustomerFacts, saveCustomer } from "../party/write-customer.ts";
import { enrolHeadless } from "../testing/headless-terminal.ts";
import { addManyVariants } from "../testing/many-variants.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { publish } from "./publish.ts";

const COUNT = 6_000;
let server: TestServer;
let variants: VariantFacts[];

beforeAll(async () => {
  server = await startTestServer();
  variants = await addManyVariants(server, COUNT);
});

afterAll(async () => {
  await server?.stop();
});

async function rename(variant: VariantFacts, name: string): Promise<void> {
  await inTransaction(server.context.db, async (tx) => {
    const touched = await saveVariants(tx, server.merchant, [{ ...variant, name }]);
    await publish(tx, { merchant: server.merchant, at: isoNow(server.context) }, touched);
  });
  server.context.live.changed(server.merchant, ["m"]);
}

test("a new terminal starts from the snapshot, and what changes afterwards lies over it", async () => {
  const asked: string[] = [];
  const counting: typeof fetch = (input, init) => {
    asked.push(new URL(String(input)).pathname.split("/")[2] ?? "");
    return fetch(input, init);
  };
  const terminal = await enrolHeadless({
    baseUrl: server.baseUrl,
    enrolmentCode: await server.codeFor(0),
    fetch: counting,
  });
  terminal.loop.wake();
  await terminal.settled();
  expect([...terminal.replica.all("m", "variant")].length).toBeGreaterThanOrEqual(COUNT);
  expect(asked.filter((path) => path === "chunk").length).toBeGreaterThan(1);
  expect(asked.filter((path) => path === "feed").length).toBeLessThan(6);

  const [first] = variants;
  if (first === undefined) throw new Error("there are variants");
  await rename(first, "Renamed while the terminal was on");
  await expect
    .poll(() => terminal.replica.get("m", "variant", first.variant)?.body, { timeout: 5_000 })
    .toMatchObject({ name: "Renamed while the terminal was on" } satisfies Partial<VariantDocument>);
  terminal.loop.stop();
});

test("an interrupted start goes on where it was: no chunk is fetched twice", async () => {
  const fetched: string[] = [];
  let broken = true;
  const breaking: typeof fetch = async (input, init) => {
    const { pathname } = new URL(String(input));
    if (pathname.startsWith("/v1/chunk/")) {
      if (broken && fetched.length >= 2) throw new TypeError("the network is cut");
      fetched.push(pathname);
    }
    return await fetch(input, init);
  };
  const terminal = await enrolHeadless({
    baseUrl: server.baseUrl,
    enrolmentCode: await server.codeFor(1),
    fetch: breaking,
  });
  terminal.loop.wake();
  await expect.poll(() => terminal.loop.reach.kind, { timeout: 5_000 }).toBe("unreachable");
  broken = false;
  terminal.loop.wake();
  await terminal.settled();
  expect(new Set(fetched).size).toBe(fetched.length);
  expect([...terminal.replica.all("m", "variant")].length).toBeGreaterThanOrEqual(COUNT);
  terminal.loop.stop();
});

// INV-08: at the head, the copy equals its source.
test("the copy has the same documents at the same revisions as the server", async () => {
  const terminal = await enrolHeadless({ baseUrl: server.baseUrl, enrolmentCode: await server.codeFor(2) });
  terminal.loop.wake();
  await terminal.settled();
  const reply = await terminal.wire.pull({
    channels: terminal.identity.channels.map((channel) => ({ channel, cursor: terminal.replica.cursorOf(channel) })),
    check: true,
  });
  for (const [channel, page] of Object.entries(reply.channels)) {
    expect(page.check, channel).toBeDefined();
    if (page.check !== undefined) expect(terminal.replica.agrees(channel, page.check), channel).toBe(true);
  }
  terminal.loop.stop();
});

test("people come by pages however many they are: a chunk would lie on a terminal's disk and in its browser's cache as it came", async () => {
  const { context, merchant } = server;
  const [size, at] = [2_001, isoNow(context)];
  const stranger: Omit<CustomerFacts, "customer"> = {
    ...{ edition: 1, name: "Stranger", email: "", phone: "", address: "", taxId: "", note: "", groups: [] },
    ...{ priceList: null, taxExemption: null, creditLimit: null },
  };
  await inTransaction(context.db, async (tx) => {
    const touched = [];
    for (let count = 0; count < size; count += 1) {
      const customer = context.newId() as CustomerId;
      touched.push(...(await saveCustomer(tx, { merchant, at }, { ...stranger, customer })));
    }
    await publish(tx, { merchant, at }, touched);
  });
  const terminal = await enrolHeadless({ baseUrl: server.baseUrl, enrolmentCode: await server.codeFor(0) });
  expect(await terminal.wire.manifest(customerChannel("all"))).toBeNull();
  terminal.loop.wake();
  await terminal.settled();
  expect([...terminal.replica.all(customerChannel("all"), "customer")]).toHaveLength(size);
  terminal.loop.stop();
});
