import type { Classification } from '../classifier/classify.ts'
import type { Sales } from '../assistant/sell.ts'
import { type Scene, askedAttack, classifierAttacks, salesAttacks } from './attacks.ts'
import type { Turn } from './turn.ts'

export type Known = { prompt: 'classifier/2'; answer: Classification } | { prompt: 'sales/2'; answer: Sales }

/**
 * Spoils an answer the hostile way: the pinned attack, else what the lead's words ask for, else the next one in turn.
 * @param count how many attacks were used before
 */
export function attack(known: Known, turn: Turn, system: string, count: number, pinned: string | undefined) {
  const said = turn.newMessages.map((message) => message.text).join('\n')
  const asked = askedAttack(said)
  const scene: Scene = { turn, system, order: asked?.order }
  return known.prompt === 'sales/2'
    ? run(salesAttacks, known.answer, scene, [pinned, asked?.name], count)
    : run(classifierAttacks, known.answer, scene, [pinned, asked?.name], count)
}

function run<Answer>(
  attacks: Record<string, (answer: Answer, scene: Scene) => Record<string, unknown> | string>,
  answer: Answer,
  scene: Scene,
  wanted: (string | undefined)[],
  count: number,
) {
  // An order is obeyed only where there is one; in the rotation it would have nothing to obey.
  const rotation = Object.keys(attacks).filter((name) => name !== 'obey_injection')
  const name = wanted.find((one) => one && one in attacks) ?? rotation[count % rotation.length] ?? ''
  return { name, answer: attacks[name]?.(answer, scene) ?? '' }
}
