import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { api, ApiProblem, ask } from '../api/ask.ts'
import { meQuery, queryClient } from '../api/queries.ts'
import { fill, type Texts } from '../texts/texts.ts'
import { useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Door } from './door.tsx'

/** Where a one-time link leads. Its token stands behind `#`, which no server sees. */
export function JoinPage() {
  const texts = useTexts()
  const navigate = useNavigate()
  const [token] = useState(() => location.hash.slice(1))
  const join = useMutation({
    mutationFn: (body: { email: string; name: string; password: string }) =>
      ask(api.POST('/console/join', { body: { token, ...body } })),
    onSuccess: async (me) => {
      queryClient.clear()
      queryClient.setQueryData(meQuery.queryKey, me)
      await navigate({ to: '/app/inbox/$queue', params: { queue: 'attention' }, replace: true })
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name))
    join.mutate({ email: text('email'), name: text('name'), password: text('password') })
  }
  return (
    <Door title={texts.login.joinTitle} text={texts.login.joinText}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={texts.login.name} name="name" autoComplete="name" required maxLength={100} autoFocus />
        <Field label={texts.login.email} name="email" type="email" autoComplete="username" required />
        <Field
          label={texts.login.newPassword}
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={10}
          error={join.error && whatIsWrong(join.error, texts)}
        />
        <Button look="primary" type="submit" isBusy={join.isPending} className="h-10">
          {texts.login.join}
        </Button>
      </form>
    </Door>
  )
}

function whatIsWrong(error: Error, texts: Texts): string {
  if (!(error instanceof ApiProblem)) return texts.app.offline
  if (error.code === 'unknown-link') return texts.login.badLink
  if (error.code === 'conflict') return texts.login.taken
  return fill(texts.app.problem, { detail: error.message })
}
