import { clip } from '../text/storable.ts'

/** The zeros of the digits that people type where Latin ones are not the custom: Arabic, Persian, Devanagari, Bengali, Thai. */
const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50]

/** Nobody's name, phones or accounts take more, in UTF-16 units; what is longer is somebody's letter in the wrong field. */
const longest = 512

/**
 * A field of a card as plain text: full-width and foreign digits made Latin, invisible signs and keycaps dropped. Line breaks stay.
 * Only the beginning of what is too long for any field is read.
 */
export function plainLine(text: string): string {
  return clip(clip(text, longest).normalize('NFKC'), longest)
    .replaceAll(/[\p{Cf}\uFE00-\uFE0F\u20E3\0]/gu, '')
    .replaceAll(/\p{Nd}/gu, (digit) => {
      const code = digit.codePointAt(0) ?? 0
      const zero = zeros.find((first) => code >= first && code <= first + 9)
      return zero === undefined ? digit : String(code - zero)
    })
}

/** With a border on its left: else a long word without an @ is read to its end from each of its letters. */
export const emailPattern = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu
