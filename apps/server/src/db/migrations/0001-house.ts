import { type Kysely, sql } from "kysely";

/**
 * The first schema. Rules held throughout: every key starts with the merchant (INV-14), ids come from clients, no sequence and no
 * trigger, money as bigint in minor units, invariants as named constraints. Tables that take in every sale have no foreign
 * keys: what they point to is written in the same transaction by the same code, the checks would cost more than the rows,
 * and tests and benchmarks look for what points nowhere.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...PLACES, ...CATALOG, ...LOG, ...SALES, ...STOCK, ...LEDGER, ...FEED, ...OFFICE]) {
    await sql.raw(statement).execute(db);
  }
}

const PLACES = [
  `CREATE TABLE merchant (
    merchant uuid PRIMARY KEY,
    slug text NOT NULL,
    name text NOT NULL,
    tax_number text NOT NULL DEFAULT '',
    country text NOT NULL,
    currency text NOT NULL,
    exponent smallint NOT NULL,
    tax_rounding text NOT NULL CHECK (tax_rounding IN ('line', 'document')),
    origin text NOT NULL
  )`,
  `CREATE TABLE branch (
    merchant uuid NOT NULL REFERENCES merchant,
    branch uuid NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    time_zone text NOT NULL,
    day_change_hour smallint NOT NULL CHECK (day_change_hour BETWEEN 0 AND 23),
    price_list uuid NOT NULL,
    settings jsonb NOT NULL,
    PRIMARY KEY (merchant, branch),
    UNIQUE (merchant, code)
  )`,
  `CREATE TABLE terminal (
    merchant uuid NOT NULL,
    terminal uuid NOT NULL,
    branch uuid NOT NULL,
    name text NOT NULL,
    series text NOT NULL,
    token_hash bytea,
    public_keys jsonb NOT NULL DEFAULT '[]',
    build text NOT NULL DEFAULT '',
    persisted boolean,
    enrolled_at timestamptz,
    revoked_at timestamptz,
    last_seen_at timestamptz,
    clock_skew_ms bigint,
    PRIMARY KEY (merchant, terminal),
    CONSTRAINT inv_17_series_is_one_terminals UNIQUE (merchant, series),
    FOREIGN KEY (merchant, branch) REFERENCES branch
  )`,
  `CREATE TABLE enrolment_code (
    merchant uuid NOT NULL,
    code_hash bytea NOT NULL,
    terminal uuid NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (merchant, code_hash),
    FOREIGN KEY (merchant, terminal) REFERENCES terminal
  )`,
  `CREATE TABLE server_key (
    merchant uuid NOT NULL REFERENCES merchant,
    kid text NOT NULL,
    use text NOT NULL CHECK (use IN ('sig', 'enc')),
    public_key jsonb NOT NULL,
    private_key text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (merchant, kid)
  )`,
  `CREATE TABLE staff (
    merchant uuid NOT NULL REFERENCES merchant,
    staff uuid NOT NULL,
    name text NOT NULL,
    role text NOT NULL CHECK (role IN ('cashier', 'supervisor', 'manager', 'owner')),
    email text,
    password_hash text,
    pin jsonb,
    deactivated_at timestamptz,
    PRIMARY KEY (merchant, staff),
    UNIQUE (merchant, email)
  )`,
  `CREATE TABLE staff_branch (
    merchant uuid NOT NULL,
    staff uuid NOT NULL,
    branch uuid NOT NULL,
    PRIMARY KEY (merchant, staff, branch),
    FOREIGN KEY (merchant, staff) REFERENCES staff,
    FOREIGN KEY (merchant, branch) REFERENCES branch
  )`,
];

const CATALOG = [
  `CREATE TABLE tax (
    merchant uuid NOT NULL REFERENCES merchant,
    tax text NOT NULL,
    name text NOT NULL,
    category text NOT NULL,
    jurisdiction text NOT NULL,
    compound boolean NOT NULL,
    on_previous boolean NOT NULL,
    rates jsonb NOT NULL,
    PRIMARY KEY (merchant, tax)
  )`,
  `CREATE TABLE price_list (
    merchant uuid NOT NULL REFERENCES merchant,
    price_list uuid NOT NULL,
    name text NOT NULL,
    currency text NOT NULL,
    includes_tax boolean NOT NULL,
    PRIMARY KEY (merchant, price_list)
  )`,
  `CREATE TABLE product (
    merchant uuid NOT NULL REFERENCES merchant,
    product uuid NOT NULL,
    name text NOT NULL,
    category text,
    PRIMARY KEY (merchant, product)
  )`,
  `CREATE TABLE variant (
    merchant uuid NOT NULL,
    variant uuid NOT NULL,
    product uuid NOT NULL,
    name text NOT NULL,
    sku text NOT NULL,
    unit text NOT NULL,
    unit_scale smallint NOT NULL CHECK (unit_scale BETWEEN 0 AND 6),
    taxes text[] NOT NULL,
    stocked boolean NOT NULL,
    archived boolean NOT NULL DEFAULT false,
    PRIMARY KEY (merchant, variant),
    UNIQUE (merchant, sku),
    FOREIGN KEY (merchant, product) REFERENCES product
  )`,
  `CREATE TABLE barcode (
    merchant uuid NOT NULL,
    barcode text NOT NULL,
    variant uuid NOT NULL,
    pack integer NOT NULL CHECK (pack > 0),
    PRIMARY KEY (merchant, barcode),
    FOREIGN KEY (merchant, variant) REFERENCES variant
  )`,
  `CREATE INDEX barcode_of_variant ON barcode (merchant, variant)`,
  `CREATE TABLE price (
    merchant uuid NOT NULL,
    price_list uuid NOT NULL,
    variant uuid NOT NULL,
    prices jsonb NOT NULL,
    PRIMARY KEY (merchant, price_list, variant),
    FOREIGN KEY (merchant, price_list) REFERENCES price_list,
    FOREIGN KEY (merchant, variant) REFERENCES variant
  )`,
];

const LOG = [
  `CREATE TABLE log_stream (
    merchant uuid NOT NULL,
    stream uuid NOT NULL,
    terminal uuid NOT NULL,
    kid text NOT NULL,
    tip_seq integer NOT NULL,
    tip_hash bytea NOT NULL,
    after_stream uuid,
    after_seq integer,
    after_hash bytea,
    forked boolean NOT NULL DEFAULT false,
    opened_at timestamptz NOT NULL,
    tip_at timestamptz NOT NULL,
    PRIMARY KEY (merchant, stream),
    FOREIGN KEY (merchant, terminal) REFERENCES terminal
  )`,
  `CREATE INDEX log_stream_of_terminal ON log_stream (merchant, terminal, stream)`,
  `CREATE TABLE log_entry (
    merchant uuid NOT NULL,
    hash bytea NOT NULL,
    stream uuid NOT NULL,
    seq integer NOT NULL CHECK (seq >= 0),
    event uuid NOT NULL,
    raw text NOT NULL,
    sig bytea NOT NULL,
    recorded_at timestamptz NOT NULL,
    courier uuid,
    PRIMARY KEY (merchant, hash)
  ) WITH (toast_tuple_target = 8160)`,
  `CREATE INDEX log_entry_by_place ON log_entry (merchant, stream, seq)`,
  `CREATE TABLE event (
    merchant uuid NOT NULL,
    event uuid NOT NULL,
    hash bytea NOT NULL,
    body_hash bytea NOT NULL,
    type text NOT NULL,
    terminal uuid NOT NULL,
    status text NOT NULL CHECK (status IN ('applied', 'quarantined')),
    code text,
    message text,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT inv_04_event_once PRIMARY KEY (merchant, event)
  )`,
  `CREATE INDEX event_quarantined ON event (merchant, code) WHERE status = 'quarantined'`,
];

const SALES = [
  `CREATE TABLE sale (
    merchant uuid NOT NULL,
    sale uuid NOT NULL,
    event uuid NOT NULL,
    branch uuid NOT NULL,
    terminal uuid NOT NULL,
    shift uuid,
    cashier uuid NOT NULL,
    cashier_name text NOT NULL,
    series text NOT NULL,
    number bigint NOT NULL,
    stream_tag text NOT NULL,
    business_day date NOT NULL,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    currency text NOT NULL,
    exponent smallint NOT NULL,
    line_count integer NOT NULL,
    extended bigint NOT NULL,
    discount bigint NOT NULL,
    ex_tax bigint NOT NULL,
    tax bigint NOT NULL,
    total bigint NOT NULL,
    change bigint NOT NULL,
    cash_rounding bigint NOT NULL,
    customer uuid,
    training boolean NOT NULL,
    post_void_of uuid,
    PRIMARY KEY (merchant, sale),
    CONSTRAINT inv_16_total CHECK (total = ex_tax + tax)
  )`,
  `CREATE INDEX sale_of_branch_day ON sale (merchant, branch, business_day)`,
  `CREATE INDEX sale_by_number ON sale (merchant, series, number)`,
  `CREATE INDEX sale_recent ON sale (merchant, occurred_at)`,
  `CREATE TABLE sale_line (
    merchant uuid NOT NULL,
    sale uuid NOT NULL,
    line integer NOT NULL,
    kind text NOT NULL CHECK (kind IN ('sale', 'return')),
    variant uuid,
    name text NOT NULL,
    category text,
    quantity_units bigint NOT NULL,
    quantity_scale smallint NOT NULL,
    unit text NOT NULL,
    price_units bigint NOT NULL,
    price_scale smallint NOT NULL,
    extended bigint NOT NULL,
    discount bigint NOT NULL,
    order_discount bigint NOT NULL,
    ex_tax bigint NOT NULL,
    tax bigint NOT NULL,
    inc_tax bigint NOT NULL,
    cost bigint NOT NULL,
    original_sale uuid,
    original_line integer,
    PRIMARY KEY (merchant, sale, line),
    CONSTRAINT inv_16_line_total CHECK (inc_tax = ex_tax + tax)
  )`,
  `CREATE INDEX sale_line_of_original ON sale_line (merchant, original_sale) WHERE original_sale IS NOT NULL`,
  `CREATE TABLE sale_tender (
    merchant uuid NOT NULL,
    sale uuid NOT NULL,
    tender integer NOT NULL,
    kind text NOT NULL,
    amount bigint NOT NULL,
    reference text NOT NULL,
    state text NOT NULL,
    PRIMARY KEY (merchant, sale, tender)
  )`,
];

const STOCK = [
  `CREATE TABLE stock_balance (
    merchant uuid NOT NULL,
    branch uuid NOT NULL,
    variant uuid NOT NULL,
    units bigint NOT NULL,
    scale smallint NOT NULL,
    value bigint NOT NULL,
    fallback_value bigint,
    fallback_units bigint,
    rev bigint NOT NULL,
    PRIMARY KEY (merchant, branch, variant),
    FOREIGN KEY (merchant, branch) REFERENCES branch,
    FOREIGN KEY (merchant, variant) REFERENCES variant
  ) WITH (fillfactor = 70)`,
  `CREATE TABLE stock_movement (
    merchant uuid NOT NULL,
    document uuid NOT NULL,
    line integer NOT NULL,
    variant uuid NOT NULL,
    branch uuid NOT NULL,
    units bigint NOT NULL CHECK (units <> 0),
    scale smallint NOT NULL,
    cost bigint NOT NULL,
    cause text NOT NULL,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    rev bigint NOT NULL,
    CONSTRAINT inv_04_movement_once PRIMARY KEY (merchant, document, line, variant)
  )`,
  `CREATE INDEX stock_movement_of_variant ON stock_movement (merchant, branch, variant, rev)`,
  `CREATE INDEX stock_movement_by_rev ON stock_movement (merchant, branch, rev)`,
];

const LEDGER = [
  `CREATE TABLE account (
    merchant uuid NOT NULL REFERENCES merchant,
    account text NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    type text NOT NULL CHECK (type IN ('asset', 'liability', 'equity', 'income', 'expense')),
    PRIMARY KEY (merchant, account),
    UNIQUE (merchant, code)
  )`,
  // Counts by branch only where an entry has more than one: nearly all have one, and this runs for every entry there is.
  `CREATE FUNCTION public.journal_lines_balance(branches uuid[], debits bigint[], credits bigint[])
   RETURNS boolean LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
   DECLARE
     balance bigint := 0;
     several boolean := false;
   BEGIN
     FOR line IN 1 .. cardinality(debits) LOOP
       IF debits[line] < 0 OR credits[line] < 0 OR (debits[line] > 0) = (credits[line] > 0) THEN RETURN false; END IF;
       several := several OR branches[line] <> branches[1];
       balance := balance + debits[line] - credits[line];
     END LOOP;
     IF NOT several OR balance <> 0 THEN RETURN balance = 0; END IF;
     RETURN NOT EXISTS (
       SELECT FROM unnest(branches, debits, credits) AS each (branch, debit, credit)
       GROUP BY branch HAVING sum(debit) <> sum(credit));
   END $$`,
  `CREATE TABLE journal_entry (
    merchant uuid NOT NULL,
    source uuid NOT NULL,
    kind text NOT NULL,
    branch uuid NOT NULL,
    posting_day date NOT NULL,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    currency text NOT NULL,
    accounts text[] NOT NULL,
    branches uuid[] NOT NULL,
    debits bigint[] NOT NULL,
    credits bigint[] NOT NULL,
    dimensions jsonb NOT NULL,
    late boolean NOT NULL DEFAULT false,
    CONSTRAINT inv_04_posted_once PRIMARY KEY (merchant, source, kind),
    CONSTRAINT inv_10_lengths CHECK (
      cardinality(accounts) >= 2
      AND cardinality(accounts) = cardinality(branches)
      AND cardinality(accounts) = cardinality(debits)
      AND cardinality(accounts) = cardinality(credits)
      AND jsonb_array_length(dimensions) = cardinality(accounts)
      AND array_position(accounts, NULL) IS NULL
      AND array_position(branches, NULL) IS NULL
      AND array_position(debits, NULL) IS NULL
      AND array_position(credits, NULL) IS NULL
    ),
    CONSTRAINT inv_10_balanced CHECK (public.journal_lines_balance(branches, debits, credits) IS TRUE)
  )`,
  `CREATE INDEX journal_entry_by_day ON journal_entry (merchant, posting_day)`,
  `CREATE VIEW journal_line AS
    SELECT e.merchant, e.source, e.kind, e.posting_day, e.occurred_at, e.recorded_at, e.currency,
           l.position, l.account, l.branch, l.debit, l.credit, e.dimensions -> (l.position::int - 1) AS dimensions
    FROM journal_entry e,
         unnest(e.accounts, e.branches, e.debits, e.credits) WITH ORDINALITY AS l (account, branch, debit, credit, position)`,
  `CREATE TABLE account_balance (
    merchant uuid NOT NULL,
    branch uuid NOT NULL,
    account text NOT NULL,
    posting_day date NOT NULL,
    debit bigint NOT NULL,
    credit bigint NOT NULL,
    PRIMARY KEY (merchant, branch, account, posting_day)
  ) WITH (fillfactor = 70)`,
];

const FEED = [
  `CREATE TABLE feed_head (
    merchant uuid NOT NULL,
    channel text NOT NULL,
    rev bigint NOT NULL,
    pruned_rev bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (merchant, channel)
  )`,
  `CREATE TABLE feed (
    merchant uuid NOT NULL,
    channel text NOT NULL,
    kind text NOT NULL,
    id text NOT NULL,
    rev bigint NOT NULL,
    deleted_at timestamptz,
    body jsonb,
    PRIMARY KEY (merchant, channel, kind, id),
    FOREIGN KEY (merchant, channel) REFERENCES feed_head,
    CONSTRAINT inv_08_body_or_tombstone CHECK ((deleted_at IS NULL) = (body IS NOT NULL))
  )`,
  `CREATE UNIQUE INDEX inv_08_rev_once ON feed (merchant, channel, rev)`,
  `CREATE TABLE snapshot (
    merchant uuid NOT NULL,
    channel text NOT NULL,
    origin text NOT NULL,
    rev bigint NOT NULL,
    manifest jsonb NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (merchant, channel)
  )`,
  `CREATE TABLE chunk (
    merchant uuid NOT NULL,
    sha256 bytea NOT NULL,
    bytes bytea NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (merchant, sha256)
  )`,
];

const OFFICE = [
  // One row that readiness writes to: not any merchant's.
  `CREATE TABLE readiness (probe smallint PRIMARY KEY CHECK (probe = 1), at timestamptz NOT NULL)`,
  `CREATE TABLE office_session (
    merchant uuid NOT NULL,
    token_hash bytea NOT NULL,
    staff uuid NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (merchant, token_hash),
    FOREIGN KEY (merchant, staff) REFERENCES staff
  )`,
  `CREATE TABLE inbox_case (
    merchant uuid NOT NULL,
    inbox_case uuid NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    branch uuid,
    details jsonb NOT NULL,
    opened_at timestamptz NOT NULL,
    closed_at timestamptz,
    resolution jsonb,
    PRIMARY KEY (merchant, inbox_case)
  )`,
  `CREATE UNIQUE INDEX one_open_case ON inbox_case (merchant, kind, subject) WHERE closed_at IS NULL`,
];
