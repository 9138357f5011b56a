// Numbers as English says them.

/** "1 sentence", "2,000 sentences". */
export const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

/** "24 %"; what is not quite nothing or all is not called so. */
export function percent(share) {
  const whole = Math.round(share * 100);
  if (whole === 0 && share > 0) return "under 1 %";
  return whole === 100 && share < 1 ? "over 99 %" : `${whole} %`;
}

export function ordinal(number) {
  const ending = { one: "st", two: "nd", few: "rd", other: "th" };
  return number.toLocaleString("en") + ending[new Intl.PluralRules("en", { type: "ordinal" }).select(number)];
}
