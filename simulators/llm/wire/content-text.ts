import { z } from 'zod'

/** A message's content: a text, or blocks of which some have a text. */
export const content = z.union([
  z.string(),
  z.array(z.looseObject({ type: z.string(), text: z.string().optional() })),
])

export const textOf = (value: z.infer<typeof content> | null | undefined): string =>
  typeof value === 'string' ? value : (value ?? []).map((block) => block.text ?? '').join('\n')
