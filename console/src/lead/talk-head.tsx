import type { LeadCard } from '@lead/contract/console'
import {
  AlarmClock,
  ArrowLeft,
  Ban,
  Bot,
  Check,
  CircleCheck,
  Clock,
  Ellipsis,
  FileUser,
  ExternalLink,
  Hand,
  PanelRight,
  ShieldCheck,
} from 'lucide-react'
import { useState } from 'react'
import { useInboxPlace } from '../inbox/inbox-place.ts'
import { useMay } from '../session/use-me.ts'
import { shownName } from '../texts/shown-name.ts'
import { fill, type Language, type Texts } from '../texts/texts.ts'
import { clock, cityOf, moment } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Holder, queueLooks } from '../ui/holder.tsx'
import { Menu, MenuItem, MenuLabel, MenuLine } from '../ui/menu.tsx'
import { useClock } from '../ui/use-clock.ts'
import { AskReasonDialog } from './ask-reason-dialog.tsx'
import { CloseDialog } from './close-dialog.tsx'
import { LiftDialog } from './lift-dialog.tsx'
import { PersonDialog } from './person-dialog.tsx'
import { UntilDialog } from './until-dialog.tsx'
import type { Work } from './use-work.ts'

type Asked = 'block' | 'close' | 'lift' | 'pause' | 'person' | 'snooze' | null

export function TalkHead({ lead, work }: { lead: LeadCard; work: Work }) {
  const texts = useTexts()
  const { language } = useLanguage()
  const { search, go } = useInboxPlace()
  const mayWork = useMay('work')
  const mayLead = useMay('lead')
  const now = useClock()
  const [asked, setAsked] = useState<Asked>(null)
  const name = shownName(lead)
  return (
    <header className="flex h-14 shrink-0 items-center gap-3 border-b px-4 max-sm:gap-1.5 max-sm:px-2">
      <IconButton
        label={texts.app.back}
        className="md:hidden"
        onClick={() => go({ lead: undefined, side: undefined, turn: undefined })}
      >
        <ArrowLeft size={18} />
      </IconButton>
      <span className="max-2xl:hidden">
        <Holder lead={{ name, queue: lead.queue }} />
      </span>
      <div className="min-w-0 grow leading-5">
        <h2 className="truncate text-base font-semibold">{name}</h2>
        <p className="truncate text-xs text-faint">
          <span className={queueLooks[lead.queue].text}>{holderText(lead, texts, language)}</span>
          {lead.timeZone && (
            <span className="num max-sm:hidden">
              {' · '}
              {cityOf(lead.timeZone, language)} {clock(new Date(now), { language, zone: lead.timeZone })}
            </span>
          )}
        </p>
      </div>
      {mayWork && <MainAction lead={lead} work={work} onLift={() => setAsked('lift')} />}
      <IconButton
        label={texts.card.title}
        className="xl:hidden"
        onClick={() => go({ side: search.side ? undefined : 'card' }, true)}
      >
        <PanelRight size={18} />
      </IconButton>
      <Menu
        trigger={
          <IconButton label={texts.control.more}>
            <Ellipsis size={18} />
          </IconButton>
        }
      >
        {mayWork && !lead.optedOutAt && (
          <>
            <MenuLabel>{texts.control.pause}</MenuLabel>
            <MenuItem icon={<Clock size={14} />} onSelect={() => work.pause.mutate(inHours(1))}>
              {texts.control.hour}
            </MenuItem>
            <MenuItem icon={<Clock size={14} />} onSelect={() => work.pause.mutate(tomorrowMorning())}>
              {texts.control.evening}
            </MenuItem>
            <MenuItem icon={<Clock size={14} />} onSelect={() => work.pause.mutate(inHours(24 * 7))}>
              {texts.control.week}
            </MenuItem>
            <MenuItem icon={<Clock size={14} />} onSelect={() => setAsked('pause')}>
              {texts.control.pick}
            </MenuItem>
            <MenuLine />
          </>
        )}
        {mayWork && lead.queue !== 'closed' && (
          <>
            <MenuItem
              icon={lead.approval.isOn ? <Check size={14} /> : <ShieldCheck size={14} />}
              onSelect={() => work.needApproval.mutate(!lead.approval.isOn)}
            >
              {lead.approval.isOn ? texts.draft.turnOff : texts.draft.turnOn}
            </MenuItem>
            {lead.snoozedUntil ? (
              <MenuItem icon={<AlarmClock size={14} />} onSelect={() => work.snooze.mutate(null)}>
                {texts.control.unsnooze}
              </MenuItem>
            ) : (
              <>
                <MenuItem
                  icon={<AlarmClock size={14} />}
                  onSelect={() => work.snooze.mutate(tomorrowMorning())}
                >
                  {texts.control.snooze}
                </MenuItem>
                <MenuItem icon={<AlarmClock size={14} />} onSelect={() => setAsked('snooze')}>
                  {texts.control.snoozePick}
                </MenuItem>
              </>
            )}
          </>
        )}
        <MenuItem
          icon={<ExternalLink size={14} />}
          onSelect={() => window.open(lead.cardUrl, '_blank', 'noreferrer')}
        >
          {texts.control.openCard}
        </MenuItem>
        {mayLead && (
          <MenuItem icon={<FileUser size={14} />} onSelect={() => setAsked('person')}>
            {texts.person.open}
          </MenuItem>
        )}
        {mayWork && !lead.optedOutAt && (
          <MenuItem icon={<Ban size={14} />} isDanger onSelect={() => setAsked('block')}>
            {texts.control.block}
          </MenuItem>
        )}
        {mayWork && lead.queue !== 'closed' && (
          <MenuItem icon={<CircleCheck size={14} />} isDanger onSelect={() => setAsked('close')}>
            {texts.close.title}
          </MenuItem>
        )}
      </Menu>
      {asked === 'close' && <CloseDialog work={work} onClose={() => setAsked(null)} />}
      {asked === 'block' && (
        <AskReasonDialog
          title={texts.control.blockTitle}
          text={texts.control.blockText}
          confirm={texts.control.block}
          onConfirm={(reason) => work.block.mutate(reason)}
          onClose={() => setAsked(null)}
        />
      )}
      {asked === 'lift' && <LiftDialog work={work} onClose={() => setAsked(null)} />}
      {asked === 'person' && (
        <PersonDialog
          lead={lead}
          onClose={(isErased) => {
            setAsked(null)
            if (isErased) go({ lead: undefined, side: undefined, turn: undefined })
          }}
        />
      )}
      {asked === 'pause' && (
        <UntilDialog
          title={texts.control.pause}
          onUntil={(until) => work.pause.mutate(until)}
          onClose={() => setAsked(null)}
        />
      )}
      {asked === 'snooze' && (
        <UntilDialog
          title={texts.control.snoozePick}
          onUntil={(until) => work.snooze.mutate(until)}
          onClose={() => setAsked(null)}
        />
      )}
    </header>
  )
}

/** The one thing that is done most: take it, or give it back. */
function MainAction({ lead, work, onLift }: { lead: LeadCard; work: Work; onLift: () => void }) {
  const texts = useTexts()
  if (lead.optedOutAt) return <Button onClick={onLift}>{texts.control.lift}</Button>
  const isTaken = lead.control === 'human' && lead.controlSource === 'operator'
  return (
    <>
      {lead.control !== 'ai' && (
        <Button
          icon={<Bot size={15} />}
          isBusy={work.give.isPending}
          className={isTaken ? '' : 'max-2xl:px-2.5 max-sm:hidden'}
          title={texts.control.give}
          aria-label={texts.control.give}
          onClick={() => work.give.mutate({ liftOptOut: false })}
        >
          {/* Beside the other button only its sign, where the name of the lead would have no room. */}
          <span className={isTaken ? 'max-lg:hidden' : 'max-2xl:hidden'}>{texts.control.give}</span>
          {isTaken && <span className="lg:hidden">{texts.holder.ai}</span>}
        </Button>
      )}
      {!isTaken && (
        <Button
          look="primary"
          icon={<Hand size={15} />}
          isBusy={work.take.isPending}
          onClick={() => work.take.mutate()}
        >
          {texts.control.take}
          <kbd className="ml-1 font-sans text-xs opacity-60 max-lg:hidden">T</kbd>
        </Button>
      )}
    </>
  )
}

function holderText(lead: LeadCard, texts: Texts, language: Language): string {
  if (lead.optedOutAt) return texts.holder.off
  if (lead.control === 'paused' && lead.controlUntil)
    return fill(texts.control.pausedUntil, { when: moment(lead.controlUntil, { language }) })
  if (lead.control === 'human')
    return lead.controlBy && lead.controlSource === 'operator'
      ? fill(texts.control.heldBy, { name: lead.controlBy })
      : texts.queue[lead.queue]
  return texts.holder.ai
}

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000)

function tomorrowMorning(): Date {
  const morning = new Date()
  morning.setDate(morning.getDate() + 1)
  morning.setHours(9, 0, 0, 0)
  return morning
}
