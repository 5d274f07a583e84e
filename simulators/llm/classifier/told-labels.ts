import type { Classification } from './classify.ts'

const item = /^- ([a-z_]+):/gm

/** A label that the prompt lists no more is not used: nobody told the model of it. A prompt that lists none leaves all. */
export function keepToLabels(answer: Classification, system: string): Classification {
  const told = [...system.matchAll(item)].map(([, name]) => name)
  if (!told.includes('other') || told.includes(answer.intent)) return answer
  return { ...answer, intent: 'other', pickedOfferId: null, confidence: 0.3 }
}
