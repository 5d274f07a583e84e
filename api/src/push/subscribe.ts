import { texts } from '../../../texts/index.ts'
import type { Ports } from '../app.ts'
import type { User } from '../console/user.ts'
import { audit } from '../database/audit.ts'
import type { Language } from '../leads/lead.ts'
import { sendPush, type Subscription, SubscriptionGone } from './send-push.ts'

/** More devices than a person has; the oldest ones end. */
const mostDevices = 10

/**
 * A device of a person is told of alerts from now on; the first message goes there at once, so that both know that it works.
 * @returns false when its push service does not take it: then nothing is kept
 */
export async function subscribe(
  app: Ports<'business' | 'config' | 'db'>,
  user: User,
  subscription: Subscription,
  language: Language,
): Promise<{ isOn: boolean; reason: string | null }> {
  const { endpoint, p256dh, auth } = subscription
  try {
    await sendPush(app, subscription, {
      title: app.business.company.name[language],
      body: texts[language].alert.pushOn,
      url: '/app/alerts',
      tag: 'push-on',
    })
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const isGone = error instanceof SubscriptionGone
    return { isOn: false, reason: isGone ? `${error.message}: subscribe anew` : error.message }
  }
  await app.db.query(
    `insert into push_subscriptions (user_id, endpoint, p256dh, auth, language) values ($1, $2, $3, $4, $5)
     on conflict (endpoint) do update
       set user_id = excluded.user_id, p256dh = excluded.p256dh, auth = excluded.auth, language = excluded.language`,
    [user.id, endpoint, p256dh, auth, language],
  )
  await app.db.query(
    `delete from push_subscriptions where id in (
       select id from push_subscriptions where user_id = $1 order by id desc offset $2)`,
    [user.id, mostDevices],
  )
  await audit(app.db, { actor: user.name, action: 'console.push_on' })
  return { isOn: true, reason: null }
}

/** The device is told no more; of one's own only. */
export async function unsubscribe({ db }: Ports<'db'>, user: User, endpoint: string): Promise<boolean> {
  const { rowCount } = await db.query('delete from push_subscriptions where user_id = $1 and endpoint = $2', [
    user.id,
    endpoint,
  ])
  if (rowCount) await audit(db, { actor: user.name, action: 'console.push_off' })
  return rowCount === 1
}
