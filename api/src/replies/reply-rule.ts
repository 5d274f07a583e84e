import type { Excuse } from './excuses.ts'

/** One kind of thing that the model may not say. */
export interface ReplyRule {
  name: string
  /** What breaks the rule in a whole text as it is written. */
  whole?: (text: string) => string[]
  /** What breaks it in a sentence in lower case. */
  find?: RegExp[]
  /** The first breaks it when the second stands in the same sentence. */
  together?: [RegExp, RegExp][]
  /** What is found may be said when the business states it. */
  unlessKnown?: boolean
  /** The same for what the business calls free of charge. */
  unlessFree?: boolean
  excuses?: Excuse[]
  examples: { ru: string; en: string }
}
