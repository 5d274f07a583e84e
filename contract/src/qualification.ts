import * as z from 'zod'
import { type FactName, factNames } from './classification.ts'

const fact = z.enum(factNames)
const points = z.number().int().min(-100).max(100)

/** How a business judges a lead by what is known of it. BANT is one way to fill it in. */
export const qualificationSchema = z.strictObject({
  /** What is asked about, the first that is not known first. */
  questions: z.array(fact).max(factNames.length),
  /** Each rule that fits adds its points. Without `says`: as soon as the fact is known; else when its words hold one of these. */
  score: z
    .array(z.strictObject({ fact, says: z.array(z.string().min(1)).min(1).optional(), points }))
    .max(40),
  offerTimes: z.strictObject({
    /** Times are offered from this score on ... */
    score: points,
    /** ... or after so many answers of the lead, whatever they told. A lead who asks for a time always gets times. */
    answers: z.number().int().min(0).max(50),
  }),
  /** From this score on a human takes the lead over; null: never by score. */
  handOffAt: points.nullable(),
  /** At this score or below it the assistant thanks and ends the talk; null: never by score. */
  closeAt: points.nullable(),
})
export type Qualification = z.infer<typeof qualificationSchema>

export type Facts = Partial<Record<FactName, string | null>>

const plain = (text: string) => text.toLowerCase().replaceAll('ё', 'е')

/** The sum of the rules that fit, and the most that could be reached. */
export function scoreFacts(
  facts: Facts,
  { score }: Pick<Qualification, 'score'>,
): { score: number; of: number } {
  const fits = score.filter(({ fact: name, says }) => {
    const words = facts[name]
    return words ? !says || says.some((one) => plain(words).includes(plain(one))) : false
  })
  const sum = (rules: typeof score) => rules.reduce((total, rule) => total + rule.points, 0)
  return { score: sum(fits), of: sum(score.filter((rule) => rule.points > 0)) }
}

/** What is asked next; null: all of it is known. */
export const nextQuestion = (
  facts: Facts,
  { questions }: Pick<Qualification, 'questions'>,
): FactName | null => questions.find((name) => !facts[name]) ?? null
