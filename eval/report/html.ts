import type { Table } from '../suite.ts'
import { escapeHtml } from './escape-html.ts'
import { plotBars } from './plot.ts'
import type { Section } from './sections.ts'

const style = `
:root { color-scheme: light dark; --ink: #1d2430; --soft: #667085; --line: #d9dee7; --bar: #2f6fed; --back: #fff; --loud: #fff1d6; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #9aa4b5; --line: #333b49; --bar: #6b9bff; --back: #14181f; --loud: #4a3a12; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--back); max-width: 1000px; margin: 2rem auto; padding: 0 1rem; }
h2 { border-top: 1px solid var(--line); padding-top: 1.5rem; margin-top: 2.5rem; }
.loud { background: var(--loud); padding: .8rem 1rem; border-radius: 6px; font-weight: 600; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 14px; }
th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: right; }
th:first-child, td:first-child { text-align: left; }
th { color: var(--soft); font-weight: 600; }
figure { margin: 1.5rem 0; } figcaption { font-weight: 600; margin-bottom: .5rem; }
svg { width: 100%; max-width: 680px; } svg rect { fill: var(--bar); } svg text { fill: var(--soft); font-size: 12px; } svg .value { fill: var(--ink); } svg .grid { stroke: var(--line); }
li { margin: .2rem 0; overflow-wrap: anywhere; }
`

const htmlTable = ({ title, head, rows }: Table): string =>
  `<h3>${escapeHtml(title)}</h3><div class="wide"><table><thead><tr>${cells('th', head)}</tr></thead><tbody>${rows.map((one) => `<tr>${cells('td', one)}</tr>`).join('')}</tbody></table></div>`

const cells = (tag: 'th' | 'td', values: (string | number)[]) =>
  values.map((value) => `<${tag}>${escapeHtml(value)}</${tag}>`).join('')

const htmlSection = ({ title, warnings, notes, tables, bars, misses }: Section): string =>
  [
    `<h2>${escapeHtml(title)}</h2>`,
    ...warnings.map((warning) => `<p class="loud">${escapeHtml(warning)}</p>`),
    ...notes.map((note) => `<p>${escapeHtml(note)}</p>`),
    plotBars(bars),
    ...tables.map(htmlTable),
    misses.length > 0
      ? `<details><summary>What went wrong (${misses.length})</summary><ul>${misses.map((miss) => `<li>${escapeHtml(miss)}</li>`).join('')}</ul></details>`
      : '',
  ].join('\n')

/** One page that needs nothing else. */
export const htmlReport = (title: string, extra: Table[], sections: Section[]): string =>
  `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${style}</style>
<h1>${escapeHtml(title)}</h1>
${extra.map(htmlTable).join('\n')}
${sections.map(htmlSection).join('\n')}
</html>
`
