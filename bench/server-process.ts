import { pino } from "pino";
import { serve } from "../apps/server/src/serve.ts";

/** The server in a process of its own, as it runs in a shop; it ends with whoever started it. */
const [appUrl = "", siteDir = ""] = process.argv.slice(2);
const log = pino({ level: "warn" });
const serving = await serve({ appUrl, host: "127.0.0.1", ports: [0, 0], siteDir, log });
const [office, terminal] = serving.ports;
process.send?.({ office, terminal });
process.once("disconnect", () => void serving.stop());
