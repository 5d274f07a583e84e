import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { UsersInput } from './users.ts'

const run = promisify(execFile)

/** Runs the users in as many processes of their own. @returns how many requests were answered in each */
export async function runAmocrmUsers(processes: number, input: UsersInput): Promise<number[]> {
  const script = join(import.meta.dirname, 'users.ts')
  const one = async () => Number((await run(process.execPath, [script, JSON.stringify(input)])).stdout)
  return Promise.all(Array.from({ length: processes }, one))
}
