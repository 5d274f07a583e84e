import type { LeadCard } from '@lead/contract/console'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ExternalLink, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { leadQuery } from '../api/queries.ts'
import { useMe } from '../session/use-me.ts'
import { fill } from '../texts/texts.ts'
import { ago, cityOf, clock, moment } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { Chip } from '../ui/chip.tsx'
import { queueLooks } from '../ui/holder.tsx'
import { Failed, Skeleton } from '../ui/states.tsx'
import { useClock } from '../ui/use-clock.ts'
import { whyHeld } from './why-held.ts'
import { MeetingLine } from './meeting-line.tsx'
import { Tasks } from './tasks.tsx'

export function Card({ leadId }: { leadId: number }) {
  const query = useQuery(leadQuery(leadId))
  if (query.isPending) return <Skeleton lines={14} />
  if (query.isError) return <Failed onAgain={() => void query.refetch()} />
  return <CardOf lead={query.data} />
}

function CardOf({ lead }: { lead: LeadCard }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const facts = Object.entries(lead.facts) as [keyof LeadCard['facts'], string][]
  return (
    <div className="divide-y">
      <Standing lead={lead} />
      <Part title={texts.card.facts}>
        {facts.length === 0 ? (
          <p className="text-faint text-pretty">{texts.card.noFacts}</p>
        ) : (
          <dl className="flex flex-col gap-3">
            <div>
              <dt className="text-xs text-faint">{texts.card.score}</dt>
              <dd className="num">{fill(texts.card.scoreOf, { n: lead.score.score, of: lead.score.of })}</dd>
            </div>
            {facts.map(([name, quote]) => (
              <div key={name}>
                <dt className="text-xs text-faint">{texts.fact[name]}</dt>
                <dd className="border-l-2 border-line-strong pl-2.5 break-words">{quote}</dd>
                {lead.learned
                  .filter((fact) => fact.name === name && fact.replacedAt !== null)
                  .toReversed()
                  .slice(0, 3)
                  .map((fact) => (
                    <dd key={fact.at} className="pl-3 text-xs text-faint break-words">
                      {fill(texts.card.before, { value: fact.value, when: moment(fact.at, { language }) })}
                    </dd>
                  ))}
              </div>
            ))}
          </dl>
        )}
      </Part>
      {lead.meetings.length > 0 && (
        <Part title={texts.card.meetings}>
          <ul className="flex flex-col gap-2">
            {lead.meetings.slice(0, 5).map((meeting) => (
              <MeetingLine key={meeting.id} meeting={meeting} />
            ))}
          </ul>
        </Part>
      )}
      <Request request={lead.request} />
      <Identity lead={lead} />
      <Crm lead={lead} />
      {!lead.isCardGone && (
        <Part title={texts.card.tasks}>
          <Tasks leadId={lead.id} />
        </Part>
      )}
      {lead.others.length > 0 && (
        <Part title={texts.card.others}>
          <ul className="flex flex-col gap-1">
            {lead.others.map((other) => (
              <li key={other.id}>
                <Link
                  to="/app/inbox/$queue"
                  params={{ queue: 'all' }}
                  search={{ lead: other.id }}
                  className="flex items-baseline justify-between gap-2 rounded-sm py-0.5 hover:underline"
                >
                  <span className="truncate">{other.name}</span>
                  <span className="num shrink-0 text-xs text-faint">
                    {moment(other.lastAt, { language })}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </div>
  )
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="px-5 py-4">
    <h3 className="mb-2 text-xs font-medium text-faint">{title}</h3>
    {children}
  </section>
)

const Line = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="grid grid-cols-[96px_1fr] gap-3 py-0.5">
    <dt className="min-w-0 break-words text-faint">{name}</dt>
    <dd className="min-w-0 break-words">{children}</dd>
  </div>
)

/** Who has the ball, since when, and what comes next. */
function Standing({ lead }: { lead: LeadCard }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const now = useClock()
  const { icon: Icon, text, tint } = queueLooks[lead.queue]
  return (
    <section className="px-5 py-4">
      <div className={`mb-3 flex items-start gap-2.5 rounded-md p-3 ${tint}`}>
        <Icon size={16} className={`mt-0.5 shrink-0 ${text}`} />
        <div className="min-w-0">
          <p className={`font-semibold ${text}`}>{texts.queue[lead.queue]}</p>
          {lead.control !== 'ai' && <p className="break-words text-pretty">{whyHeld(lead, texts)}</p>}
          {lead.control === 'paused' && lead.controlReason && (
            <p className="text-soft">{lead.controlReason}</p>
          )}
          {lead.optedOutAt && <p>{texts.holder.off}</p>}
          {lead.next && (
            <p>
              {texts.turnKind[lead.next.kind]}
              <span className="num text-soft"> · {moment(lead.next.at, { language })}</span>
            </p>
          )}
          {lead.unansweredSince && (
            <p className="text-soft">
              {fill(texts.card.unanswered, { when: moment(lead.unansweredSince, { language }) })} (
              {ago(lead.unansweredSince, texts, now)})
            </p>
          )}
        </div>
      </div>
      <dl>
        <Line name={texts.card.stage}>
          {texts.stage[lead.stage]}{' '}
          <span className="text-faint">
            {fill(texts.card.since, { when: moment(lead.stageSince, { language }) })}
          </span>
        </Line>
        <Line name={texts.card.received}>
          <span className="num">{moment(lead.createdAt, { language })}</span>
        </Line>
      </dl>
    </section>
  )
}

/** What the card in amoCRM says of the request: where it came from, and what they filled in. */
function Request({ request: { source, answers } }: Pick<LeadCard, 'request'>) {
  const texts = useTexts()
  if (!source && answers.length === 0) return null
  return (
    <Part title={texts.card.request}>
      <dl>
        {source && <Line name={texts.card.source}>{source}</Line>}
        {answers.map(({ question, answer }) => (
          <Line key={question} name={question}>
            {answer}
          </Line>
        ))}
      </dl>
    </Part>
  )
}

function Identity({ lead }: { lead: LeadCard }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const now = useClock()
  return (
    <Part title={texts.card.identity}>
      <dl>
        <Line name={texts.card.telegram}>
          {lead.username ? `@${lead.username}` : (lead.telegramUserId ?? texts.app.unknown)}
        </Line>
        {lead.phones.length > 0 && (
          <Line name={texts.card.phone}>
            <span className="num">{lead.phones.join(', ')}</span>
          </Line>
        )}
        {lead.email && <Line name={texts.card.email}>{lead.email}</Line>}
        {lead.language && <Line name={texts.card.language}>{texts.card[lead.language]}</Line>}
        {lead.timeZone && (
          <Line name={texts.card.zone}>
            {cityOf(lead.timeZone, language)}{' '}
            <span className="num text-faint">{clock(new Date(now), { language, zone: lead.timeZone })}</span>
          </Line>
        )}
      </dl>
      <p className={`mt-2 flex gap-1.5 text-pretty ${lead.boundBy ? 'text-soft' : 'text-human'}`}>
        {!lead.boundBy && <TriangleAlert size={14} className="mt-0.5 shrink-0" />}
        {lead.boundBy ? texts.boundBy[lead.boundBy] : texts.card.unbound}
      </p>
    </Part>
  )
}

function Crm({ lead }: { lead: LeadCard }) {
  const texts = useTexts()
  const me = useMe()
  const { waiting, dead } = lead.crm
  return (
    <Part title={texts.card.crm}>
      <div className="flex items-center justify-between gap-2">
        <a
          href={lead.cardUrl}
          target="_blank"
          rel="noreferrer"
          className="inline-flex min-w-0 items-center gap-1.5 hover:underline"
        >
          <span className="truncate">{lead.name}</span>
          <ExternalLink size={12} className="shrink-0 text-faint" />
        </a>
        {lead.isCardGone ? (
          <Chip className="bg-attention-tint text-attention">{texts.card.crmGone}</Chip>
        ) : dead > 0 ? (
          <Chip className="bg-attention-tint text-attention">{fill(texts.card.crmDead, { n: dead })}</Chip>
        ) : waiting > 0 ? (
          <Chip className="bg-human-tint text-human">{fill(texts.card.crmWaiting, { n: waiting })}</Chip>
        ) : (
          <Chip className="bg-booked-tint text-booked">{texts.card.crmOk}</Chip>
        )}
      </div>
      <p className="num mt-1 text-xs text-faint">
        #{lead.id}
        {me.simulated.includes('amocrm') ? ` · ${texts.health.simulated}` : ''}
      </p>
    </Part>
  )
}
