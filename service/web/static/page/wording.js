// Numbers as English says them.

/** "1 sentence", "2,000 sentences". */
export const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

export const percent = (share) => `${Math.round(share * 100)} %`;

export function ordinal(number) {
  const ending = { one: "st", two: "nd", few: "rd", other: "th" };
  return number.toLocaleString("en") + ending[new Intl.PluralRules("en", { type: "ordinal" }).select(number)];
}
