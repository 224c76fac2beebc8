/** Our icons: strokes on a grid of 24, as path data. Those in `MIRRORED` point the way one reads. */
export const ICON_PATHS = {
  alert: "M12 4 3 19.5h18L12 4Zm0 6v4.5M12 17v.1",
  box: "m12 3 8 4.2v9.6L12 21l-8-4.2V7.2L12 3Zm0 9 8-4.6M12 12 4 7.4M12 12v9",
  calendar: "M4 6.5h16V20H4V6.5ZM8 3.5v5M16 3.5v5M4 11h16",
  chart: "M4 20h16M7 16.5v-5M12 16.5v-9M17 16.5v-3",
  check: "m5 12.5 4.5 4.5L19 7.5",
  "chevron-down": "m6 9.5 6 6 6-6",
  "chevron-end": "m9.5 6 6 6-6 6",
  "chevron-start": "m14.5 6-6 6 6 6",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 7.5V12l3 2",
  close: "m6 6 12 12M18 6 6 18",
  copy: "M9 9h11v11H9V9ZM5.5 15H4V4h11v1.5",
  device: "M5 4h14v11H5V4ZM3.5 20h17M9.5 15v5M14.5 15v5",
  door: "M14 4H6v16h8M11 12h9.5M17 8.5l3.5 3.5-3.5 3.5",
  inbox: "M4 13.5 6.5 5h11l2.5 8.5V19H4v-5.5Zm0 0h5l1 2.5h4l1-2.5h5",
  info: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 11v5M12 8v.1",
  ledger: "M12 4v16M6 20h12M5 7.5h14M7.5 7.5 5 14h5L7.5 7.5ZM16.5 7.5 14 14h5l-2.5-6.5Z",
  menu: "M4 7h16M4 12h16M4 17h16",
  moon: "M20 14.5A8.5 8.5 0 1 1 9.5 4a6.8 6.8 0 0 0 10.5 10.5Z",
  offline:
    "M3 3.5 20.5 21M8.5 15.5a5 5 0 0 1 6.3-.6M5.5 12.2a9.5 9.5 0 0 1 4-2.3M14 9.7c1.7.4 3.2 1.2 4.5 2.5M2.5 9a14 14 0 0 1 4.3-2.8M11 4.9A13.8 13.8 0 0 1 21.5 9M12 19v.1",
  plus: "M12 5v14M5 12h14",
  receipt: "M6 3.5h12v17l-2.4-1.6-1.8 1.6L12 18.9l-1.8 1.6-1.8-1.6L6 20.5v-17ZM9.5 8.5h5M9.5 12.5h5",
  refresh: "M20 11.5A8 8 0 0 0 5.6 7.3L4 9M4 4.5V9h4.5M4 12.5a8 8 0 0 0 14.4 4.2L20 15M20 19.5V15h-4.5",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.5 15.5 20.5 20.5",
  shield: "m12 3 7.5 2.8V11c0 4.8-3 8.2-7.5 10-4.5-1.8-7.5-5.2-7.5-10V5.8L12 3Zm-3.5 9 2.5 2.5 4.5-4.7",
  "shield-alert": "m12 3 7.5 2.8V11c0 4.8-3 8.2-7.5 10-4.5-1.8-7.5-5.2-7.5-10V5.8L12 3Zm0 5v4.5M12 15.8v.1",
  store: "M4 10v10h16V10M3 10l2-6h14l2 6a3 3 0 0 1-6 0 3 3 0 0 1-6 0 3 3 0 0 1-6 0ZM10 20v-5h4v5",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1",
  user: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20.5c.8-3.7 3.7-5.5 7.5-5.5s6.7 1.8 7.5 5.5",
} as const;

export type IconName = keyof typeof ICON_PATHS;

export const MIRRORED: ReadonlySet<IconName> = new Set(["chevron-end", "chevron-start", "door"]);
