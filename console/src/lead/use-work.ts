import type { LeadCard } from '@lead/contract/console'
import { useMutation } from '@tanstack/react-query'
import { api, ApiProblem, ask } from '../api/ask.ts'
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
  const params = { path: { leadId: lead.id } }

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
  const act = <Input>(doIt: (input: Input) => Promise<object>, done: (input: Input) => string | null) =>
    useMutation({
      mutationFn: doIt,
      onSuccess: (answer, input) => {
        const isIdle = 'stopped' in answer && answer.stopped === false
        const text = isIdle ? texts.control.nothingToStop : done(input)
        if (text) toast(text)
      },
      onError: say,
      onSettled: settle,
    })

  return {
    take: act<void>(
      () => ask(api.POST('/console/leads/{leadId}/control', { params, body: { control: 'human' } })),
      () => texts.control.takenOver,
    ),
    give: act<{ liftOptOut: boolean }>(
      ({ liftOptOut }) =>
        ask(api.POST('/console/leads/{leadId}/control', { params, body: { control: 'ai', liftOptOut } })),
      () => texts.control.givenBack,
    ),
    pause: act<Date>(
      (until) =>
        ask(
          api.POST('/console/leads/{leadId}/control', {
            params,
            body: { control: 'paused', until: until.toISOString() },
          }),
        ),
      (until) => fill(texts.control.paused, { when: moment(until, { language }) }),
    ),
    stop: act<void>(
      () => ask(api.POST('/console/leads/{leadId}/stop-thinking', { params })),
      () => texts.control.stopped,
    ),
    write: act<{ text: string; key: string }>(
      (input) => ask(api.POST('/console/leads/{leadId}/messages', { params, body: input })),
      () => null,
    ),
    note: act<{ text: string }>(
      (input) => ask(api.POST('/console/leads/{leadId}/notes', { params, body: input })),
      () => null,
    ),
    close: act<Close>(
      (input) => ask(api.POST('/console/leads/{leadId}/close', { params, body: input })),
      () => texts.control.closed,
    ),
    approve: act<{ draftId: number; reply?: string }>(
      ({ draftId, reply }) =>
        ask(
          api.POST('/console/leads/{leadId}/drafts/{draftId}/approve', {
            params: { path: { ...params.path, draftId } },
            body: { reply },
          }),
        ),
      () => texts.draft.approved,
    ),
    reject: act<{ draftId: number; reason: string }>(
      ({ draftId, reason }) =>
        ask(
          api.POST('/console/leads/{leadId}/drafts/{draftId}/reject', {
            params: { path: { ...params.path, draftId } },
            body: { reason },
          }),
        ),
      () => null,
    ),
    suggest: act<void>(
      () => ask(api.POST('/console/leads/{leadId}/suggest', { params })),
      () => texts.draft.asked,
    ),
    needApproval: act<boolean | null>(
      (needs) => ask(api.POST('/console/leads/{leadId}/approval', { params, body: { needs } })),
      (needs) => (needs ? texts.draft.on : texts.draft.off),
    ),
    snooze: act<Date | null>(
      (until) =>
        ask(
          api.POST('/console/leads/{leadId}/snooze', {
            params,
            body: { until: until?.toISOString() ?? null },
          }),
        ),
      (until) =>
        until ? fill(texts.control.snoozed, { when: moment(until, { language }) }) : texts.control.unsnoozed,
    ),
    block: act<string>(
      (reason) => ask(api.POST('/console/leads/{leadId}/block', { params, body: { reason } })),
      () => texts.control.blocked,
    ),
    wrong: act<{ messageId: number; right: string; comment?: string }>(
      ({ messageId, right, comment }) =>
        ask(
          api.POST('/console/leads/{leadId}/messages/{messageId}/wrong', {
            params: { path: { ...params.path, messageId } },
            body: { right, comment },
          }),
        ),
      () => texts.wrong.kept,
    ),
    retry: useMutation({
      mutationFn: (messageId: number) =>
        ask(
          api.POST('/console/leads/{leadId}/messages/{messageId}/retry', {
            params: { path: { ...params.path, messageId } },
          }),
        ),
      onError: say,
      onSettled: settle,
    }),
  }
}
export type Work = ReturnType<typeof useWork>
