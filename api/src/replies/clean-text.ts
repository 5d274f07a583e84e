/** Characters that NFKC would change though they are ordinary typography: №, …, ™, fractions. */
const kept = /[№…™½¼¾²³°]/u
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Co}\p{Cs}\p{Cn}]|[\p{Cc}--[\n\t]]/gv

/** A model's words as they are checked and sent: one spelling of each character, nothing invisible, no Markdown. */
export function cleanText(text: string): string {
  const visible = text.replaceAll('\r\n', '\n').replaceAll(invisible, '')
  const normal = Array.from(visible, (char) => (kept.test(char) ? char : char.normalize('NFKC'))).join('')
  return squeeze(stripMarkdown(squeeze(normal.normalize('NFC').replaceAll(invisible, ''))))
}

/** Short white space; also what keeps patterns over the text quick. */
export const squeeze = (text: string) =>
  text
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()

function stripMarkdown(text: string): string {
  return text
    .replaceAll(/^(?:```|~~~)[^\n]*$/gm, '')
    .replaceAll(/`([^`\n]*)`/g, (_, code: string) => code)
    .replaceAll(
      /!?\[([^[\]\n]{1,200})\]\(([^()\s]{1,500}(?:\([^()\s]{0,100}\)[^()\s]{0,100})?)(?:\s[^()\n]{0,200})?\)/g,
      (_, label: string, url: string) => (label === url ? url : `${label}: ${url}`),
    )
    .replaceAll(/^#{1,6} ([^\n]*)$/gm, (_, heading: string) => withoutHashes(heading))
    .replaceAll(/^> ?/gm, '')
    .replaceAll(/^[*+-] /gm, '• ')
    .replaceAll(/^(?:[-*_] ?){3,}$/gm, '')
    .replaceAll(/__(?=\S)([^_\n]{0,300}[^\s_])__/g, (_, inner: string) => inner)
    .replaceAll(/\*\*|~~/g, '')
    .replaceAll(
      /(?<![\p{L}\d*_])([*_])(?=[^\s*_])([^*_\n]{0,300}[^\s*_])\1(?![\p{L}\d*_])/gu,
      (_, _mark, inner: string) => inner,
    )
}

function withoutHashes(heading: string): string {
  let end = heading.length
  while (heading[end - 1] === '#') end -= 1
  return heading.slice(0, end).trimEnd()
}
