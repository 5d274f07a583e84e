/** The data part of a prompt. `<` is escaped inside, so that nothing a lead writes can close the tag. */
export const inTags = (turn: unknown) =>
  `<turn>\n${JSON.stringify(turn).replaceAll('<', String.raw`\u003c`)}\n</turn>`
