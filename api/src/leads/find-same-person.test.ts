import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { addLead } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { findSamePerson } from './find-same-person.ts'
import type { Lead } from './lead.ts'

const app = await startTestApp()
beforeEach(() => app.wipe())

const mine = { name: null, phones: ['+79161112233'], email: 'anna@beacon.example', telegram: 'Anna_K' }
const mallorys = { telegram_username: 'mallory', phone: '+79161112233' }
const bound = { telegram_user_id: 700 }

const rows: [what: string, other: Partial<Lead>, sure: boolean | null][] = [
  ['the contact of the CRM', { contact_id: 5 }, true],
  ['an e-mail alone', { email: 'Anna@beacon.example' }, false],
  ['the phone, and nothing else on the card', { phone: '+79161112233' }, true],
  ['the username, and nothing else on the card', { telegram_username: 'anna_k' }, true],
  ['phone and username', { phone: '+79161112233', telegram_username: 'anna_k' }, true],
  ['the phone beside a username of somebody else', mallorys, false],
  ['the phone beside another phone', { phones: ['+79160000000', '+79161112233'] }, false],
  ['the username beside another phone', { telegram_username: 'anna_k', phone: '+79160000000' }, false],
  [
    'an account that was found by this phone',
    { ...mallorys, ...bound, bound_by: 'phone', bound_sign: '+79161112233' },
    true,
  ],
  [
    'an account that shared this phone with the bot',
    { ...mallorys, ...bound, bound_by: 'contact', bound_sign: '+79161112233' },
    true,
  ],
  [
    'an account that was found by another sign',
    { ...mallorys, ...bound, bound_by: 'username', bound_sign: 'mallory' },
    false,
  ],
  [
    'an account that was found by this username',
    {
      telegram_username: 'mallory',
      phone: '+79160000000',
      ...bound,
      bound_by: 'username',
      bound_sign: 'anna_k',
    },
    null,
  ],
  [
    'an account that opened the link, with this phone on the card',
    { phone: '+79161112233', ...bound, bound_by: 'link' },
    false,
  ],
  ['nothing', { phone: '+79160000000', telegram_username: 'mallory' }, null],
]
for (const [what, other, sure] of rows) {
  test(`another lead that has in common ${what}: ${sure === null ? 'not found' : sure ? 'the same person' : 'perhaps'}`, async () => {
    await addLead(app.db, 1, other)
    const found = await findSamePerson(app.db, 2, 5, mine)
    assert.deepEqual(
      found.map((one) => one.sure),
      sure === null ? [] : [sure],
    )
  })
}
