import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Every branch of every rule is reached by a test that says what the rule does.
    coverage: {
      provider: "v8",
      include: ["packages/domain/src/**/*.ts"],
      exclude: ["**/testing/**", "**/*.test.ts"],
      reporter: ["text", "json-summary"],
      reportsDirectory: ".cache/coverage",
      reportOnFailure: true,
      skipFull: true,
    },
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
