import { type AskedOfUs, type FactName, type Facts, type Proposal, wants } from '@lead/contract'
import type { Address } from '../hearing/hear-address.ts'
import { asksFor } from '../replies/asks-for.ts'
import { saysFamiliarYou } from '../replies/says-familiar-you.ts'
import { saysItIsAMachine } from '../replies/says-it-is-a-machine.ts'

/** What a reply is held against besides its own words. */
export type Manners = {
  /** What code heard; the classifier's labels are added. */
  asked: AskedOfUs[]
  /** The sentence that answers each of these questions. */
  truth: Record<AskedOfUs, string>
  /** What was known before the newest words. */
  known: Facts
  address: Address
}

/** What the lead asks of ourselves in the newest words, heard by code or by the model. */
export const askedIn = (
  { classification }: Pick<Proposal, 'classification'>,
  heard: AskedOfUs[],
): AskedOfUs[] => {
  const labels: string[] = classification ? wants(classification) : []
  return (['asks_if_bot', 'asks_source'] as const).filter(
    (one) => heard.includes(one) || labels.includes(one),
  )
}

/** Why a reply would be dishonest, deaf or rude to this lead, for the model's next try; null when it is none of these. */
export function checkManners(proposal: Proposal, { asked, truth, known, address }: Manners): string | null {
  const { reply, action } = proposal.sales
  const questions = askedIn(proposal, asked)
  if (questions.includes('asks_if_bot') && !saysItIsAMachine(reply))
    return `the lead asks whether a machine writes: say so first, for instance: ${truth.asks_if_bot}`
  if (questions.includes('asks_source') && !squeezed(reply).includes(squeezed(truth.asks_source)))
    return `the lead asks where we have them from: say first, as it stands: ${truth.asks_source}`
  const again = asksFor(reply).find((name) => isKnown(known, name))
  if (again !== undefined)
    return `the lead has told their ${again} already (${JSON.stringify(known[again])}): do not ask for it again`
  if (address === 'formal' && saysFamiliarYou(reply))
    return 'the lead is addressed with the polite form of you (vy), never with the familiar one (ty)'
  if (proposal.plan?.offer === 'just made' && action === 'offer_times')
    return 'the list of times stands in our last message already: answer in words, action talk, and do not list times again'
  return null
}

const isKnown = (known: Facts, name: FactName) => Boolean(known[name])
const squeezed = (text: string) => text.replaceAll(/\s+/g, ' ').trim().toLowerCase()
