import type { TelegramLogin } from '@lead/contract/console'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect } from 'react'
import { api, ask } from '../api/ask.ts'
import { queryClient, telegramLoginQuery } from '../api/queries.ts'
import { fill } from '../texts/texts.ts'
import { useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { QrCode } from '../ui/qr-code.tsx'
import { toast } from '../ui/toasts.tsx'

const account = 'main'
const isIn = (state: string | undefined) => state === 'online' || state === 'limited'

/** A login to the seller's account: the code is scanned by its phone, and the account may ask for its own password, too. */
export function TelegramLoginDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const texts = useTexts()
  const status = useQuery(telegramLoginQuery(account))
  const keep = (now: TelegramLogin) => queryClient.setQueryData(telegramLoginQuery(account).queryKey, now)
  const begin = useMutation({
    mutationFn: () => ask(api.POST('/console/telegram-login', { body: { step: 'qr', account } })),
    onSuccess: keep,
  })
  const password = useMutation({
    mutationFn: (typed: string) =>
      ask(api.POST('/console/telegram-login', { body: { step: 'password', account, password: typed } })),
    onSuccess: keep,
  })
  const { state, qr, detail } = status.data ?? {}
  const { mutate: beginIt, isIdle } = begin
  // The code is asked for once the dialog is open; an account that is in, or waits for its password, needs none.
  useEffect(() => {
    if (isIdle && state !== undefined && !isIn(state) && state !== 'need_password' && !qr) beginIt()
  }, [beginIt, isIdle, state, qr])
  useEffect(() => {
    if (!isIn(state)) return
    toast(fill(texts.setup.logInDone, { account }))
    onDone()
  }, [state, texts, onDone])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    password.mutate(String(new FormData(event.currentTarget).get('password')))
  }
  const problem = begin.error?.message ?? (state === 'error' ? (detail ?? state) : null)
  return (
    <Dialog title={texts.setup.logInTitle} onClose={onClose}>
      {state === 'need_password' ? (
        <form onSubmit={submit} className="flex flex-col gap-4">
          <p className="text-soft text-pretty">{texts.setup.logInPasswordText}</p>
          <Field
            label={texts.setup.logInPassword}
            name="password"
            type="password"
            autoComplete="off"
            required
            autoFocus
            error={password.error && fill(texts.app.problem, { detail: password.error.message })}
          />
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>{texts.app.cancel}</Button>
            <Button look="primary" type="submit" isBusy={password.isPending}>
              {texts.setup.logInNext}
            </Button>
          </div>
        </form>
      ) : (
        <div className="flex flex-col gap-4">
          <p className="text-soft text-pretty">{texts.setup.logInText}</p>
          <div className="flex min-h-48 items-center justify-center">
            {qr ? (
              <QrCode text={qr.url} label={texts.setup.logInQr} />
            ) : problem ? (
              <p role="alert" className="text-center text-attention break-words">
                {fill(texts.app.problem, { detail: problem })}
              </p>
            ) : (
              <p role="status" className="animate-breathe text-faint">
                {texts.setup.logInWaits}
              </p>
            )}
          </div>
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>{texts.app.cancel}</Button>
            {!qr && (
              <Button isBusy={begin.isPending} onClick={() => beginIt()}>
                {texts.setup.logInAgain}
              </Button>
            )}
          </div>
        </div>
      )}
    </Dialog>
  )
}
