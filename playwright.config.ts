import { defineConfig } from "@playwright/test";
import { findChromium } from "./scripts/chromium.ts";

const isRoot = process.getuid?.() === 0;
const executablePath = findChromium();

/** The system's Chromium, kept from talking to anyone but us. */
const args = [
  ...["--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
  ...(isRoot ? ["--no-sandbox"] : []),
];

export default defineConfig({
  testDir: "tests/e2e",
  testMatch: process.env.HOLDFAST_JOURNEYS ?? "**/*.e2e.ts",
  globalSetup: "./tests/e2e/support/database-cluster.config.ts",
  outputDir: ".cache/playwright",
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 600_000,
  // Slow machines answer late; they do not answer wrongly.
  expect: { timeout: 60_000 },
  use: {
    launchOptions: { args, ...(executablePath !== undefined && { executablePath }) },
    trace: { mode: "retain-on-failure", snapshots: false, screenshots: false },
  },
});
