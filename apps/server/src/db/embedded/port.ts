import { createServer } from "node:net";
import { DatabaseStartFailure } from "./failure.ts";

const LOOPBACK = "127.0.0.1";

/** That port if it can be had; without one, any free port. */
export function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", (error: NodeJS.ErrnoException) => reject(unavailable(wanted, error)));
    probe.listen(wanted, LOOPBACK, () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : wanted;
      probe.close(() => resolve(port));
    });
  });
}

function unavailable(port: number, error: NodeJS.ErrnoException): Error {
  switch (error.code) {
    case "EADDRINUSE":
      return new DatabaseStartFailure(
        `Port ${port} for the database is in use by another program: choose another one.`,
      );
    case "EACCES":
      return new DatabaseStartFailure(`Port ${port} for the database needs rights that this user does not have.`);
    default:
      return error;
  }
}
