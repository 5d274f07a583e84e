import assert from 'node:assert/strict'
import { test } from 'node:test'
import { playLead } from '../../local/demo/play-lead.ts'
import { startTestSystem } from '../system.ts'

for (const [channel, lang] of [
  ['bot', 'ru'],
  ['secretary', 'en'],
] as const) {
  test(`the ${channel} carries a lead to a booking through the real n8n`, async () => {
    const system = await startTestSystem({}, { TELEGRAM_MODE: channel })
    try {
      const played = await playLead({ urls: system.urls, lang, channel, print: () => {} })
      assert.equal(played.booked, true)
      assert.equal(played.crmUpdated, true)
    } finally {
      await system.stop()
    }
  })
}
