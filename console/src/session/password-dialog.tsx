import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { api, ApiProblem, ask } from '../api/ask.ts'
import { useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { toast } from '../ui/toasts.tsx'

export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const texts = useTexts()
  const change = useMutation({
    mutationFn: (body: { present: string; next: string }) => ask(api.POST('/console/password', { body })),
    onSuccess: () => {
      toast(texts.password.changed)
      onClose()
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    change.mutate({ present: String(form.get('present')), next: String(form.get('next')) })
  }
  const wrong = change.error instanceof ApiProblem && change.error.code === 'conflict'
  return (
    <Dialog title={texts.password.title} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <p className="text-soft text-pretty">{texts.password.text}</p>
        <Field
          label={texts.password.present}
          name="present"
          type="password"
          autoComplete="current-password"
          required
          error={change.error && (wrong ? texts.password.wrong : change.error.message)}
        />
        <Field
          label={texts.login.newPassword}
          name="next"
          type="password"
          autoComplete="new-password"
          minLength={10}
          required
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{texts.app.cancel}</Button>
          <Button look="primary" type="submit" isBusy={change.isPending}>
            {texts.password.title}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
