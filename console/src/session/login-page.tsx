import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useRef } from 'react'
import { api, ApiProblem, ask } from '../api/ask.ts'
import { meQuery, queryClient } from '../api/queries.ts'
import { fill, type Texts } from '../texts/texts.ts'
import { useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Door } from './door.tsx'

export function LoginPage() {
  const texts = useTexts()
  const login = useMutation({
    mutationFn: (body: { email: string; password: string; code?: string }) =>
      ask(api.POST('/console/login', { body })),
    onSuccess: (me) => queryClient.setQueryData(meQuery.queryKey, me),
  })
  const needsCode = login.error instanceof ApiProblem && login.error.code === 'code-needed'
  // Once asked for, the field stays while the next answer is on its way.
  const wasAsked = useRef(false)
  if (needsCode) wasAsked.current = true
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const code = String(form.get('code') ?? '').trim()
    login.mutate({
      email: String(form.get('email')),
      password: String(form.get('password')),
      ...(code && { code }),
    })
  }
  return (
    <Door title={texts.login.title}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field
          label={texts.login.email}
          name="email"
          type="email"
          autoComplete="username"
          required
          autoFocus
        />
        <Field
          label={texts.login.password}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          error={login.error && !needsCode ? whatIsWrong(login.error, texts) : null}
        />
        {(needsCode || wasAsked.current) && (
          <Field
            label={texts.factor.codeOrRecovery}
            name="code"
            autoComplete="one-time-code"
            required
            autoFocus
            hint={texts.factor.loginHint}
            error={needsCode && login.variables?.code ? texts.factor.wrongCode : null}
          />
        )}
        <Button look="primary" type="submit" isBusy={login.isPending} className="h-10">
          {texts.login.submit}
        </Button>
        <p className="text-xs text-faint text-pretty">{texts.login.help}</p>
      </form>
    </Door>
  )
}

function whatIsWrong(error: Error, texts: Texts): string {
  if (!(error instanceof ApiProblem)) return texts.app.offline
  if (error.code === 'wrong-password' || error.code === 'invalid-request') return texts.login.wrong
  if (error.code === 'too-many-requests')
    return fill(texts.login.wait, { n: Math.ceil(error.retryAfterSec / 60) })
  return fill(texts.app.problem, { detail: error.message })
}
