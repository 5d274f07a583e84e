import { Problem } from '../api/problem.ts'

/** An error of the token endpoint. `hint` says what is wrong, as the service's own errors do. */
export function oauthProblem(status: number, detail: string, hint?: string): Problem {
  const problem = new Problem(status, 'Некорректный запрос', detail)
  problem.body.type = 'https://developers.amocrm.ru/v3/errors/OAuthProblemJson'
  return hint === undefined ? problem : withHint(problem, hint)
}

function withHint(problem: Problem, hint: string): Problem {
  Object.assign(problem.body, { hint })
  return problem
}
