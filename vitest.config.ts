import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["{packages,apps,tests,scripts,bench}/**/*.test.ts"],
          exclude: ["**/node_modules/**", "**/*.prop.test.ts", "**/*.db.test.ts", "tests/simulator/**"],
        },
      },
      { test: { name: "property", include: ["{packages,apps}/**/*.prop.test.ts"], testTimeout: 60_000 } },
      {
        test: {
          name: "database",
          include: ["apps/**/*.db.test.ts"],
          globalSetup: ["apps/server/src/testing/database-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: "simulator", include: ["tests/simulator/**/*.test.ts"], testTimeout: 600_000 } },
    ],
  },
});
