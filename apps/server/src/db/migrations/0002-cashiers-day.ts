import { type Kysely, sql } from "kysely";

/**
 * A cashier's day beyond plain sales: shifts and their Z reports, cash, customers' accounts, stored value, card payments
 * decided late, stock counts and deliveries, promotions, and the traces that an auditor asks for. The rules of the first
 * schema hold. What a terminal reports is added and never changed; what a person or a sum changes has a table of its own.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...COLUMNS, ...TILL, ...PARTY, ...STORED_VALUE, ...STOCK, ...PRICING, ...TRACES]) {
    await sql.raw(statement).execute(db);
  }
}

const COLUMNS = [
  `ALTER TABLE merchant ADD COLUMN books_closed_through date`,
  `ALTER TABLE staff ADD COLUMN grants jsonb, ADD COLUMN withheld text[]`,
  `ALTER TABLE variant
     ADD COLUMN kit jsonb,
     ADD COLUMN tracking text CHECK (tracking IN ('serial', 'lot')),
     ADD COLUMN stock_policy text CHECK (stock_policy IN ('allow', 'warn', 'manager')),
     ADD COLUMN gift_card boolean NOT NULL DEFAULT false`,
];

const TILL = [
  `CREATE TABLE shift (
    merchant uuid NOT NULL,
    shift uuid NOT NULL,
    event uuid NOT NULL,
    till uuid NOT NULL,
    branch uuid NOT NULL,
    terminal uuid NOT NULL,
    business_day date NOT NULL,
    currency text NOT NULL,
    float bigint NOT NULL,
    carried bigint NOT NULL,
    opened_by uuid NOT NULL,
    opened_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (merchant, shift)
  )`,
  `CREATE INDEX shift_of_branch ON shift (merchant, branch, opened_at)`,
  `CREATE TABLE cash_movement (
    merchant uuid NOT NULL,
    movement uuid NOT NULL,
    event uuid NOT NULL,
    shift uuid NOT NULL,
    branch uuid NOT NULL,
    terminal uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('paid-in', 'paid-out', 'pickup', 'loan')),
    amount bigint NOT NULL CHECK (amount >= 0),
    tax text,
    tax_amount bigint,
    reason text NOT NULL,
    reference text NOT NULL,
    approver uuid,
    staff uuid NOT NULL,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (merchant, movement)
  )`,
  `CREATE INDEX cash_movement_of_shift ON cash_movement (merchant, shift)`,
  `CREATE TABLE account_payment (
    merchant uuid NOT NULL,
    payment uuid NOT NULL,
    event uuid NOT NULL,
    shift uuid NOT NULL,
    branch uuid NOT NULL,
    terminal uuid NOT NULL,
    customer uuid NOT NULL,
    amount bigint NOT NULL,
    change bigint NOT NULL,
    cash_rounding bigint NOT NULL,
    tenders jsonb NOT NULL,
    staff uuid NOT NULL,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (merchant, payment)
  )`,
  `CREATE INDEX account_payment_of_shift ON account_payment (merchant, shift)`,
  `CREATE TABLE cash_count (
    merchant uuid NOT NULL,
    event uuid NOT NULL,
    shift uuid NOT NULL,
    counted jsonb NOT NULL,
    total bigint NOT NULL,
    staff uuid NOT NULL,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (merchant, event)
  )`,
  `CREATE INDEX cash_count_of_shift ON cash_count (merchant, shift)`,
  // One row for each closing that was reported: a second one of the same shift is evidence, and posts nothing.
  `CREATE TABLE z_report (
    merchant uuid NOT NULL,
    event uuid NOT NULL,
    shift uuid NOT NULL,
    branch uuid NOT NULL,
    terminal uuid NOT NULL,
    business_day date NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    automatic boolean NOT NULL,
    expected bigint NOT NULL,
    counted bigint,
    over_short bigint NOT NULL,
    left_in_till bigint NOT NULL,
    to_safe bigint NOT NULL,
    grand_sales bigint NOT NULL,
    grand_returns bigint NOT NULL,
    grand_net bigint NOT NULL,
    series text,
    first_number bigint,
    last_number bigint,
    report jsonb NOT NULL,
    posted boolean NOT NULL,
    staff uuid NOT NULL,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (merchant, event)
  )`,
  `CREATE INDEX z_report_of_shift ON z_report (merchant, shift)`,
  `CREATE INDEX z_report_of_terminal ON z_report (merchant, terminal, number)`,
  `CREATE TABLE card_answer (
    merchant uuid NOT NULL,
    attempt uuid NOT NULL,
    event uuid NOT NULL,
    sale uuid NOT NULL,
    branch uuid NOT NULL,
    terminal uuid NOT NULL,
    amount bigint NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('approved', 'declined', 'expired')),
    reference text NOT NULL,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (merchant, attempt)
  )`,
  `CREATE INDEX card_answer_of_sale ON card_answer (merchant, sale)`,
];

const PARTY = [
  `CREATE TABLE customer (
    merchant uuid NOT NULL REFERENCES merchant,
    customer uuid NOT NULL,
    edition integer NOT NULL CHECK (edition > 0),
    name text NOT NULL,
    email text NOT NULL,
    phone text NOT NULL,
    address text NOT NULL,
    tax_id text NOT NULL,
    note text NOT NULL,
    groups text[] NOT NULL,
    price_list uuid,
    tax_exemption jsonb,
    credit_limit bigint,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (merchant, customer),
    FOREIGN KEY (merchant, price_list) REFERENCES price_list
  )`,
  `CREATE INDEX customer_by_name ON customer (merchant, lower(name))`,
  // What a customer owes: the sum, and every change to it. A customer whom the server does not know yet can owe too.
  `CREATE TABLE customer_balance (
    merchant uuid NOT NULL,
    customer uuid NOT NULL,
    owed bigint NOT NULL,
    PRIMARY KEY (merchant, customer)
  ) WITH (fillfactor = 70)`,
  `CREATE TABLE customer_movement (
    merchant uuid NOT NULL,
    source uuid NOT NULL,
    customer uuid NOT NULL,
    amount bigint NOT NULL,
    cause text NOT NULL CHECK (cause IN ('sale', 'payment', 'correction')),
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT inv_04_owed_once PRIMARY KEY (merchant, source, customer)
  )`,
  `CREATE INDEX customer_movement_of ON customer_movement (merchant, customer, recorded_at)`,
];

const STORED_VALUE = [
  // available may be negative: what was spent beyond it is owed by whoever spent it, and the books say so.
  `CREATE TABLE stored_value (
    merchant uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('gift-card', 'store-credit')),
    code text NOT NULL,
    available bigint NOT NULL,
    issued_at timestamptz,
    PRIMARY KEY (merchant, kind, code)
  ) WITH (fillfactor = 70)`,
  `CREATE TABLE allotment (
    merchant uuid NOT NULL,
    kind text NOT NULL,
    code text NOT NULL,
    terminal uuid NOT NULL,
    amount bigint NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (merchant, kind, code, terminal),
    FOREIGN KEY (merchant, kind, code) REFERENCES stored_value
  )`,
  `CREATE INDEX allotment_of_terminal ON allotment (merchant, terminal)`,
  // Double entry: place is 'available' or the terminal it is allotted to; a transfer has two rows that sum to nothing.
  `CREATE TABLE stored_value_movement (
    merchant uuid NOT NULL,
    source uuid NOT NULL,
    line integer NOT NULL,
    place text NOT NULL,
    kind text NOT NULL,
    code text NOT NULL,
    amount bigint NOT NULL CHECK (amount <> 0),
    cause text NOT NULL CHECK (cause IN ('issue', 'spend', 'allot', 'give-back')),
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT inv_04_stored_value_once PRIMARY KEY (merchant, source, line, place)
  )`,
  `CREATE INDEX stored_value_movement_of ON stored_value_movement (merchant, kind, code, recorded_at)`,
];

const STOCK = [
  `CREATE TABLE stock_count (
    merchant uuid NOT NULL,
    count uuid NOT NULL,
    event uuid NOT NULL,
    branch uuid NOT NULL,
    stream uuid NOT NULL,
    seq integer NOT NULL,
    seen_rev bigint NOT NULL,
    business_day date NOT NULL,
    currency text NOT NULL,
    note text NOT NULL,
    staff uuid NOT NULL,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (merchant, count)
  )`,
  `CREATE TABLE stock_count_line (
    merchant uuid NOT NULL,
    count uuid NOT NULL,
    line integer NOT NULL,
    branch uuid NOT NULL,
    variant uuid NOT NULL,
    counted bigint NOT NULL,
    expected bigint NOT NULL,
    scale smallint NOT NULL,
    rev bigint NOT NULL,
    occurred_at timestamptz NOT NULL,
    PRIMARY KEY (merchant, count, line)
  )`,
  `CREATE INDEX stock_count_line_of_variant ON stock_count_line (merchant, branch, variant, occurred_at)`,
  `CREATE TABLE delivery (
    merchant uuid NOT NULL,
    delivery uuid NOT NULL,
    event uuid NOT NULL,
    branch uuid NOT NULL,
    supplier text NOT NULL,
    reference text NOT NULL,
    lines jsonb NOT NULL,
    staff uuid NOT NULL,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (merchant, delivery)
  )`,
  `CREATE TABLE serial_movement (
    merchant uuid NOT NULL,
    variant uuid NOT NULL,
    serial text NOT NULL,
    sale uuid NOT NULL,
    line integer NOT NULL,
    way smallint NOT NULL CHECK (way IN (-1, 1)),
    PRIMARY KEY (merchant, variant, serial, sale, line)
  )`,
];

const PRICING = [
  `CREATE TABLE promotion (
    merchant uuid NOT NULL REFERENCES merchant,
    promotion uuid NOT NULL,
    body jsonb NOT NULL,
    edition integer NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (merchant, promotion)
  )`,
  `CREATE TABLE coupon (
    merchant uuid NOT NULL REFERENCES merchant,
    coupon text NOT NULL,
    valid_from text,
    valid_to text,
    uses_max integer,
    uses_per_customer_max integer,
    customer uuid,
    PRIMARY KEY (merchant, coupon)
  )`,
  `CREATE TABLE coupon_use (
    merchant uuid NOT NULL,
    coupon text NOT NULL,
    sale uuid NOT NULL,
    customer uuid,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (merchant, coupon, sale)
  )`,
  `CREATE TABLE recall (
    merchant uuid NOT NULL,
    recall uuid NOT NULL,
    variant uuid NOT NULL,
    lot text,
    reason text NOT NULL,
    since timestamptz NOT NULL,
    lifted_at timestamptz,
    PRIMARY KEY (merchant, recall),
    FOREIGN KEY (merchant, variant) REFERENCES variant
  )`,
];

const TRACES = [
  `CREATE TABLE trace (
    merchant uuid NOT NULL,
    event uuid NOT NULL,
    type text NOT NULL,
    branch uuid,
    terminal uuid NOT NULL,
    shift uuid,
    staff uuid,
    sale uuid,
    amount bigint,
    reason text NOT NULL,
    approver uuid,
    details jsonb NOT NULL,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (merchant, event)
  )`,
  `CREATE INDEX trace_by_time ON trace (merchant, occurred_at)`,
  `CREATE INDEX trace_of_shift ON trace (merchant, shift) WHERE shift IS NOT NULL`,
  // What a person did in the back office, as the terminals' facts are kept: added, never changed.
  `CREATE TABLE office_event (
    merchant uuid NOT NULL,
    event uuid NOT NULL,
    type text NOT NULL,
    staff uuid,
    subject text NOT NULL,
    body jsonb NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (merchant, event)
  )`,
  `CREATE INDEX office_event_of_subject ON office_event (merchant, subject, recorded_at)`,
];
