import { spawnSync } from 'node:child_process'
import { cpSync, globSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '../local/settings/config.ts'
import { makeTemporaryDataFolder, removeDataFolder } from '../local/settings/data-folder.ts'
import { atMost, type Benchmark } from './benchmark.ts'
import { measureCrowds } from './crowd/measure-crowds.ts'

const goals = { ours: 30, n8n: 20, growth: 1.5 }

/** What the system takes: memory, disk, a place to install it. */
export const footprint: Benchmark = {
  id: 'r9',
  title:
    'memory idle and after leads, bytes a lead leaves in both databases, size and time of the install, start (with r3 about a minute longer)',
  run: async ({ say, progress }, { crowd }) => {
    const { memory, perLead, played, startMs } = await measureCrowds(progress, crowd)
    progress('Copying the installed packages as npm ci does, from its cache')
    const install = measureInstall()
    const mb = (value: number) => `${Math.round(value)} MB`
    say(`| memory (PSS) | n8n | API | PostgreSQL |\n|---|---|---|---|`)
    for (const [name, { n8n, api, postgres }] of [
      ['idle, one lead before', memory.idle],
      [`after ${played} leads more`, memory.after],
    ] as const)
      say(`| ${name} | ${mb(n8n)} | ${mb(api)} | ${mb(postgres)} |`)
    say(
      `\nA lead, from its card to its meeting, leaves ${kb(perLead.ours)} kB in our database and ${kb(perLead.n8n)} kB in n8n's.`,
    )
    say(
      `Installed: our packages ${mb(install.ours)}, n8n's ${mb(install.n8n)}; \`npm ci\` of ours ${install.seconds === null ? 'not measured: npm could not install from its cache' : `${install.seconds.toFixed(0)} s from npm's cache`}. The whole system starts in ${(startMs / 1000).toFixed(0)} s.`,
    )
    return [
      atMost('r9/kb-a-lead/ours', kb(perLead.ours), goals.ours),
      atMost('r9/kb-a-lead/n8n', kb(perLead.n8n), goals.n8n),
      atMost('r9/n8n-memory-growth', memory.after.n8n / memory.idle.n8n, goals.growth),
    ]
  },
}

const kb = (bytes: number) => Math.round(bytes / 1000)

function measureInstall() {
  const folder = makeTemporaryDataFolder()
  try {
    for (const file of globSync('{package-lock.json,{,*/,n8n/{nodes,workflows}/}package.json,stubs/**}', {
      cwd: repository,
    }))
      cpSync(join(repository, file), join(folder, file), { recursive: true })
    const began = performance.now()
    const { status } = spawnSync('npm', ['ci', '--offline', '--no-audit', '--no-fund', '--ignore-scripts'], {
      cwd: folder,
      stdio: 'ignore',
    })
    return {
      seconds: status === 0 ? (performance.now() - began) / 1000 : null,
      ours: megabytesOfFolder(join(repository, 'node_modules')),
      n8n: megabytesOfFolder(join(repository, 'n8n/runtime/node_modules')),
    }
  } finally {
    removeDataFolder(folder)
  }
}

function megabytesOfFolder(folder: string): number {
  let bytes = 0
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) bytes += lstatSync(join(entry.parentPath, entry.name)).blocks * 512
  return bytes / 1e6
}
