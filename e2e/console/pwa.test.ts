import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { CDPSession, Page } from 'playwright-core'
import { startTestApp } from '../../api/src/testing/test-app.ts'
import { until } from '../system.ts'
import { comeIn, openBrowsers, openLine, serveConsole, skip } from './open-console.ts'

const app = await startTestApp()

describe('the console as an app of a phone', { skip }, () => {
  let line: Awaited<ReturnType<typeof openLine>>
  let served: Awaited<ReturnType<typeof serveConsole>>
  let browsers: Awaited<ReturnType<typeof openBrowsers>>
  let me: Page
  let cdp: CDPSession

  before(async () => {
    served = await serveConsole(app)
    line = await openLine(served.url)
    browsers = await openBrowsers()
    me = await browsers.openPage({ language: 'ru', phone: true })
    await comeIn(me, app, line.url)
    cdp = await me.context().newCDPSession(me)
    await me.evaluate('navigator.serviceWorker.ready.then(() => null)')
  })
  after(async () => {
    await browsers?.close()
    await line?.close()
    await served?.close()
  })

  test('a browser finds nothing that keeps it from being installed, and every icon has the size that it says', async () => {
    const { errors, data } = await cdp.send('Page.getAppManifest')
    assert.deepEqual(errors, [])
    const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors')
    assert.deepEqual(
      // A window of a test is one that leaves nothing behind.
      installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'),
      [],
    )
    const { icons } = JSON.parse(data ?? '{}') as { icons: { src: string; sizes: string; type: string }[] }
    for (const { src, sizes, type } of icons.filter(({ type: kind }) => kind === 'image/png')) {
      const answer = await fetch(`${line.url}${src}`)
      assert.equal(answer.headers.get('content-type'), type)
      const header = Buffer.from(await answer.arrayBuffer())
      assert.equal(`${header.readUInt32BE(16)}x${header.readUInt32BE(20)}`, sizes)
    }
  })

  test('without a network it opens, says that leads are not here, and goes on by itself', async () => {
    // Once more, so that the worker has every file that the page is made of.
    await me.reload()
    await me.getByText('Сейчас вы никому не нужны').waitFor()
    line.cut()
    await me.reload()
    await me.getByText('лиды и переписка есть только на сервере').waitFor()
    const kept = await me.evaluate<string[]>(
      `caches.open('console-1').then((cache) => cache.keys()).then((keys) => keys.map(({ url }) => new URL(url).pathname))`,
    )
    assert.ok(kept.length > 3)
    // What is known of people is never kept in the browser.
    assert.deepEqual(
      kept.filter((path) => path.startsWith('/console')),
      [],
    )
    line.mend()
    await me.getByText('Сейчас вы никому не нужны').waitFor()
  })

  test('a push message is shown, with the lead that it opens', async () => {
    await me.context().grantPermissions(['notifications'], { origin: line.url })
    const registrations: string[] = []
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: found }) =>
      registrations.push(...found.map(({ registrationId }) => registrationId)),
    )
    await cdp.send('ServiceWorker.enable')
    const registrationId = await until('the worker', async () => registrations[0] ?? null)
    const message = {
      title: 'Дмитрий Орлов: нужен человек',
      body: 'Вопрос о договоре',
      url: '/app/inbox/attention?lead=7',
      tag: 'alert-1',
    }
    const shown = await until('the notification', async () => {
      // A worker that just starts loses what comes meanwhile. With the same tag a second one takes the place of the first.
      await cdp.send('ServiceWorker.deliverPushMessage', {
        origin: line.url,
        registrationId,
        data: JSON.stringify(message),
      })
      return me.evaluate<Record<string, unknown> | null>(
        `navigator.serviceWorker.ready.then((worker) => worker.getNotifications()).then(([first]) =>
          first ? { title: first.title, body: first.body, tag: first.tag, data: first.data } : null)`,
      )
    })
    assert.deepEqual(shown, {
      title: message.title,
      body: message.body,
      tag: message.tag,
      data: { url: message.url },
    })
  })

  test('whoever may act turns it on for a device, on the page of alerts', async () => {
    await me.goto(`${line.url}/app/alerts`)
    await me.getByText('Это устройство').waitFor()
    await me.getByRole('button', { name: 'Уведомлять здесь' }).waitFor()
    assert.deepEqual(browsers.problems, [])
  })
})
