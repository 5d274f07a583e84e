/** As much as one message of Telegram holds, in UTF-16 units. */
const longest = 4096

/** What code listens to: of a text that is longer than any message (a transcript, a file) its beginning and its end. */
export const heardText = (text: string): string =>
  text.length <= longest ? text : `${text.slice(0, longest / 2)}\n${text.slice(-longest / 2)}`.toWellFormed()
