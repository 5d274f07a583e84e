import { Temporal } from 'temporal-polyfill'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Amocrm } from '../amocrm.ts'
import { accountId, amojoAccountId, integrationUserId } from '../seed.ts'
import type { User } from '../world.ts'
import { selfLink, sendPage } from './hal.ts'
import { type IdParams, idOf } from './params.ts'
import { type Query, withOf } from './query.ts'

const accountCreatedAt = 1735689600

/** `/account` and `/users`. */
export function addAccountRoutes(app: FastifyInstance, amo: Amocrm): void {
  app.get<{ Querystring: Query }>('/account', (request) => accountView(amo, request, withOf(request.query)))

  app.get<{ Querystring: Query }>('/users', (request, reply) => {
    const { users } = amo.world
    const total = { _total_items: users.length }
    return sendPage(request, reply, 'users', users, (user) => userView(amo, request, user), total)
  })

  app.get<{ Params: IdParams; Querystring: Query }>('/users/:id', (request, reply) => {
    const user = amo.world.users.find((one) => one.id === idOf(request))
    return user ? userView(amo, request, user) : reply.code(204).send()
  })
}

function accountView(amo: Amocrm, request: FastifyRequest, wanted: Set<string>): object {
  const russian = amo.lang === 'ru'
  return {
    id: accountId,
    name: russian ? 'Демо-компания' : 'Demo company',
    subdomain: amo.subdomain,
    created_at: accountCreatedAt,
    created_by: 0,
    updated_at: accountCreatedAt,
    updated_by: 0,
    current_user_id: integrationUserId,
    country: russian ? 'RU' : 'US',
    currency: russian ? 'RUB' : 'USD',
    currency_symbol: russian ? '₽' : '$',
    customers_mode: 'disabled',
    is_unsorted_on: true,
    mobile_feature_version: 0,
    is_loss_reason_enabled: amo.world.isLossReasonEnabled,
    is_helpbot_enabled: false,
    is_technical_account: false,
    contact_name_display_order: 1,
    ...(wanted.has('amojo_id') ? { amojo_id: amojoAccountId } : {}),
    ...(wanted.has('version') ? { version: 11 } : {}),
    ...(wanted.has('is_api_filter_enabled')
      ? { is_api_filter_enabled: amo.world.traits.filters === 'work' }
      : {}),
    ...(wanted.has('drive_url') ? { drive_url: `https://drive.${amo.subdomain}.example.test` } : {}),
    ...selfLink(request, '/api/v4/account'),
    _embedded: {
      ...(wanted.has('task_types') ? { task_types: taskTypes(russian) } : {}),
      ...(wanted.has('users_groups')
        ? { users_groups: [{ id: 0, name: russian ? 'Отдел продаж' : 'Sales', uuid: null }] }
        : {}),
      ...(wanted.has('amojo_rights') ? { amojo_rights: { can_direct: true, can_create_groups: true } } : {}),
      ...(wanted.has('datetime_settings') ? { datetime_settings: datetimeSettings(amo.timeZone) } : {}),
    },
  }
}

const taskTypes = (russian: boolean) => [
  { id: 1, name: russian ? 'Связаться' : 'Follow-up', color: null, icon_id: null, code: 'FOLLOW_UP' },
  { id: 2, name: russian ? 'Встреча' : 'Meeting', color: null, icon_id: null, code: 'MEETING' },
]

const datetimeSettings = (timeZone: string) => ({
  date_pattern: 'd.m.Y H:i',
  short_date_pattern: 'd.m.Y',
  short_time_pattern: 'H:i',
  date_format: 'd.m.Y',
  time_format: 'H:i:s',
  timezone: timeZone,
  timezone_offset: Temporal.Now.zonedDateTimeISO(timeZone).offset,
})

const userView = (amo: Amocrm, request: FastifyRequest, user: User) => {
  const wanted = withOf(request.query as Query)
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    lang: amo.lang,
    rights: {
      is_admin: user.is_admin && (user.id !== integrationUserId || amo.world.traits.rights === 'admin'),
      is_free: false,
      is_active: true,
      mail_access: false,
      group_id: null,
      role_id: null,
    },
    ...(wanted.has('amojo_id') ? { amojo_id: user.amojo_id } : {}),
    ...(wanted.has('uuid') ? { uuid: user.amojo_id } : {}),
    ...selfLink(request, `/api/v4/users/${user.id}`),
  }
}
