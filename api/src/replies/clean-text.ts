/** Characters that NFKC would change though they are ordinary typography: №, …, ™, fractions. */
const kept = /[№…™½¼¾²³°]/u
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Co}\p{Cs}\p{Cn}]|[\p{Cc}--[\n\t]]/gv

/** A model's words as they are checked and sent: one spelling of each character, nothing invisible, no Markdown. */
export function cleanText(text: string): string {
  const visible = text.replaceAll('\r\n', '\n').replaceAll(invisible, '')
  const normal = Array.from(visible, (char) => (kept.test(char) ? char : char.normalize('NFKC'))).join('')
  return stripMarkdown(normal.normalize('NFC').replaceAll(invisible, ''))
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ *\n */g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

function stripMarkdown(text: string): string {
  return text
    .replaceAll(/^\s*(?:```|~~~)[^\n]*$/gm, '')
    .replaceAll(/`([^`\n]*)`/g, (_, code: string) => code)
    .replaceAll(/!?\[([^\]\n]+)\]\(([^)\s]+)[^)\n]*\)/g, (_, label: string, url: string) =>
      label === url ? url : `${label}: ${url}`,
    )
    .replaceAll(/^ {0,3}#{1,6}\s+(.*?)\s*#*$/gm, (_, heading: string) => heading)
    .replaceAll(/^\s*>\s?/gm, '')
    .replaceAll(/^\s*[*+-]\s+/gm, '• ')
    .replaceAll(/^\s*(?:[-*_]\s*){3,}$/gm, '')
    .replaceAll(/(\*\*|__|~~)(?=\S)([^\n]*?\S)\1/g, (_, _mark, inner: string) => inner)
    .replaceAll(
      /(?<![\p{L}\d*_])([*_])(?=[^\s*_])([^*_\n]*[^\s*_])\1(?![\p{L}\d*_])/gu,
      (_, _mark, inner: string) => inner,
    )
    .replaceAll(/\*\*|~~/g, '')
}
