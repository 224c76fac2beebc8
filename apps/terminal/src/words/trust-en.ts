/** Words of payments that nobody can be asked about, and of what keeps a till going. */
export const trustEn = {
  reader: "Card reader",
  asking: "Ask the customer for the card",
  askingText: "{{amount}} on the reader. Nothing else can be charged until it answers.",
  unknown: "Was the card charged?",
  unknownText: "The reader's answer about {{amount}} was lost. Ask the reader before anything is charged again.",
  askReader: "Ask the reader",
  reverse: "Give it back and begin anew",
  declined: "Not paid",
  declinedText: "{{amount}} was not taken: {{why}}",
  why: {
    declined: "the card was declined",
    cancelled: "it was cancelled",
    "no-line": "the reader has no line",
    "amount-over-cap": "without a line, a payment may be {{max}} at most",
    "sum-over-cap": "without a line, {{max}} more may be stored",
    "oldest-over-age": "a stored payment has waited {{max}} hours: the line has to come back first",
    "refund-needs-line": "money goes back to a card only with a line",
  },
  ok: "Noted",
  stored:
    "On trust: {{count}} card payments of {{sum}} wait for the line. Who stored them bears the loss if one is declined.",
  giftCard: "Gift card",
  storeCredit: "Store credit",
  onAccount: "On account",
  code: "Code of the card",
  codeHint: "Scan or type it",
  codeMissing: "Scan or type the code",
  take: "Take {{amount}}",
  sure: "Sure: {{amount}} are kept for this till",
  onTrust: "On trust: {{amount}}, for nobody can be asked now",
  exposure: "On trust at this till: {{sum}} of {{max}}",
  issue: "Give {{amount}} as store credit",
  issueText: "The code on the receipt is worth it at any till.",
  refusal: {
    "amount-invalid": "That is not an amount",
    "over-card-cap": "Without a line, {{max}} may be taken from this card",
    "over-terminal-cap": "Without a line, this till may take {{max}} more on trust",
    "no-credit": "This customer buys nothing on account",
    "over-limit": "This customer may owe {{max}} more",
    "no-customer": "Choose a customer first: F3 on the selling screen",
  },
  condition: "Next card",
  behaviour: {
    approve: "Approve",
    decline: "Decline",
    "lose-approval": "Approve, lose the answer",
    "lose-decline": "Decline, lose the answer",
    "no-line": "No line",
  },
} as const;

export const dayEn = {
  training: "Training mode",
  trainingBar: "TRAINING · nothing counts: no sale, no goods, no money",
  trainingText:
    "Everything works and nothing counts. It is switched with a manager's right, and never with goods in the cart.",
  trainingOn: "Begin training",
  trainingOff: "End training",
  trainingCart: "Complete or cancel the open cart first.",
  drill: "Outage drill",
  drillBar: "OUTAGE DRILL · this app's own network is cut",
  drillText:
    "Cuts this till's own line, so that you can see a sale complete without one. What was sold is sent when the drill ends.",
  drillOn: "Cut the line",
  drillOff: "End the drill",
  drillSteps: "Sell something, take cash, see the receipt come out. Then end the drill and watch it being sent.",
  help: "What can I do now?",
  helpText: "Whatever fails, this till goes on selling. Only what the list says has to wait.",
  cause: {
    fine: "Everything works",
    device: "Something on this device",
    network: "No network",
    server: "The server does not answer",
    "signed-out": "Signed out of the server",
  },
  advice: {
    fine: "All records are sent or on their way. Nothing to do.",
    device:
      "Selling continues. Look at the line below that says what is wrong, and tell whoever looks after the tills.",
    network:
      "Selling continues. Check the cable or the wireless network when there is time. Everything is sent by itself when the line is back.",
    server:
      "Selling continues. The network works, the server does not: tell whoever looks after it. Everything is sent by itself.",
    "signed-out": "Selling continues. The back office has to set this terminal up again; until then records wait here.",
  },
  works: "Works now",
  waits: "Waits for the line",
  can: {
    sell: "Scan, search, sell, discount, suspend and resume",
    cash: "Cash, change, split payment, card by its slip",
    return: "Take goods back from any till's receipt",
    shift: "Open and close the shift, count, X and Z",
    print: "Print, and show the receipt on the screen",
    trust: "Cards, gift cards and accounts within their caps",
  },
  cannot: {
    email: "Receipts by e-mail: they are queued",
    prices: "New prices and goods from the back office",
    balance: "Exact balances of gift cards and accounts",
  },
} as const;

export const scaleSettingsEn = {
  title: "Scale",
  screen: "Virtual scale",
  serial: "On a serial line",
  pan: "On the virtual scale",
  unstable: "Does not rest",
} as const;

export const printerSettingsEn = {
  title: "Receipt printer",
  screen: "Virtual printer",
  browser: "By the browser",
  usb: "On USB",
  serial: "On a serial line",
  width: "Width of the paper",
  columns: "{{count}} characters",
  language: "Language of the printer",
  speaks: { "esc-pos": "ESC/POS", "star-prnt": "StarPRNT", "star-line": "Star Line" },
} as const;
