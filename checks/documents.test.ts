import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, matchesGlob } from 'node:path'
import { test } from 'node:test'

const repository = join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(repository, file), 'utf8')
const withoutCode = (text: string) => text.replaceAll(/^ *```.*?^ *```/gms, '')

const readmes = ['README.md', 'README.ru.md']
const pages = [
  ...readmes,
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...globSync('docs/**/*.md', { cwd: repository }),
]

test('every relative link of the documents leads to a file, and to a heading of it', () => {
  const broken = pages.flatMap((page) =>
    [...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/.test(target) && !leadsSomewhere(page, target))
      .map((target) => `${page}: ${target}`),
  )
  assert.deepEqual(broken, [])
})

/** Files that an installation makes for itself. */
const madeByPeople = ['compose.override.yaml']

test('every file that the documents name exists', () => {
  const files = globSync('**/*.{ts,mjs,sql,md,yaml,json,txt}', {
    cwd: repository,
    exclude: (name) => /(^|\/)(node_modules|\.data|\.git)$/.test(name),
  }).map((file) => `/${file}`)
  // A path may be short where the sentence says in which folder: then it is the end of a file's path.
  const exists = (path: string) =>
    path.includes('*')
      ? files.some((file) => matchesGlob(file, `/**/${path}`))
      : existsSync(join(repository, path)) || files.some((file) => file.endsWith(`/${path}`))
  const missing = pages.flatMap((page) =>
    namedPaths(read(page))
      .filter((path) => !exists(path) && !madeByPeople.includes(path))
      .map((path) => `${page}: ${path}`),
  )
  assert.deepEqual(missing, [])
})

test('every command that the READMEs name is in package.json', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const unknown = readmes.flatMap((page) =>
    [...read(page).matchAll(/npm run (?:-s )?([a-z][a-z0-9-]*)/g)]
      .map(([, name = '']) => name)
      .filter((name) => !Object.hasOwn(scripts, name))
      .map((name) => `${page}: ${name}`),
  )
  assert.deepEqual(unknown, [])
})

test('both READMEs have the same headings, commands and links, in at most 200 lines', () => {
  const [english = '', russian = ''] = readmes.map(read)
  const levels = (text: string) => withoutCode(text).match(/^#+(?= )/gm)
  const commands = (text: string) => text.match(/npm run (?:-s )?[a-z-]+/g)?.toSorted()
  const links = (text: string) =>
    [...text.matchAll(/\]\(([^)]+\.(?:md|ts|yaml)|LICENSE)\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !readmes.includes(target))
      // The Russian one may lead to a page that is there in Russian.
      .map((target) => target.replace(/\.ru\.md$/, '.md'))
      .toSorted()
  assert.deepEqual(levels(russian), levels(english))
  assert.deepEqual(commands(russian), commands(english))
  assert.deepEqual(links(russian), links(english))
  for (const page of readmes) assert.ok(read(page).trimEnd().split('\n').length <= 200, page)
})

function leadsSomewhere(page: string, target: string): boolean {
  const [path = '', heading] = target.split('#')
  const file = path === '' ? page : join(dirname(page), path)
  if (!existsSync(join(repository, file))) return false
  return !heading || anchors(read(file)).includes(heading)
}

/** As GitHub makes them of headings. */
const anchors = (text: string) =>
  [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

/** What stands in backticks and looks like a file or, with a slash in it, a folder of this repository. */
const namedPaths = (text: string) =>
  [...withoutCode(text).matchAll(/`([\w.*-]+(?:\/[\w.*-]+)*)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => !path.startsWith('.data'))
    .filter(
      (path) =>
        /[\w*]\.(ts|mjs|sql|md|ya?ml)$/.test(path) ||
        /^(api|bench|chaos|config|contract|db|docker|docs|e2e|local|n8n|scheduling|simulators|tools)\//.test(
          path,
        ),
    )

test('docs/architecture.md opens with the picture', () => {
  assert.match(read('docs/architecture.md'), /^# Architecture\n\n```\n amoCRM ──/)
})
