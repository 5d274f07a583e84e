import type { LockedPackage } from '../supply/lock-file.ts'

/** What anybody may use in a program of MIT, without more than naming it. */
const free = ['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'Unlicense', 'Python-2.0', 'AFL-2.1', 'Zlib', 'MIT License', 'MIT/X11', 'WTFPL', 'CC0-1.0'] // prettier-ignore

/** Packages of ours that come with n8n's workflow types, and those that name no licence in the lock: each was read. */
const read: Record<string, string> = {
  'n8n-workflow': 'the Sustainable Use License of n8n',
  'web-push': 'MPL-2.0, as it comes: its files are not changed',
  buildcheck: 'MIT, in its LICENSE',
  'cpu-features': 'MIT, in its LICENSE',
  ssh2: 'MIT, in its LICENSE',
}

/** Production packages of ours whose licence nobody has looked at. n8n's own are n8n's matter: README.md says under which licence it comes. */
export function unknownLicences(packages: LockedPackage[]): string[] {
  return packages
    .filter(({ dev }) => !dev)
    .filter(({ name, license }) => {
      if (name in read || name.startsWith('@n8n/')) return false
      const parts = (license ?? '').replaceAll(/[()]/g, '').split(/ OR | AND /)
      const isChoice = license?.includes(' OR ') ?? false
      return isChoice
        ? !parts.some((part) => free.includes(part))
        : !parts.every((part) => free.includes(part))
    })
    .map(({ name, version, license }) => `${name} ${version}: ${license ?? 'names no licence'}`)
}

/** What of the changelog stands against the release of this version. `today`: as 2026-11-28. */
export function judgeChangelog(text: string, version: string, today: string): string[] {
  const section = (title: RegExp) => {
    const start = title.exec(text)
    if (!start) return undefined
    const rest = text.slice(start.index + start[0].length)
    const end = rest.search(/^## \[/m)
    return end < 0 ? rest : rest.slice(0, end)
  }
  const escaped = version.replaceAll('.', '\\.')
  const released = section(new RegExp(`^## \\[${escaped}\\] - (\\d{4}-\\d{2}-\\d{2})$`, 'm'))
  const unreleased = section(/^## \[Unreleased\]$/m)
  const problems: string[] = []
  if (unreleased === undefined) problems.push('it has no section [Unreleased] for what comes next')
  if (released === undefined)
    problems.push(
      `it has no section: rename [Unreleased] to [${version}] - ${today}, and begin a new one above it`,
    )
  else if (!/^- /m.test(released)) problems.push(`its section [${version}] is empty`)
  if (released !== undefined && /^- /m.test(unreleased ?? ''))
    problems.push(`[Unreleased] has lines: they belong to [${version}], or it is too early`)
  return problems
}

/** Each file that names the version of our images must name this one. */
export function otherVersions(files: Record<string, string>, version: string): string[] {
  return Object.entries(files).flatMap(([file, text]) =>
    [...text.matchAll(/lead-processing-(?:api|n8n):(\d+\.\d+\.\d+)/g)]
      .filter(([, found]) => found !== version)
      .map(([found]) => `${file}: ${found}`),
  )
}
