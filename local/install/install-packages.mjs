// Plain JavaScript without dependencies: this runs before anything is installed, on any Node from 20.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Makes node_modules of a folder what its package-lock.json says, with `npm ci`. Costs a few milliseconds when it is so
 * already. Starters in parallel wait for each other.
 * @param {{
 *   folder: string,             where package.json and package-lock.json are
 *   lockFile: string,           held while installing; survives the removal of node_modules
 *   title: string,              said in the progress lines
 *   neededMegabytes: number,
 *   log: (line: string) => void,
 *   signal?: AbortSignal,       stops npm; the next start begins again
 * }} options
 * @returns {Promise<boolean>} whether something was installed
 * @throws {Error} whose message tells what to do
 */
export async function installPackages(options) {
  const { folder, lockFile, title, neededMegabytes, log, signal } = options
  if (isInstalled(folder)) return false
  const release = await takeLock(lockFile, () => log(`${title}: another start is installing, waiting for it`))
  try {
    if (isInstalled(folder)) return false
    requireSpace(folder, neededMegabytes, title)
    await runNpm({ folder, title, log, signal })
    writeMarker(folder)
    return true
  } finally {
    release()
  }
}

const markerOf = (folder) => join(folder, 'node_modules/.installed-lock-hash')
const hashOfLock = (folder) =>
  createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex')
function writeMarker(folder) {
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  writeFileSync(markerOf(folder), hashOfLock(folder))
}

/** @param {string} folder */
export function isInstalled(folder) {
  const marker = markerOf(folder)
  if (existsSync(marker) && readFileSync(marker, 'utf8') === hashOfLock(folder)) return true
  if (!matchesHiddenLock(folder)) return false
  writeMarker(folder)
  return true
}

/** Somebody ran npm by hand: npm writes down what it installed, and that is what the lock asks for. */
function matchesHiddenLock(folder) {
  const hidden = join(folder, 'node_modules/.package-lock.json')
  if (!existsSync(hidden)) return false
  const wanted = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages
  const present = JSON.parse(readFileSync(hidden, 'utf8')).packages
  return Object.entries(wanted).every(([path, entry]) => {
    const found = present[path]
    if (!entry.integrity) return true
    return found ? found.integrity === entry.integrity : Boolean(entry.optional)
  })
}

async function takeLock(lockFile, onWait) {
  mkdirSync(dirname(lockFile), { recursive: true })
  for (let waited = false; ; waited = true) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' })
      return () => rmSync(lockFile, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (!holderLives(lockFile)) rmSync(lockFile, { force: true })
    else {
      if (!waited) onWait()
      await sleep(500)
    }
  }
}

function holderLives(lockFile) {
  try {
    // A number that is not written yet counts as alive: its holder is just starting.
    process.kill(Number(readFileSync(lockFile, 'utf8')) || process.pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function requireSpace(folder, neededMegabytes, title) {
  const { bavail, bsize } = statfsSync(folder)
  const freeMegabytes = Math.floor((bavail * bsize) / 1e6)
  if (freeMegabytes >= neededMegabytes) return
  throw new Error(
    `${title}: ${neededMegabytes} MB are needed on the disk of ${folder}, ${freeMegabytes} MB are free. Make space and start again.`,
  )
}

async function runNpm({ folder, title, log, signal }) {
  const started = Date.now()
  const elapsed = () => `${Math.round((Date.now() - started) / 1000)} s`
  const total = Object.keys(
    JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages,
  ).length
  log(`${title}: installing about ${total} packages from the npm registry`)
  const progress = setInterval(
    () => log(`${title}: ${elapsed()}, ${countPackages(folder)} of about ${total} packages`),
    5000,
  )
  try {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    const child = spawn(
      npm,
      ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'],
      {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'pipe'],
        signal,
        killSignal: 'SIGTERM',
        // A variable of `npm run` around us must not point this npm at another folder.
        env: withoutNpmVariables(process.env),
      },
    )
    let errors = ''
    child.stderr.on('data', (chunk) => (errors = (errors + chunk).slice(-4000)))
    const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
    if (code !== 0) throw new Error(explain(title, errors, code))
  } catch (error) {
    if (error.code === 'ENOENT')
      throw new Error(`${title}: npm was not found. It comes with Node.js: https://nodejs.org`, {
        cause: error,
      })
    throw error
  } finally {
    clearInterval(progress)
  }
  log(`${title}: installed in ${elapsed()}`)
}

function explain(title, errors, code) {
  if (/ENOSPC|no space left/i.test(errors)) return `${title}: the disk is full. Make space and start again.`
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i.test(errors)) {
    return `${title}: the npm registry cannot be reached. Check the internet connection (or HTTPS_PROXY) and start again.\n${errors.trim()}`
  }
  if (/EACCES|EPERM/.test(errors)) return `${title}: this user may not write here.\n${errors.trim()}`
  return `${title}: npm ci failed with exit code ${code}.\n${errors.trim()}`
}

function countPackages(folder) {
  const modules = join(folder, 'node_modules')
  const list = (path) => (existsSync(path) ? readdirSync(path).filter((name) => !name.startsWith('.')) : [])
  return list(modules).reduce(
    (sum, name) => sum + (name.startsWith('@') ? list(join(modules, name)).length : 1),
    0,
  )
}

function withoutNpmVariables(environment) {
  const kept = /^npm_config_(registry|cache|proxy|https_proxy|userconfig|cafile|strict_ssl|fetch_\w+)$/i
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^npm_/i.test(name) || kept.test(name)),
  )
}
