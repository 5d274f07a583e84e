import { join } from 'node:path'

export type ReviewerSettings = {
  /** With /v1 or the like, without a slash at the end. */
  url: string
  key: string | null
  model: string
  /** What the family of the model takes besides: its limit of tokens, its effort. */
  body: Record<string, number | string>
  prompt: string
}

export const reviewerPrompt = join(import.meta.dirname, '../../../config/reviewer.md')
