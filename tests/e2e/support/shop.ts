import { enrolmentCodeSchema, terminalListSchema } from "@holdfast/protocol/office/terminals";
import { test as base, expect } from "@playwright/test";
import { signInOffice } from "../../../apps/server/src/testing/office-client.ts";
import { bookedSales, expectPaperInBooks } from "./books.ts";
import { FaultProxy } from "./fault-proxy.ts";
import { firstPrints } from "./paper.ts";
import { ServerProcess } from "./server-process.ts";
import { Till } from "./till.ts";

export type TillOptions = {
  /** Which of the shop's terminals. */
  readonly index?: number;
  /** Puts a line between till and server that can fail. */
  readonly line?: FaultProxy;
  readonly profile?: string;
  readonly args?: readonly string[];
};

/** A shop on one evening: its server, its tills, and the line between them. */
export type Shop = {
  readonly server: ServerProcess;
  readonly line: (index?: number) => Promise<FaultProxy>;
  readonly till: (options?: TillOptions) => Promise<Till>;
  /** A new code for the terminal that was set up first, made in the back office. */
  readonly newCode: () => Promise<string>;
  /** Everything heals; then each paper is exactly one sale in the books. */
  readonly settle: () => Promise<void>;
  /** Each paper is exactly one sale in the books, whatever has become of its till. */
  readonly inBooks: () => Promise<void>;
};

export const test = base.extend<{ shop: Shop }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are asked for from this pattern
  shop: async ({}, use) => {
    const server = await ServerProcess.start();
    const tills: Till[] = [];
    const lines: FaultProxy[] = [];
    const arrived = async (): Promise<void> => {
      const papers = tills.flatMap(firstPrints);
      await expect
        .poll(async () => (await bookedSales(server.database.ownerUrl)).length, { timeout: 60_000 })
        .toBe(papers.length);
    };
    const shop: Shop = {
      server,
      line: async (index = 0) => {
        const line = await FaultProxy.start(server.terminalUrl(index));
        lines.push(line);
        return line;
      },
      till: async ({ index = 0, line, ...options } = {}) => {
        const till = await Till.unbox(line?.url ?? server.terminalUrl(index), server.enrolmentCode(index), options);
        tills.push(till);
        return till;
      },
      newCode: async () => {
        const office = await signInOffice(server.officeUrl);
        const { terminals } = await office.get("/terminals", terminalListSchema);
        const terminal = terminals.find(({ enrolledAt }) => enrolledAt !== null);
        const { body } = await office.send("POST", `/terminals/${terminal?.terminal}/code`);
        return enrolmentCodeSchema.parse(body).code;
      },
      settle: async () => {
        await arrived();
        for (const till of tills) await till.expectAllSent();
        await shop.inBooks();
      },
      inBooks: async () => {
        await arrived();
        await expectPaperInBooks(server.database.ownerUrl, tills.flatMap(firstPrints));
      },
    };
    try {
      await use(shop);
      for (const till of tills) {
        expect(till.watch.lies, "the status line told the truth").toEqual([]);
        expect(till.watch.looks, "somebody watched the status line").toBeGreaterThan(0);
      }
      expect(
        lines.flatMap((line) => line.unfired()),
        "every fault happened",
      ).toEqual([]);
    } finally {
      await Promise.all(tills.map((till) => till.dispose()));
      await Promise.all(lines.map((line) => line.stop()));
      await server.dispose();
    }
  },
});

export { expect };
