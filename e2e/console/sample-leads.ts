import { classifierVersion, type Decision, salesVersion } from '@lead/contract'
import { one, type Queryable } from '../../api/src/database/pool.ts'
import { openConversation } from '../../api/src/conversations/open-conversation.ts'
import type { Lead } from '../../api/src/leads/lead.ts'

type Line = [minutesAgo: number, author: 'lead' | 'ai' | 'human', text: string]

type Sample = {
  name: string
  lead?: Partial<Lead>
  lines: Line[]
  /** What the assistant thought when it said its last words. */
  thought?: {
    refused?: { problem: string; reply: string }
    decision: Partial<Decision> & Pick<Decision, 'sales'>
  }
  /** At this hour of Moscow, so many days from today. */
  meeting?: { inDays: number; hour: number; status: 'booked' | 'held' }
  next?: { kind: 'follow_up' | 'reminder'; inHours: number }
  note?: string
  dead?: string
  thinking?: boolean
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** The next full hour after so many. */
const inHours = (hours: number) => new Date(Math.ceil(Date.now() / hourMs) * hourMs + hours * hourMs)
/** Moscow is three hours ahead of UTC all year. */
const moscow = (inDays: number, hour: number) => {
  const today = new Date(Date.now() + 3 * hourMs).toISOString().slice(0, 10)
  return new Date(Date.parse(`${today}T00:00:00Z`) + (inDays * 24 + hour - 3) * hourMs)
}
const offer = (id: string, hours: number, label: string) => ({
  id,
  sellerId: 'olga',
  start: inHours(hours).toISOString(),
  end: new Date(inHours(hours).getTime() + 30 * minuteMs).toISOString(),
  label,
})

const classified = (
  intent: NonNullable<Decision['classification']>['intent'],
  rest: Partial<NonNullable<Decision['classification']>> = {},
): Decision['classification'] => ({
  language: 'ru',
  intent,
  also: [],
  objections: [],
  tone: 'neutral',
  zoneQuote: null,
  timeQuotes: [],
  pickedOfferId: null,
  facts: { need: null, budget: null, timeline: null, authority: null, email: null },
  confidence: 0.93,
  ...rest,
})

const handedOff = { control: 'human', control_source: 'decision', control_by: 'ai' } as const

/** Leads as they look on a working day: somebody waits, somebody is written to, somebody comes tomorrow. */
const samples: Sample[] = [
  {
    name: 'Мария Ковалёва',
    lead: {
      telegram_username: 'kovaleva_m',
      bound_by: 'username',
      card: {
        title: null,
        source: 'Форма «Обсудить внедрение»',
        answers: [
          { question: 'Компания', answer: 'Студия окон, 12 человек' },
          { question: 'Что сейчас', answer: 'Почта и таблица' },
        ],
      },
      phones: ['+79161234567'],
      stage: 'qualified',
      facts: {
        need: 'Менеджеры отвечают слишком долго, и мы теряем заявки',
        budget: 'до 300 тысяч',
        timeline: 'хотим запуститься до Нового года',
      },
      time_zone: 'Asia/Yekaterinburg',
      zone_source: 'words',
    },
    lines: [
      [
        190,
        'ai',
        'Мария, здравствуйте! Это Ольга, компания «Маяк». Вы оставляли заявку: хотите, чтобы ни одно обращение не терялось. Я её цифровой ассистент. Расскажите, как сейчас приходят заявки?',
      ],
      [
        171,
        'lead',
        'Здравствуйте! Да, оставляла. Менеджеры отвечают слишком долго, и мы теряем заявки. Нас 12 человек',
      ],
      [
        170,
        'ai',
        'Понимаю, знакомая история. Обычно это решают за пару недель: заявки сами попадают в CRM, и первый ответ уходит за минуту. Когда хотели бы запуститься?',
      ],
      [52, 'lead', 'хотим запуститься до Нового года, бюджет до 300 тысяч'],
      [51, 'lead', 'Можно созвониться во вторник до обеда?'],
      [
        50,
        'ai',
        'Во вторник до обеда у Ольги свободно:\n• вт, 1 декабря, 10:00\n• вт, 1 декабря, 11:30\n• вт, 1 декабря, 12:00\n\nКакое время удобнее?',
      ],
    ],
    thought: {
      refused: {
        problem: 'the text names a price that is not in the knowledge: "250 тысяч"',
        reply: 'Для вас это обойдётся в 250 тысяч. Во вторник до обеда свободно: [TIMES]',
      },
      decision: {
        classification: classified('wants_meeting', {
          timeQuotes: ['во вторник до обеда'],
          facts: {
            need: null,
            budget: 'до 300 тысяч',
            timeline: 'хотим запуститься до Нового года',
            authority: null,
            email: null,
          },
        }),
        sales: {
          reply: 'Во вторник до обеда у Ольги свободно: [TIMES] Какое время удобнее?',
          action: 'offer_times',
          offerId: null,
          note: 'Предложила время во вторник до обеда',
        },
        offers: [
          offer('a', 70, 'вт, 1 декабря, 10:00'),
          offer('b', 71, 'вт, 1 декабря, 11:30'),
          offer('c', 72, 'вт, 1 декабря, 12:00'),
        ],
        wishFree: true,
      },
    },
    next: { kind: 'follow_up', inHours: 19 },
    note: 'Знаю их директора, Игорь Ковалёв. Он решает, Мария собирает варианты.',
  },
  {
    name: 'Дмитрий Орлов',
    lead: {
      ...handedOff,
      control_reason: 'Просит живого человека: вопрос о договоре',
      stage: 'qualified',
      telegram_username: 'd_orlov',
      bound_by: 'link',
    },
    lines: [
      [
        34,
        'ai',
        'Дмитрий, добрый день! Получили вашу заявку. Что для вас сейчас важнее всего в работе с заявками?',
      ],
      [21, 'lead', 'Мне нужен человек, который ответит по договору и по NDA. С ботом обсуждать не буду'],
      [20, 'ai', 'Понимаю, передаю коллеге. Ольга ответит вам здесь же в рабочее время.'],
      [6, 'lead', 'Жду. И пришлите, пожалуйста, шаблон договора'],
    ],
    thought: {
      decision: {
        classification: classified('wants_human', { confidence: 0.98 }),
        sales: {
          reply: 'Понимаю, передаю коллеге. Ольга ответит вам здесь же в рабочее время.',
          action: 'handoff',
          offerId: null,
          note: 'Просит живого человека: вопрос о договоре',
        },
      },
    },
  },
  {
    name: 'Emily Carter',
    lead: {
      ...handedOff,
      control_source: 'failure',
      control_reason: 'n8n did not finish the turn',
      language: 'en',
      time_zone: 'Europe/London',
      stage: 'contacted',
      telegram_username: 'emily_c',
      bound_by: 'username',
    },
    lines: [
      [
        95,
        'ai',
        'Hi Emily, this is the assistant of Olga at Beacon. You asked about answering leads faster. How many requests do you get a day?',
      ],
      [12, 'lead', 'About 40 a day, mostly from the website. Do you work with HubSpot too?'],
    ],
  },
  {
    name: 'Артём Зайцев',
    lead: { stage: 'contacted', telegram_username: 'zaytsev_a', bound_by: 'phone', phones: ['+79031112233'] },
    lines: [
      [
        9,
        'ai',
        'Артём, здравствуйте! Вы оставляли заявку на сайте. Подскажите, сколько заявок в день приходит и кто на них отвечает?',
      ],
      [1, 'lead', 'Примерно 15-20, отвечаю сам. А сколько стоит внедрение?'],
    ],
    thinking: true,
  },
  {
    name: 'Ольга Литвинова',
    lead: {
      stage: 'booked',
      telegram_username: 'litvinova',
      bound_by: 'link',
      facts: { need: 'единая база клиентов' },
    },
    lines: [
      [1500, 'ai', 'Ольга, добрый день! Подскажите, какая задача сейчас самая срочная?'],
      [1440, 'lead', 'Нужна единая база клиентов, сейчас всё в таблицах'],
      [1439, 'ai', 'Это решаемо. Давайте покажу на коротком звонке, как это выглядит у похожих компаний.'],
      [1380, 'lead', 'Давайте завтра в 15'],
      [1379, 'ai', 'Записала: встреча подтверждена, ссылка придёт в напоминании. До связи!'],
    ],
    meeting: { inDays: 1, hour: 15, status: 'booked' },
    next: { kind: 'reminder', inHours: 3 },
  },
  {
    name: 'Сергей Морозов',
    lead: {
      stage: 'booked',
      bound_by: 'username',
      telegram_username: 'morozov_s',
      time_zone: 'Asia/Vladivostok',
    },
    lines: [
      [400, 'lead', 'Мне подходит второй вариант'],
      [399, 'ai', 'Отлично, встреча назначена. Пришлю напоминание за час.'],
    ],
    meeting: { inDays: 2, hour: 11, status: 'booked' },
  },
  {
    name: 'Анна Белова',
    lead: {
      control: 'human',
      control_source: 'operator',
      control_by: 'Ирина Соколова',
      control_reason: 'wrote to the lead in the console',
      stage: 'qualified',
      bound_by: 'link',
      telegram_username: 'belova_anna',
    },
    lines: [
      [300, 'ai', 'Анна, здравствуйте! Видим вашу заявку на интеграцию.'],
      [280, 'lead', 'Интересует интеграция с 1С, есть такой опыт?'],
      [
        275,
        'human',
        'Анна, здравствуйте, это Ирина. Да, делали для трёх оптовых компаний. Пришлю два примера до вечера.',
      ],
    ],
  },
  {
    name: 'Игорь Панин',
    lead: {
      control: 'paused',
      control_source: 'operator',
      control_by: 'Ирина Соколова',
      control_reason: 'в отпуске до понедельника',
      control_until: inHours(66),
      stage: 'contacted',
    },
    lines: [
      [2900, 'ai', 'Игорь, добрый день! Удобно ли сейчас обсудить заявку?'],
      [2800, 'lead', 'Я в отпуске, напишите в понедельник'],
      [2799, 'ai', 'Хорошо, напишу в понедельник. Хорошего отдыха!'],
    ],
  },
  {
    name: 'Екатерина Громова',
    lead: { stage: 'contacted', telegram_username: 'gromova', bound_by: 'phone' },
    lines: [
      [130, 'ai', 'Екатерина, добрый день! Вы спрашивали о настройке CRM. Что сейчас мешает больше всего?'],
    ],
    next: { kind: 'follow_up', inHours: 18 },
  },
  {
    name: 'Лев Гусев',
    lead: { stage: 'contacted', phones: ['+79850001122'] },
    lines: [[240, 'ai', 'Лев, здравствуйте! Получили вашу заявку.']],
    dead: 'the person forbids messages from strangers (USER_PRIVACY_RESTRICTED)',
  },
  {
    name: 'Вера Тихонова',
    lead: { stage: 'lost', opted_out_at: new Date(Date.now() - 3 * 24 * hourMs), opted_out_source: 'words' },
    lines: [
      [4400, 'ai', 'Вера, добрый день!'],
      [4320, 'lead', 'Больше не пишите мне'],
    ],
  },
  {
    name: 'Павел Рогов',
    lead: { stage: 'qualified', telegram_username: 'rogov_p', bound_by: 'link' },
    lines: [
      [700, 'lead', 'Да, интересно, но надо посоветоваться с партнёром'],
      [699, 'ai', 'Конечно. Напишу вам в четверг, чтобы узнать, что решили.'],
    ],
    next: { kind: 'follow_up', inHours: 40 },
  },
]

/** Puts them into an empty database. @returns the ids by name */
export async function addSampleLeads(db: Queryable): Promise<Map<string, number>> {
  const ids = new Map<string, number>()
  let id = 501_000
  for (const sample of samples) {
    id += 1
    ids.set(sample.name, id)
    await addSample(db, id, sample)
  }
  return ids
}

async function addSample(db: Queryable, id: number, sample: Sample): Promise<void> {
  const first = sample.lines[0]?.[0] ?? 10
  const row = {
    id,
    name: `Заявка с сайта: ${sample.name}`,
    contact_name: sample.name,
    language: 'ru',
    time_zone: 'Europe/Moscow',
    phone: sample.lead?.phones?.[0] ?? null,
    created_at: new Date(Date.now() - first * minuteMs - 24_000),
    ...sample.lead,
  }
  const names = Object.keys(row)
  await db.query(
    `insert into leads (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
    Object.values(row),
  )
  const conversation = await openConversation(db, { leadId: id, accountId: 'main', peerId: 9_000_000 + id })
  let turnId: number | null = null
  if (sample.thought) turnId = await addThought(db, id, sample)
  const lastOfAi = sample.lines.findLastIndex(([, author]) => author === 'ai')
  for (const [index, [ago, author, text]] of sample.lines.entries()) {
    const at = new Date(Date.now() - ago * minuteMs)
    const isDead = sample.dead && index === sample.lines.length - 1
    const message = one(
      await db.query<{ id: number }>(
        `insert into messages (conversation_id, lead_id, direction, author, text, sent_at, created_at, channel_message_id, account_id,
                               peer_id, turn_id, written_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'main', $9, $10, $11) returning id`,
        [
          conversation.id,
          id,
          author === 'lead' ? 'in' : 'out',
          author,
          text,
          isDead ? null : at,
          at,
          isDead ? null : index + 1,
          9_000_000 + id,
          index === lastOfAi ? turnId : null,
          author === 'human' ? 'Ирина Соколова' : null,
        ],
      ),
    )
    if (isDead)
      await db.query(
        `insert into outbox (lead_id, channel, payload, idempotency_key, state, attempts, last_error, finished_at)
         values ($1, 'telegram', $2, $3, 'dead', 3, $4, now())`,
        [id, { kind: 'text', messageId: message.id, text }, `sample:${id}`, sample.dead],
      )
  }
  if (turnId !== null)
    await db.query(
      `update turns set seen_message_id = (select max(m.id) from messages m where m.lead_id = $2 and direction = 'in'
         and m.id < (select max(id) from messages where turn_id = $1)) where id = $1`,
      [turnId, id],
    )
  if (sample.meeting) {
    const start = moscow(sample.meeting.inDays, sample.meeting.hour)
    await db.query(
      `insert into calendar_events (lead_id, seller_id, status, starts_at, ends_at, blocked, calendar_id, google_event_id, meet_link, booked_at)
       values ($1, 'olga', $2, $3::timestamptz, $3::timestamptz + interval '30 min',
               tstzrange($3::timestamptz, $3::timestamptz + interval '40 min', '[)'), 'olga@beacon.example', $4, 'https://meet.google.com/abc-defg-hij', now())`,
      [id, sample.meeting.status, start, `sample${id}`],
    )
  }
  if (sample.next)
    await db.query(`insert into turns (lead_id, kind, state, run_at) values ($1, $2, 'pending', $3)`, [
      id,
      sample.next.kind,
      inHours(sample.next.inHours),
    ])
  if (sample.thinking)
    await db.query(
      `insert into turns (lead_id, kind, state, run_at, fencing, lease_until, attempts, seen_at, seen_message_id)
       values ($1, 'answer', 'running', now(), 1, now() + interval '1 hour', 1, now(), (select max(id) from messages where lead_id = $1))`,
      [id],
    )
  if (sample.note)
    await db.query(
      `insert into lead_notes (lead_id, author, text, created_at) values ($1, 'Ирина Соколова', $2, now() - interval '45 min')`,
      [id, sample.note],
    )
}

async function addThought(db: Queryable, leadId: number, { thought }: Sample): Promise<number> {
  const decision: Decision = {
    notFree: [],
    classification: null,
    offers: [],
    wishFree: null,
    wishUnclear: false,
    plan: null,
    promptVersions: { classifier: classifierVersion, sales: salesVersion },
    origin: 'ai',
    ...thought!.decision,
  }
  const trace = thought?.refused
    ? {
        refused: [
          { problem: thought.refused.problem, sales: { ...decision.sales, reply: thought.refused.reply } },
        ],
      }
    : {}
  const turn = one(
    await db.query<{ id: number }>(
      `insert into turns (lead_id, kind, state, run_at, first_event_at, fencing, attempts, refusals, decision, decided_at, trace, finished_at)
       values ($1, 'answer', 'done', now() - interval '50 min 8 s', now() - interval '50 min 20 s', 1, 1, $2, $3,
               now() - interval '50 min 2 s', $4, now() - interval '50 min') returning id`,
      [leadId, thought?.refused ? 1 : 0, decision, trace],
    ),
  )
  return turn.id
}

/** Leads of the last month that are over, for the numbers: each step loses some, and answers take seconds. */
export async function addHistory(db: Queryable): Promise<void> {
  await db.query(
    `insert into leads (id, name, contact_name, card, stage, created_at, stage_since, control, control_source)
     select 400000 + n, 'Заявка ' || n, 'Клиент ' || n,
            case when n % 8 > 0 then jsonb_build_object('source', (array['https://beacon.example/price', 'Форма на сайте', 'yandex-direct', 'vk'])[1 + n % 11 % 4]) else '{}' end,
            'lost', at, at, case when n % 9 = 0 then 'human' else 'ai' end,
            case when n % 9 = 0 then (array['decision', 'phone', 'operator', 'failure'])[1 + n % 4] else 'start' end
     from (select n, now() - n * interval '2.7 hours' - (n % 7) * interval '40 min' as at from generate_series(1, 260) n) old`,
  )
  await db.query(
    `update lead_heads set last_at = created_at,
       contacted_at = created_at + (8 + lead_id * 7 % 45) * interval '1 s',
       replied_at = case when lead_id % 10 < 7 then created_at + interval '20 min' end,
       qualified_at = case when lead_id % 10 < 5 then created_at + interval '40 min' end,
       offered_at = case when lead_id % 10 < 4 then created_at + interval '1 hour' end,
       booked_at = case when lead_id % 10 < 3 then created_at + interval '2 hours' end
     where lead_id between 400001 and 400260`,
  )
  await db.query(
    `insert into calendar_events (lead_id, seller_id, status, starts_at, ends_at, blocked, calendar_id, google_event_id, booked_at)
     select lead_id, case when lead_id % 3 = 0 then 'pavel' else 'olga' end, 'booked', at, at + interval '30 min',
            tstzrange(at, at + interval '30 min', '[)'), 'olga@beacon.example', 'old' || lead_id, booked_at
     from (select *, date_trunc('day', now()) - (row_number() over (order by lead_id) / 3 + 1) * interval '1 day'
             + (7 + row_number() over (order by lead_id) % 3 * 3) * interval '1 hour' as at
           from lead_heads where lead_id between 400001 and 400260 and booked_at is not null and lead_id % 20 <> 0) booked`,
  )
  await db.query(
    `with made as (
       insert into turns (lead_id, kind, state, run_at, first_event_at, finished_at, decided_at, decision)
       select 400000 + n, 'answer', 'done', at, at, at + interval '1 min', at + interval '5 s', jsonb_build_object(
         'sales', jsonb_build_object('action', case when n % 9 = 0 then 'handoff' else 'talk' end, 'reply', 'Спасибо!', 'note', ''),
         'classification', jsonb_build_object(
           'intent', (array['wants_human', 'complaint', 'wants_human', 'question', 'abuse'])[1 + n / 9 % 5],
           'objections', case when n % 4 = 1 then jsonb_build_array((array['price', 'time', 'price', 'trust', 'competitor', 'price'])[1 + n / 4 % 6]) else '[]' end),
         'offers', '[]'::jsonb)
       from (select n, now() - n * interval '2.7 hours' as at from generate_series(1, 200) n) old returning id, lead_id, first_event_at
     ), called as (
       insert into model_calls (turn_id, fencing, step, vendor, model, outcome, ms, input_tokens, output_tokens, cost_usd, at)
       select id, 1, 'sales', 'openai', 'gpt-6-luna', 'ok', 900, 2400 + lead_id % 7 * 100, 90, 0.0021, first_event_at from made
     ), places as (
       insert into conversations (lead_id, channel, account_id, peer_id) select lead_id, 'telegram', 'main', lead_id from made returning id, lead_id
     ), said as (
       insert into messages (conversation_id, lead_id, direction, author, text, turn_id, sent_at, created_at)
       select p.id, m.lead_id, 'out', 'ai', 'Спасибо!', m.id, m.first_event_at + (7 + m.lead_id % 13) * interval '1 s', m.first_event_at
       from made m join places p using (lead_id) returning id, lead_id, turn_id
     )
     insert into outbox (lead_id, turn_id, channel, payload, idempotency_key, state, finished_at)
     select lead_id, turn_id, 'telegram', jsonb_build_object('kind', 'text', 'messageId', id), 'old:' || id, 'done', now() from said`,
  )
}
