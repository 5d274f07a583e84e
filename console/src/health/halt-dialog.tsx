import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { api, ask } from '../api/ask.ts'
import { healthQuery, queryClient } from '../api/queries.ts'
import { fill } from '../texts/texts.ts'
import { useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { toast } from '../ui/toasts.tsx'

export function HaltDialog({ onClose }: { onClose: () => void }) {
  const texts = useTexts()
  const halt = useMutation({
    mutationFn: (reason: string) =>
      ask(api.POST('/console/halt', { body: { halted: true, ...(reason && { reason }) } })),
    onSuccess: onClose,
    onError: (error) => toast(fill(texts.app.problem, { detail: error.message }), true),
    onSettled: () => queryClient.invalidateQueries({ queryKey: healthQuery.queryKey }),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    halt.mutate(String(new FormData(event.currentTarget).get('reason')).trim())
  }
  return (
    <Dialog title={texts.health.haltTitle} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <p className="text-soft text-pretty">{texts.health.haltText}</p>
        <Field label={texts.health.haltReason} name="reason" maxLength={500} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{texts.app.cancel}</Button>
          <Button look="danger" type="submit" isBusy={halt.isPending}>
            {texts.health.halt}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
