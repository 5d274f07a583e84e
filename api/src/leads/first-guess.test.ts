import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstLanguage, firstZone } from './first-guess.ts'
import { zoneOfPhone } from './phone-zone.ts'

test('the first language: card over phone over the letters of the name over the business', () => {
  const of = (languageField: string | null, phone: string | null, name: string | null) => {
    const { language, source } = firstLanguage({ languageField, phone, name }, 'en')
    return [language, source]
  }
  assert.deepEqual(of('Русский', '+447400123456', 'John'), ['ru', 'card'])
  assert.deepEqual(of(null, '+447400123456', 'Иван'), ['en', 'phone'])
  assert.deepEqual(of(null, null, 'Иван'), ['ru', 'name'])
  assert.deepEqual(of(null, null, 'John'), ['en', 'business'])
})

const phones: [phone: string, zone: string | null, isSure: boolean][] = [
  ['+447400123456', 'Europe/London', true],
  ['+351912345678', 'Europe/Lisbon', false],
  ['+77011234567', 'Asia/Almaty', true],
  ['+971501234567', 'Asia/Dubai', true],
  ['+79161234567', null, false],
  ['+73432123456', 'Asia/Yekaterinburg', false],
  ['+74951234567', 'Europe/Moscow', false],
  ['+74232123456', 'Asia/Vladivostok', false],
  ['+14155550100', 'America/Los_Angeles', false],
  ['+18005550100', null, false],
]
for (const [phone, zone, isSure] of phones) {
  test(`the phone ${phone} speaks for ${zone}`, () => {
    const found = zoneOfPhone(phone)
    assert.equal(found?.zone ?? null, zone)
    if (found) assert.equal(found.confidence >= 0.4, isSure)
  })
}

test('the first zone: a city on the card over the phone over the business', () => {
  const of = (cityField: string | null, phone: string | null) => {
    const { zone, source } = firstZone({ cityField, phone }, 'Europe/Moscow')
    return [zone, source]
  }
  assert.deepEqual(of('Екатеринбург', '+447400123456'), ['Asia/Yekaterinburg', 'card'])
  assert.deepEqual(of('где-то', '+447400123456'), ['Europe/London', 'phone'])
  assert.deepEqual(of(null, '+79161234567'), ['Europe/Moscow', 'business'])
})
