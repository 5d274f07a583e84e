/** A part of a reply up to the end of a sentence or line, with the blanks behind it. */
const parts =
  /[^.!?…\n]+(?:[.](?=\S)[^.!?…\n]*)*[.!?…]*[)\p{Extended_Pictographic}]*[^\S\n]*\n*|[.!?…\n]+\s*/gu

const placeholder = /\[(?:TIMES|MEETING)\]/u
const isQuestion = (sentence: string) => /\?[!?…)\p{Extended_Pictographic}\s]*$/u.test(sentence)

/** Goes on with the question before it: choices, examples, a tag. */
const goesOn =
  /^\s*(?:или|либо|а\s+может|например|скажем|может|десять|десяток|пара|верно|правильно|так|да|нет|or|perhaps|maybe|for\s+example|say|right|correct|is\s+that\s+right|yes|no)(?!\p{L})/iu
const fewWords = 3
const isShort = (sentence: string) => (sentence.match(/[\p{L}\p{N}]+/gu) ?? []).length <= fewWords
const asksAnew =
  /^\s*(?:как|кто|что|где|когда|куда|откуда|почему|зачем|сколько|какой|какая|какое|какие|чей|how|who|what|where|when|why|which|whose)(?!\p{L})/iu

/** What the reply answers itself: "Why so? Because ...". */
const ownAnswer =
  /^\s*(?:потому|дело\s+в\s+том|просто|всё\s+просто|так\s+как|because|simple|it\s+is\s+simple|that\s+is\s+because)(?!\p{L})/iu

/**
 * A reply with one question in it, the last one: people answer one and forget the others. Choices and tags belong to their question, and
 * what the reply answers itself is none. A question that holds a placeholder stays. Nothing else is touched: a question less promises nothing and
 * says nothing wrong, which is why it is cut and not refused.
 */
export function keepOneQuestion(reply: string): string {
  const all = reply.match(parts) ?? []
  const groups: number[][] = []
  for (const [index, part] of all.entries()) {
    if (!isQuestion(part)) continue
    const before = all[index - 1]
    const group = groups.at(-1)
    const isMore =
      group?.at(-1) === index - 1 &&
      before !== undefined &&
      !before.includes('\n') &&
      (goesOn.test(part) || (isShort(part) && !asksAnew.test(part)))
    if (isMore) group?.push(index)
    else if (!ownAnswer.test(all[index + 1] ?? '')) groups.push([index])
  }
  const cut = new Set(
    groups
      .slice(0, -1)
      .filter((group) => !group.some((index) => placeholder.test(all[index] ?? '')))
      .flat(),
  )
  if (cut.size === 0) return reply
  const kept = all.flatMap((part, index) => (cut.has(index) ? lineEndOf(part) : [part]))
  return kept
    .join('')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

/** A line that ended with the question still ends. */
const lineEndOf = (part: string): string[] => {
  const end = /\n+$/.exec(part)?.[0]
  return end === undefined ? [] : [end]
}
