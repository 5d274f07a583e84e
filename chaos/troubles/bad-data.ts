import { randomUUID } from 'node:crypto'
import { control } from '../control.ts'
import type { Trouble, World } from './trouble.ts'

const endless = 'Ж'.repeat(4000)
/** What no form of a website should let through, and some does. */
const words = [
  'a\u0000b',
  'half a pair \ud800',
  '\u202eright to left',
  '{{ $json.body }} ${7*7} <script>alert(1)</script>',
  `'; drop table leads; --`,
  endless,
  ' \u200b\u2060 ',
]
const forms = [
  'leads[add][0][id]=999999999',
  'leads[add][0][id]=-1',
  'leads[add][0][id]=9223372036854775808',
  'leads[add][0][id]=one&leads[add][1][id]=',
  'leads[status][0]=%00%ff',
  'leads[add][__proto__][id]=1',
  '{"leads":',
  '',
]

/** Poison at every door, as the simulators and strangers can send it: cards, strangers' messages, hooks that are none. */
export const badData: Trouble = {
  async begin({ parts, journals, log }) {
    const { amocrm, telegram } = parts.system.urls
    const door = findHookDoor(journals)
    let taken = 0
    const offer = async (what: string, give: () => Promise<unknown>) => {
      await give().then(
        () => (taken += 1),
        (error: unknown) =>
          log(`bad data refused by the simulator (${what}): ${String(error).slice(0, 120)}`),
      )
    }
    for (const [index, word] of words.entries()) {
      await offer(`card ${index}`, () =>
        control(amocrm, 'leads', { name: word, contact: { name: word, phone: word, telegram: word } }),
      )
      await offer(`stranger ${index}`, async () => {
        const username = `stranger_${randomUUID().slice(0, 8)}`
        const { id } = (await control(telegram, 'people', { firstName: word, username })) as { id: number }
        await control(telegram, `people/${id}/say`, { text: word })
      })
    }
    for (const body of forms)
      await offer(`hook ${body}`, () =>
        fetch(door, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body,
          signal: AbortSignal.timeout(10_000),
        }),
      )
    return () => Promise.resolve(taken)
  },
}

/** Where amoCRM sent its last hook. */
function findHookDoor({ amocrm }: World['journals']): string {
  const hook = amocrm.findLast((entry) => entry.kind === 'hook' && typeof entry['destination'] === 'string')
  if (!hook) throw new Error('amoCRM has sent no hook yet')
  return String(hook['destination'])
}
