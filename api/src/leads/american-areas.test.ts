import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zoneOfAmericanArea } from './american-areas.ts'
import { zoneOfPhone } from './phone-zone.ts'

test('a number of the United States or Canada tells the zone of its area, and not surely', () => {
  for (const [phone, zone] of [
    ['+12125550123', 'America/New_York'],
    ['+13125550123', 'America/Chicago'],
    ['+17205550123', 'America/Denver'],
    ['+16025550123', 'America/Phoenix'],
    ['+14155550123', 'America/Los_Angeles'],
    ['+19075550123', 'America/Anchorage'],
    ['+18085550123', 'Pacific/Honolulu'],
    ['+14165550123', 'America/Toronto'],
    ['+16045550123', 'America/Vancouver'],
    ['+19025550123', 'America/Halifax'],
    ['+17095550123', 'America/St_Johns'],
  ] as const)
    assert.deepEqual(zoneOfPhone(phone), { zone, confidence: 0.2 }, phone)
  assert.equal(zoneOfPhone('+18005550123'), null)
})

test('every zone exists and no area stands in two', () => {
  const seen = new Set<string>()
  for (let area = 200; area < 1000; area++) {
    const zone = zoneOfAmericanArea(`${area}5550123`)
    if (!zone) continue
    seen.add(zone)
    assert.doesNotThrow(() => new Intl.DateTimeFormat('en', { timeZone: zone }))
  }
  assert.equal(seen.size, 18)
})
