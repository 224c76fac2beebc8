import { execFileSync } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";

vi.setConfig({ testTimeout: 60_000 }); // a busy machine is not a failure

const isRoot = process.getuid?.() === 0;

/** A machine whose only programs are those given. */
async function machine(programs: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "holdfast-chromium-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(folder, name), 0o755);
  }
  return folder;
}

function need(folder: string, env: Readonly<Record<string, string>> = {}): unknown {
  const script = `import { needChromium } from "${join(import.meta.dirname, "chromium.ts")}"; console.log(JSON.stringify(needChromium()));`;
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
    env: { PATH: folder, ...env },
  });
  return JSON.parse(output.toString());
}

const APT = `echo "$*" >> "\${0%/*}/calls"`;
const APT_THAT_INSTALLS = `${APT}; case "$1" in install) cd "\${0%/*}"; echo > chromium; /bin/chmod +x chromium;; esac`;

test("the Chromium of the system is used", async () => {
  const folder = await machine({ chromium: "", "apt-get": APT });
  expect(need(folder)).toEqual({ path: join(folder, "chromium") });
});

test("CHROMIUM names another one", async () => {
  expect(need(await machine({ chromium: "" }), { CHROMIUM: "elsewhere/chrome" })).toEqual({ path: "elsewhere/chrome" });
});

test("where there is no package manager that we know, a person is asked", async () => {
  expect(need(await machine({}))).toEqual({ missing: expect.stringContaining("install it, or name it") });
});

test.runIf(isRoot)("root installs it", async () => {
  const folder = await machine({ "apt-get": APT_THAT_INSTALLS });
  expect(need(folder)).toEqual({ path: join(folder, "chromium") });
  const calls = (await readFile(join(folder, "calls"), "utf8"))
    .split("\n")
    .filter((call) => call && call !== "--version");
  expect(calls).toEqual(["update", "install -y --no-install-recommends chromium"]);
});

test("the line to type is said by who may not install, or could not", async () => {
  const folder = await machine({ "apt-get": `${APT}; echo no luck` });
  const line = "apt-get install -y --no-install-recommends chromium";
  expect(need(folder)).toEqual({ missing: expect.stringContaining(isRoot ? `no luck\n\n` : `sudo ${line}`) });
  expect(need(folder)).toEqual({ missing: expect.stringContaining(line) });
});
