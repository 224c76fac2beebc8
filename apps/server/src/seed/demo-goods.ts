/** The demo shop's shelf: name, category, price and cost in cents, VAT in percent, own barcode, kilograms where weighed. */
export type DemoGood = {
  readonly name: string;
  readonly category: string;
  readonly price: number;
  readonly cost: number;
  readonly vat: 10 | 20;
  readonly barcode: string;
  readonly weighed?: true;
};

type Row = readonly [name: string, price: number, cost: number, vat: 10 | 20, weighed?: true];

const SHELF: Readonly<Record<string, readonly Row[]>> = {
  Bakery: [
    ["Sourdough loaf 750 g", 490, 210, 10],
    ["Butter croissant", 190, 70, 10],
    ["Pain au chocolat", 220, 85, 10],
    ["Rye bread, sliced 500 g", 380, 165, 10],
    ["Cinnamon bun", 290, 110, 10],
    ["Bagel, sesame", 150, 55, 10],
    ["Apple turnover", 260, 105, 10],
  ],
  Dairy: [
    ["Whole milk 1 l", 149, 98, 10],
    ["Oat drink, barista 1 l", 279, 180, 10],
    ["Salted butter 250 g", 345, 240, 10],
    ["Mountain cheese", 2490, 1480, 10, true],
    ["Greek yoghurt 500 g", 329, 205, 10],
    ["Free-range eggs, 10", 469, 310, 10],
    ["Goat cheese log 180 g", 399, 250, 10],
  ],
  "Fruit & vegetables": [
    ["Bananas, fair trade", 219, 120, 10, true],
    ["Apples, Gala", 299, 150, 10, true],
    ["Vine tomatoes", 399, 210, 10, true],
    ["Avocado", 149, 80, 10],
    ["Lemon, organic", 69, 30, 10],
    ["Baby spinach 125 g", 249, 130, 10],
    ["Blueberries 250 g", 399, 240, 10],
  ],
  Pantry: [
    ["Spaghetti No. 5 500 g", 189, 95, 10],
    ["Peeled tomatoes 400 g", 149, 72, 10],
    ["Olive oil, extra virgin 500 ml", 999, 640, 10],
    ["Basmati rice 1 kg", 379, 220, 10],
    ["Sea salt, coarse 500 g", 199, 85, 10],
    ["Wild flower honey 350 g", 699, 420, 10],
    ["Strawberry jam 340 g", 399, 215, 10],
    ["Chickpeas 400 g", 129, 60, 10],
  ],
  Drinks: [
    ["Still water 1.5 l", 89, 32, 20],
    ["Sparkling water 0.75 l", 119, 48, 20],
    ["Apple juice, cloudy 1 l", 289, 160, 10],
    ["Cola 0.5 l", 179, 82, 20],
    ["Ginger beer 0.33 l", 239, 120, 20],
    ["Craft lager 0.5 l", 249, 138, 20],
    ["Riesling 2024 0.75 l", 1190, 640, 20],
    ["Cold brew coffee 0.25 l", 329, 170, 20],
  ],
  "Coffee & tea": [
    ["Espresso beans, house blend 250 g", 849, 460, 10],
    ["Filter coffee, ground 500 g", 949, 540, 10],
    ["Earl Grey, 20 bags", 399, 180, 10],
    ["Flat white, to go", 380, 95, 10],
    ["Espresso, to go", 230, 55, 10],
  ],
  Sweets: [
    ["Dark chocolate 70 % 100 g", 329, 170, 10],
    ["Hazelnut wafer 75 g", 139, 62, 10],
    ["Fruit gums 200 g", 199, 88, 10],
    ["Salted caramel cookie", 240, 98, 10],
  ],
  Household: [
    ["Dish soap 500 ml", 249, 120, 20],
    ["Kitchen roll, 3", 349, 190, 20],
    ["Beeswax candle", 690, 320, 20],
    ["Matches, long", 199, 70, 20],
    ["Tote bag, cotton", 590, 210, 20],
    ["AA batteries, 4", 599, 330, 20],
  ],
};

export const DEMO_GOODS: readonly DemoGood[] = Object.entries(SHELF).flatMap(([category, rows], aisle) =>
  rows.map(([name, price, cost, vat, weighed], place) => ({
    name,
    category,
    price,
    cost,
    vat,
    barcode: withCheckDigit(`40123450${String(aisle * 20 + place).padStart(4, "0")}`),
    ...(weighed === true ? { weighed } : {}),
  })),
);

/** GTIN-13 check digit: weights 1 and 3 from the left over twelve digits. */
function withCheckDigit(digits: string): string {
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
