import { setup } from "../../../apps/server/src/testing/database-setup.ts";

/** One PostgreSQL for all journeys; each server under test gets a database of its own on it. */
export default setup;
