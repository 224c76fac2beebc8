import type pg from "pg";

/** What a restored server makes anew: signed-in people, and copies that carry the old origin. */
const LEFT_OUT = ["office_session", "snapshot", "chunk", "readiness", "kysely_migration", "kysely_migration_lock"];

export type TableName = string;

/** Every table that is kept, each after those that it points to. */
export async function tablesInOrder(client: pg.ClientBase): Promise<readonly TableName[]> {
  const tables = await client.query<{ name: string }>({
    text: `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> ALL ($1) ORDER BY c.relname`,
    values: [LEFT_OUT],
  });
  const links = await client.query<{ child: string; parent: string }>(`
    SELECT DISTINCT a.relname AS child, b.relname AS parent FROM pg_constraint k
    JOIN pg_class a ON a.oid = k.conrelid JOIN pg_class b ON b.oid = k.confrelid
    WHERE k.contype = 'f' AND a.oid <> b.oid`);
  return sorted(
    tables.rows.map(({ name }) => name),
    links.rows,
  );
}

function sorted(
  names: readonly string[],
  links: readonly { readonly child: string; readonly parent: string }[],
): string[] {
  const left = new Set(names);
  const order: string[] = [];
  while (left.size > 0) {
    const ready = [...left].filter((name) => !links.some(({ child, parent }) => child === name && left.has(parent)));
    if (ready.length === 0) throw new Error(`tables point to each other in a circle: ${[...left].join(", ")}`);
    for (const name of ready) {
      left.delete(name);
      order.push(name);
    }
  }
  return order;
}

export async function columnsOf(client: pg.ClientBase, table: TableName): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>({
    text: `SELECT attname AS name FROM pg_attribute
           WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    values: [`public.${table}`],
  });
  return rows.map(({ name }) => name);
}

export async function migrationsOf(client: pg.ClientBase): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>("SELECT name FROM kysely_migration ORDER BY name");
  return rows.map(({ name }) => name);
}

/** Names come from the catalogue tables or a checked file, and are quoted all the same. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
