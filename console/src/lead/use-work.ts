import type { LeadCard } from '@lead/contract/console'
import { useMutation } from '@tanstack/react-query'
import { ApiProblem, post } from '../api/ask.ts'
import { queryClient } from '../api/queries.ts'
import { fill } from '../texts/texts.ts'
import { moment } from '../texts/times.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { toast } from '../ui/toasts.tsx'

type Close = { reason: 'notInterested' | 'unreachable' | 'other'; comment?: string }

/** What a person does with a lead; each says what came of it. */
export function useWork(lead: Pick<LeadCard, 'id'>) {
  const texts = useTexts()
  const { language } = useLanguage()
  const base = `/console/leads/${lead.id}`

  /** Also what the stream would say a moment later: what is clicked answers at once. */
  const settle = () => {
    void queryClient.invalidateQueries({ queryKey: ['lead', lead.id] })
    for (const name of ['leads', 'counters']) void queryClient.invalidateQueries({ queryKey: [name] })
  }
  const say = (error: Error) =>
    toast(
      error instanceof ApiProblem ? fill(texts.app.problem, { detail: error.message }) : texts.app.offline,
      true,
    )
  const act = <Input>(
    path: string | ((input: Input) => string),
    bodyOf: (input: Input) => object,
    done: (input: Input) => string | null,
  ) =>
    useMutation({
      mutationFn: (input: Input) =>
        post<{ stopped?: boolean }>(
          `${base}/${typeof path === 'string' ? path : path(input)}`,
          bodyOf(input),
        ),
      onSuccess: (answer, input) => {
        const text = answer.stopped === false ? texts.control.nothingToStop : done(input)
        if (text) toast(text)
      },
      onError: say,
      onSettled: settle,
    })

  return {
    take: act<void>(
      'control',
      () => ({ control: 'human' }),
      () => texts.control.takenOver,
    ),
    give: act<{ liftOptOut: boolean }>(
      'control',
      ({ liftOptOut }) => ({ control: 'ai', liftOptOut }),
      () => texts.control.givenBack,
    ),
    pause: act<Date>(
      'control',
      (until) => ({ control: 'paused', until: until.toISOString() }),
      (until) => fill(texts.control.paused, { when: moment(until, { language }) }),
    ),
    stop: act<void>(
      'stop-thinking',
      () => ({}),
      () => texts.control.stopped,
    ),
    write: act<{ text: string; key: string }>(
      'messages',
      (input) => input,
      () => null,
    ),
    note: act<{ text: string }>(
      'notes',
      (input) => input,
      () => null,
    ),
    close: act<Close>(
      'close',
      (input) => input,
      () => texts.control.closed,
    ),
    approve: act<{ draftId: number; reply?: string }>(
      ({ draftId }) => `drafts/${draftId}/approve`,
      ({ reply }) => ({ reply }),
      () => texts.draft.approved,
    ),
    reject: act<{ draftId: number; reason: string }>(
      ({ draftId }) => `drafts/${draftId}/reject`,
      ({ reason }) => ({ reason }),
      () => null,
    ),
    suggest: act<void>(
      'suggest',
      () => ({}),
      () => texts.draft.asked,
    ),
    needApproval: act<boolean | null>(
      'approval',
      (needs) => ({ needs }),
      (needs) => (needs ? texts.draft.on : texts.draft.off),
    ),
    snooze: act<Date | null>(
      'snooze',
      (until) => ({ until: until?.toISOString() ?? null }),
      (until) =>
        until ? fill(texts.control.snoozed, { when: moment(until, { language }) }) : texts.control.unsnoozed,
    ),
    block: act<string>(
      'block',
      (reason) => ({ reason }),
      () => texts.control.blocked,
    ),
    wrong: act<{ messageId: number; right: string; comment?: string }>(
      ({ messageId }) => `messages/${messageId}/wrong`,
      ({ right, comment }) => ({ right, comment }),
      () => texts.wrong.kept,
    ),
    retry: useMutation({
      mutationFn: (messageId: number) => post(`${base}/messages/${messageId}/retry`),
      onError: say,
      onSettled: settle,
    }),
  }
}
export type Work = ReturnType<typeof useWork>
