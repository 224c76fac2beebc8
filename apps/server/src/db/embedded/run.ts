import { spawn } from "node:child_process";

/** Who a program runs as; undefined is the user that runs this process. */
export type RunAs = { readonly uid: number; readonly gid: number } | undefined;

type Finished = { readonly code: number; readonly output: string };

export type RunOptions = { readonly as?: RunAs; readonly input?: string };

/** Runs a program to its end, in a folder and an environment that depend on nothing around us. */
export function run(program: string, args: readonly string[], { as, input }: RunOptions = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...surroundings(as), stdio: ["pipe", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      output += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
    child.stdin.on("error", () => undefined); // a program that ends without reading is judged by its exit code
    child.stdin.end(input);
  });
}

/** PG* variables of the caller must not steer the server, and its folder may be closed to the server's user. */
export function surroundings(as: RunAs) {
  return { cwd: "/", env: { LC_ALL: "C", TZ: "UTC", PATH: "/usr/sbin:/usr/bin:/sbin:/bin" }, ...as };
}
