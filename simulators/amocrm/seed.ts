import type { Enum, Field, FieldEntity, Pipeline, Status, Traits, World } from './world.ts'

export type Lang = 'ru' | 'en'
/** `fresh`: as amoCRM gives it out; `ready`: with everything that config/business.yaml names. */
export type AccountKind = 'ready' | 'fresh'

export const accountId = 31000001
/** The user whose token the integration holds; writes without `created_by` / `updated_by` are theirs. */
export const integrationUserId = 9000001
/** The person who acts through the board of the simulator. */
export const humanUserId = 9000002
/** The account's id in the Chats API. */
export const amojoAccountId = '00000000-0000-4000-8000-000031000001'
/** What the support would give out when it registers a chat channel; the same in every simulator. */
const channelId = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee'
const channelSecret = '0123456789abcdef0123456789abcdef01234567'
const channelBotId = 'b0700000-0000-4000-8000-000000000001'
export const wonStatusId = 142
export const lostStatusId = 143
/** Documented in README.md: clients and tests may rely on these ids. */
const pipelineId = 3000
const newLeadStatusId = 3002

const statuses = [
  { id: 3001, ru: 'Неразобранное', en: 'Incoming leads', color: '#c1c1c1', type: 1 },
  { id: newLeadStatusId, ru: 'Новый лид', en: 'New lead', color: '#99ccff', type: 0 },
  { id: 3003, ru: 'В работе', en: 'In work', color: '#ffff99', type: 0 },
  { id: 3004, ru: 'Квалифицирован', en: 'Qualified', color: '#ffcc66', type: 0 },
  { id: 3005, ru: 'Встреча назначена', en: 'Meeting booked', color: '#87f2c0', type: 0 },
  { id: 3006, ru: 'Встреча прошла', en: 'Meeting held', color: '#d6eaff', type: 0 },
  { id: wonStatusId, ru: 'Успешно реализовано', en: 'Closed - won', color: '#ccff66', type: 0 },
  { id: lostStatusId, ru: 'Закрыто и не реализовано', en: 'Closed - lost', color: '#d5d8db', type: 0 },
]

/** The stages that amoCRM gives to a new account. */
const freshStatuses: typeof statuses = [
  { id: 3001, ru: 'Неразобранное', en: 'Incoming leads', color: '#c1c1c1', type: 1 },
  { id: 3011, ru: 'Первичный контакт', en: 'Initial contact', color: '#99ccff', type: 0 },
  { id: 3012, ru: 'Переговоры', en: 'Discussions', color: '#ffff99', type: 0 },
  { id: 3013, ru: 'Принимают решение', en: 'Decision making', color: '#ffcc66', type: 0 },
  { id: 3014, ru: 'Согласование договора', en: 'Contract discussion', color: '#ffcccc', type: 0 },
  ...statuses.filter(({ id }) => id < 1000),
]

const fields: [number, FieldEntity, string, string, string, string][] = [
  [701, 'contacts', 'PHONE', 'multitext', 'Телефон', 'Phone'],
  [702, 'contacts', 'EMAIL', 'multitext', 'Email', 'Email'],
  [703, 'contacts', 'TELEGRAM', 'text', 'Telegram', 'Telegram'],
  [801, 'leads', 'MEETING_AT', 'date_time', 'Время встречи', 'Meeting time'],
  [802, 'leads', 'MEETING_LINK', 'url', 'Ссылка на встречу', 'Meeting link'],
  [803, 'leads', 'NEED', 'text', 'Потребность', 'Need'],
  [804, 'leads', 'BUDGET', 'text', 'Бюджет', 'Budget'],
  [805, 'leads', 'TIMELINE', 'text', 'Сроки', 'Timeline'],
  [806, 'leads', 'AUTHORITY', 'text', 'Кто решает', 'Authority'],
  [807, 'leads', 'LANGUAGE', 'text', 'Язык', 'Language'],
  [809, 'leads', 'TELEGRAM_LINK', 'url', 'Ссылка на бота', 'Link to the bot'],
  [808, 'leads', 'SOURCE', 'text', 'Источник', 'Source'],
]

const multitextEnums: Record<string, string[]> = {
  PHONE: ['WORK', 'WORKDD', 'MOB', 'FAX', 'HOME', 'OTHER'],
  EMAIL: ['WORK', 'PRIV', 'OTHER'],
}

const users = [
  { id: integrationUserId, ru: 'Анна Админова', en: 'Anna Admin', email: 'anna@example.test' },
  { id: humanUserId, ru: 'Мария Менеджер', en: 'Maria Manager', email: 'maria@example.test' },
  { id: 9000003, ru: 'Иван Продавцов', en: 'Ivan Seller', email: 'ivan@example.test' },
]

const lossReasons = [
  { id: 6001, ru: 'Слишком дорого', en: 'Too expensive' },
  { id: 6002, ru: 'Не отвечает', en: 'No answer' },
  { id: 6003, ru: 'Нет потребности', en: 'No need' },
]

/** The documented account that has paid for everything; of what nobody knows, the reading that tells us least. */
const defaultTraits: Traits = {
  lists: 'live',
  filters: 'work',
  order: 'work',
  incomingHooks: 'nobody',
  incomingLead: 'readable',
  incomingContact: 'hidden',
  linking: 'silent',
  webhooks: 'allowed',
  rights: 'admin',
}

/** An account with settings but without people: names in `lang`, always the same ids. */
export function seedWorld(lang: Lang, kind: AccountKind = 'ready'): World {
  const world = seedReady(lang)
  if (kind === 'ready') return world
  const [pipeline] = world.pipelines
  if (pipeline) pipeline.statuses = freshStatuses.map(seedStatus(lang))
  return {
    ...world,
    fields: world.fields.filter(({ type }) => type === 'multitext'),
    lossReasons: [],
  }
}

function seedReady(lang: Lang): World {
  return {
    journal: [],
    counters: {},
    clockAhead: 0,
    limits: { perSecond: 7, retryAfter: 1, format: 'json', blockAfter: null },
    violations: 0,
    isBlocked: false,
    oauth: {
      accessLife: 86_400,
      refreshLife: 90 * 86_400,
      refuseAll: false,
      codes: [],
      access: [],
      refresh: [],
    },
    users: users.map((user) => ({
      id: user.id,
      name: user[lang],
      email: user.email,
      is_admin: user.id === integrationUserId,
      amojo_id: `00000000-0000-4000-8000-00000${user.id}`,
    })),
    pipelines: [seedPipeline(lang)],
    fields: fields.map(seedField(lang)),
    lossReasons: lossReasons.map((reason, index) => ({ id: reason.id, name: reason[lang], sort: index + 1 })),
    isLossReasonEnabled: true,
    traits: { ...defaultTraits },
    tags: [],
    leads: [],
    contacts: [],
    notes: [],
    tasks: [],
    events: [],
    webhooks: [],
    deliveries: [],
    hookStyle: { accountBlock: 'first', unsortedAddLead: 'accept' },
    isHolding: false,
    held: [],
    unsorted: [],
    channel: {
      id: channelId,
      secret: channelSecret,
      botId: channelBotId,
      title: '',
      hookUrl: null,
      scopeId: null,
    },
    chats: [],
    talks: [],
  }
}

function seedPipeline(lang: Lang): Pipeline {
  return {
    id: pipelineId,
    name: lang === 'ru' ? 'Продажи' : 'Sales',
    sort: 1,
    is_main: true,
    statuses: statuses.map(seedStatus(lang)),
  }
}

const seedStatus =
  (lang: Lang) =>
  (status: (typeof statuses)[number], index: number): Status => ({
    id: status.id,
    name: status[lang],
    sort: status.id < 1000 ? 10000 + (status.id - wonStatusId) * 1000 : (index + 1) * 10,
    color: status.color,
    type: status.type,
    is_editable: status.id >= 1000 && status.type === 0,
  })

/** 142 and 143, which every pipeline has. */
export const closedStatuses = (lang: Lang): Status[] =>
  statuses.filter((status) => status.id < 1000).map(seedStatus(lang))

/** The incoming stage, of which every pipeline has its own. */
export const incomingStatus = (lang: Lang): Status => ({
  id: 0,
  name: lang === 'ru' ? 'Неразобранное' : 'Incoming leads',
  sort: 10,
  color: '#c1c1c1',
  type: 1,
  is_editable: false,
})

const seedField =
  (lang: Lang) =>
  ([id, entity, code, type, ru, en]: (typeof fields)[number], index: number): Field => ({
    id,
    name: lang === 'ru' ? ru : en,
    code,
    type,
    sort: (index + 1) * 10,
    entity,
    enums: multitextEnums[code]?.map(seedEnum(id)) ?? null,
  })

const seedEnum =
  (fieldId: number) =>
  (code: string, index: number): Enum => ({ id: fieldId * 10 + index, value: code, sort: index + 1, code })
