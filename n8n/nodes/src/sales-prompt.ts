import {
  type Brief,
  type Classification,
  explainNotFree,
  type FreeTimes,
  type Plan,
  salesStages,
} from '@lead/contract'

/**
 * The data part of the sales prompt: one JSON object in <turn> tags. `<` is escaped inside, so that nothing a lead
 * writes can close the tag. Times that are not to be offered yet are not shown, unless the lead has them already.
 */
export function salesPrompt(
  brief: Brief,
  classification: Classification | null,
  { offers, wishFree, notFree, wishUnclear }: FreeTimes,
  planned: { plan: Plan; hasList: boolean } | null = null,
): string {
  const isTooEarly = planned?.plan.offer === 'not yet' && !planned.hasList
  const { business, truth, address, language, lead, card, summary, history } = brief
  const turn = {
    // From what changes least to what changes each time: a beginning that was just read costs less.
    ...{ business, truth, address, language, lead, card, summary, history },
    ...brief,
    // For code; the plan is what it comes to.
    standing: undefined,
    classification,
    plan: planned && { ...planned.plan, goal: salesStages[planned.plan.stage].goal },
    offers: (isTooEarly ? [] : offers).map(({ id, label }) => ({ id, label })),
    wishFree,
    notFree: explainNotFree(notFree, brief.language),
    wishUnclear,
  }
  return inTags(turn)
}

/** The same for an agent, which looks up knowledge and times by its tools. */
export const agentPrompt = (brief: Brief, classification: Classification | null, plan: Plan): string =>
  inTags({
    ...brief,
    standing: undefined,
    knowledge: undefined,
    classification,
    plan: { ...plan, goal: salesStages[plan.stage].goal },
  })

const inTags = (turn: object) =>
  `<turn>\n${JSON.stringify(turn).replaceAll('<', String.raw`\u003c`)}\n</turn>`
