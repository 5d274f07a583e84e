/**
 * Builds what n8n loads: `calendar-helpers.js`, the calendar rules as one CommonJS file, and `dist/`, a small file for each
 * node and credential that n8n finds by its name, with the schemas of `contract/` beside them. All are committed, so that compose can mount them as they are; CI
 * builds them again and compares.
 */
import { cpSync, globSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const here = import.meta.dirname
const common = {
  absWorkingDir: here,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
} as const

rmSync(join(here, 'dist'), { recursive: true, force: true })

await build({
  ...common,
  entryPoints: ['src/calendar-helpers.ts'],
  outfile: 'calendar-helpers.js',
  minify: true,
  banner: { js: '// Built from n8n/nodes/src and scheduling/ by `npm run build`. Do not edit.' },
})

await build({
  ...common,
  entryPoints: globSync(['nodes/*/*.node.ts', 'credentials/*.credentials.ts'], { cwd: here }).sort(),
  outdir: 'dist',
  outbase: '.',
  external: ['n8n-workflow'],
  plugins: [
    {
      name: 'calendar rules and contract from the shared bundles',
      setup(setup) {
        setup.onResolve({ filter: /(find-free-times|read-wishes|sales-prompt)\.ts$/ }, () => ({
          path: '../../../calendar-helpers.js',
          external: true,
        }))
        // One connection of the process, and not one of each kind of node.
        setup.onResolve({ filter: /stay-connected\.ts$/ }, ({ importer }) => ({
          path: importer.includes('/credentials/') ? '../stay-connected.js' : '../../stay-connected.js',
          external: true,
        }))
        setup.onResolve({ filter: /^@lead\/contract$/ }, () => ({
          path: '../../contract.js',
          external: true,
        }))
      },
    },
  ],
})
for (const file of globSync(['icons/*.svg', 'nodes/*/*.node.json'], { cwd: here }))
  cpSync(join(here, file), join(here, 'dist', file))

await build({ ...common, entryPoints: ['src/stay-connected.ts'], outfile: 'dist/stay-connected.js' })

await build({
  ...common,
  stdin: { contents: "export * from '@lead/contract'", resolveDir: here },
  outfile: 'dist/contract.js',
  minify: true,
  banner: { js: '// Built from contract/ by `npm run build`. Do not edit.' },
})
