// `npm run assets`: what the site serves and the server reads that is not made by Rust, written to $SITE_DIR.
//
//   assets/echarts.js      ECharts for the server's JavaScript engine (never sent to a browser)
//   assets/geometry.json   the world map's shapes and points (read by the server)
//   assets/islands.js      the module that brings islands to life
//   assets/mark.svg        the icon in a browser's tab
//   assets/fonts/*.woff2   the three faces, by script
//
// Does nothing when everything is newer than what it is made from.
import { build } from 'esbuild';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeGeometry } from './geometry.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const modules = join(here, '..', 'node_modules');
const site = process.env.SITE_DIR ?? join(root, 'target', 'site');
const out = join(site, 'assets');
const statesCsv = join(root, 'content', 'reference', 'states.csv');

const FONTS = {
  'source-serif-4': '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2',
  'source-serif-4-ext': '@fontsource-variable/source-serif-4/files/source-serif-4-latin-ext-wght-normal.woff2',
  'source-sans-3': '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2',
  'source-sans-3-ext': '@fontsource-variable/source-sans-3/files/source-sans-3-latin-ext-wght-normal.woff2',
  'noto-sans-arabic': '@fontsource-variable/noto-sans-arabic/files/noto-sans-arabic-arabic-wght-normal.woff2',
};

/** Runs `make` if `target` is missing or older than one of `sources` (or than the lock file). */
async function fresh(target, sources, make) {
  const newest = Math.max(...[...sources, join(here, '..', 'package-lock.json')].map((file) => statSync(file).mtimeMs));
  if (existsSync(target) && statSync(target).mtimeMs >= newest) return;
  mkdirSync(dirname(target), { recursive: true });
  // Written aside and moved: a stop in the middle leaves the old file.
  const aside = `${target}.new`;
  await make(aside);
  renameSync(aside, target);
  process.stdout.write(`made ${target} (${Math.ceil(statSync(target).size / 1024)} KiB)\n`);
}

await fresh(join(out, 'echarts.js'), [join(here, 'echarts.entry.mjs'), join(here, 'build.mjs')], (aside) =>
  build({
    entryPoints: [join(here, 'echarts.entry.mjs')],
    outfile: aside,
    bundle: true,
    minify: true,
    format: 'iife',
    globalName: 'echarts',
    target: 'es2020',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    define: { 'process.env.NODE_ENV': '"production"', __DEV__: 'false' },
    legalComments: 'none',
    // Drawing once needs no timers, but ECharts sets one for its animation loop and warns on a console: both do nothing here.
    banner: {
      js: 'globalThis.setTimeout ||= () => 0; globalThis.clearTimeout ||= () => {};'
        + 'globalThis.console ||= { log() {}, warn() {}, error() {} };',
    },
    logLevel: 'warning',
  }),
);
await fresh(join(out, 'geometry.json'), [statesCsv, join(here, 'geometry.mjs')], (aside) =>
  writeFileSync(aside, JSON.stringify(makeGeometry(readFileSync(statesCsv, 'utf8')))),
);
for (const name of ['islands.js', 'mark.svg']) {
  await fresh(join(out, name), [join(here, name)], (aside) => copyFileSync(join(here, name), aside));
}
for (const [name, file] of Object.entries(FONTS)) {
  const source = join(modules, file);
  await fresh(join(out, 'fonts', `${name}.woff2`), [source], (aside) => copyFileSync(source, aside));
}
