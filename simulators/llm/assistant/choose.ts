import { createHash } from 'node:crypto'

/** Takes one variant, the same each time for the same seed, conversation and list; another conversation gets another. */
export type Choose = (name: string, variants: string[]) => string

/** @param said what we have said before: a variant that opens like it is not taken twice in a row */
export function createChoose(seed: number, conversation: string, said: string[]): Choose {
  return (name, variants) => {
    const hash = createHash('sha256').update(`${seed}\n${name}\n${conversation}`).digest().readUInt32BE(0)
    const fresh = variants.filter((variant) => !said.some((text) => text.includes(opening(variant))))
    const from = fresh.length ? fresh : variants
    return from[hash % from.length] ?? ''
  }
}

const opening = (variant: string) => variant.split(/[{[\n]/)[0] || variant
