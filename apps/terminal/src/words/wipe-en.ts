/** What a device says while it is wiped, and from then on. */
export const wipeEn = {
  under: "This device is being wiped",
  underText: "The back office asked for it. What only this device holds is sent first. Do not switch it off.",
  done: "{{name}} was wiped",
  doneText: "Keys, sales, customers and prices on this device are destroyed.",
  telling: "The server has everything that was sold. It is being told that the device is wiped.",
  allSent: "The server has everything that was sold, and knows that the device is wiped.",
  rest_one:
    "{{count}} record has not reached the server. It lies here sealed to the server's key and is sent when there is a line.",
  rest_other:
    "{{count}} records have not reached the server. They lie here sealed to the server's key and are sent when there is a line.",
  saveRest: "Save them to a file",
  startOver: "Set this device up anew",
};
