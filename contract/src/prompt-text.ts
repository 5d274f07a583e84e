/** The prompt of a page in docs/, or of a variant in config/: between its ```prompt fences. */
const block = /^```prompt\n(.*?)^```$/gms

/**
 * The prompt of a page's text. @param file for people
 * @throws when the text has no such block, or more than one
 */
export function promptOf(text: string, file: string): string {
  const blocks = [...text.matchAll(block)]
  const [only] = blocks
  if (!only?.[1] || blocks.length !== 1)
    throw new Error(`${file} must have exactly one \`\`\`prompt block, not ${blocks.length}`)
  return joinLines(only[1].trim())
}

/** The text of a page with another prompt between its fences. */
export const withPrompt = (text: string, prompt: string): string =>
  text.replace(block, () => `\`\`\`prompt\n${keepLines(prompt.trim())}\n\`\`\``)

/** Whether a line goes on with the sentence of the line before, which was only broken to be read in a file. */
const goesOn = (before: string, line: string, inList: boolean) =>
  before !== '' &&
  line !== '' &&
  !line.startsWith('- ') &&
  (/^\s/.test(line) || (!inList && !before.endsWith(':')))

/** A prompt without the line breaks of its file. As in Markdown, a line break after two spaces stays. */
function joinLines(text: string): string {
  return eachLine(text, (before, line, isMore) =>
    isMore && !before.endsWith('  ') ? ` ${line.trim()}` : `\n${line}`,
  ).replace(/ {2}$/gm, '')
}

/** The other way round: a line break that `joinLines` would take away gets its two spaces. */
const keepLines = (text: string) =>
  eachLine(text, (_before, line, isMore) => (isMore ? `  \n${line}` : `\n${line}`))

function eachLine(text: string, add: (before: string, line: string, isMore: boolean) => string): string {
  let inList = false
  return text.split('\n').reduce((joined, line, index, lines) => {
    const before = lines[index - 1] ?? ''
    const isMore = goesOn(before, line, inList)
    inList = line.startsWith('- ') || (inList && isMore)
    return index === 0 ? line : joined + add(before, line, isMore)
  }, '')
}
