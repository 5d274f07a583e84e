import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api, ask } from '../api/ask.ts'
import { meQuery, queryClient } from '../api/queries.ts'
import { useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { QrCode } from '../ui/qr-code.tsx'
import { toast } from '../ui/toasts.tsx'
import { useMe } from './use-me.ts'

const readMe = () => queryClient.invalidateQueries({ queryKey: meQuery.queryKey })

/** A second factor for oneself: on with the password and a first code, off with both. */
export function SecondFactorDialog({ onClose }: { onClose: () => void }) {
  const texts = useTexts()
  const { hasSecondFactor } = useMe()
  // What is shown stays as it was when it was opened: the recovery codes come after it is on.
  const [wasOn] = useState(hasSecondFactor)
  return (
    <Dialog title={texts.factor.title} onClose={onClose}>
      {wasOn ? <TurnOff onClose={onClose} /> : <TurnOn onClose={onClose} />}
    </Dialog>
  )
}

function TurnOn({ onClose }: { onClose: () => void }) {
  const texts = useTexts()
  const begin = useMutation({
    mutationFn: (password: string) => ask(api.POST('/console/second-factor/begin', { body: { password } })),
  })
  const confirm = useMutation({
    mutationFn: (code: string) => ask(api.POST('/console/second-factor/confirm', { body: { code } })),
    onSuccess: readMe,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    if (begin.data) confirm.mutate(String(form.get('code')))
    else begin.mutate(String(form.get('password')))
  }
  if (confirm.data)
    return (
      <div className="flex flex-col gap-4">
        <p className="text-soft text-pretty">{texts.factor.recovery}</p>
        <ul className="num grid grid-cols-2 gap-2 rounded-md bg-hover p-3 text-base">
          {confirm.data.recoveryCodes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <Button look="primary" onClick={onClose}>
          {texts.factor.kept}
        </Button>
      </div>
    )
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {begin.data ? (
        <>
          <p className="text-soft text-pretty">{texts.factor.scan}</p>
          <QrCode text={begin.data.uri} label={texts.factor.qr} />
          <p className="num text-center text-xs break-all text-soft">{begin.data.secret}</p>
          <Field
            key="code"
            label={texts.factor.code}
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            autoFocus
            error={confirm.error && texts.factor.wrongCode}
          />
        </>
      ) : (
        <>
          <p className="text-soft text-pretty">{texts.factor.text}</p>
          <Field
            key="password"
            label={texts.password.present}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            autoFocus
            error={begin.error && texts.password.wrong}
          />
        </>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{texts.app.cancel}</Button>
        <Button look="primary" type="submit" isBusy={begin.isPending || confirm.isPending}>
          {begin.data ? texts.factor.turnOn : texts.factor.next}
        </Button>
      </div>
    </form>
  )
}

function TurnOff({ onClose }: { onClose: () => void }) {
  const texts = useTexts()
  const off = useMutation({
    mutationFn: (body: { password: string; code: string }) =>
      ask(api.POST('/console/second-factor/off', { body })),
    onSuccess: () => {
      void readMe()
      toast(texts.factor.isOff)
      onClose()
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    off.mutate({ password: String(form.get('password')), code: String(form.get('code')) })
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <p className="text-soft text-pretty">{texts.factor.offText}</p>
      <Field
        label={texts.password.present}
        name="password"
        type="password"
        autoComplete="current-password"
        required
      />
      <Field
        label={texts.factor.codeOrRecovery}
        name="code"
        autoComplete="one-time-code"
        required
        error={off.error && texts.factor.wrongEither}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{texts.app.cancel}</Button>
        <Button look="danger" type="submit" isBusy={off.isPending}>
          {texts.factor.turnOff}
        </Button>
      </div>
    </form>
  )
}
