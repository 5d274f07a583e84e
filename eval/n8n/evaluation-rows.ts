import { classifierPrompt } from '../../api/src/turns/classifier-prompt.ts'
import type { evaluationColumns } from '../../n8n/workflows/classifier-evaluation.ts'
import type { Label } from '../labels/read-labels.ts'
import { talkOf } from '../labels/talk-of.ts'

export type EvaluationRow = Record<(typeof evaluationColumns)[number], string>

/** A labelled reply as a row of n8n's data table: what the classifier is asked, and what it should say. */
export function evaluationRow(label: Label): EvaluationRow {
  const { talk, offers } = talkOf(label)
  return {
    label: label.id,
    language: label.language,
    said: label.say.join(' / '),
    intent: label.intent,
    pick: label.pick === undefined ? '' : (offers[label.pick - 1]?.id ?? ''),
    prompt: classifierPrompt(talk, offers),
  }
}
