// What the server relies on in the built assets.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { makeGeometry, readStates } from './geometry.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const csv = readFileSync(join(root, 'content', 'reference', 'states.csv'), 'utf8');
const out = join(process.env.SITE_DIR ?? join(root, 'target', 'site'), 'assets');

test('every one of the 193 member states can be reached on the map', () => {
  const map = makeGeometry(csv);
  const states = [...readStates(csv).keys()];
  assert.equal(states.length, 193);
  assert.deepEqual(Object.keys(map.points).sort(), states.sort());
  for (const [iso3, [x, y]] of Object.entries(map.points)) {
    assert.ok(x >= 0 && x <= map.width && y >= 0 && y <= map.height, `${iso3} lies on the sheet`);
  }
  assert.ok(Object.keys(map.shapes).length >= 165);
  for (const iso3 of states) assert.ok(map.shapes[iso3] || map.small.includes(iso3), `${iso3} has a shape or is marked as small`);
});

test('areas that are no member state carry no code', () => {
  const map = makeGeometry(csv);
  for (const code of ['ESH', 'XKX', 'TWN', 'PSE', 'GRL', 'SOL', 'CYN']) assert.ok(!(code in map.shapes) && !(code in map.points));
  assert.ok(map.neutral.length >= 10);
});

test('no path runs across the sheet', () => {
  const map = makeGeometry(csv);
  for (const [iso3, path] of Object.entries(map.shapes)) {
    for (const [, dx] of path.matchAll(/[l ](-?[\d.]+)[,-]/g)) assert.ok(Math.abs(Number(dx)) < 200, `${iso3}: a line of ${dx} pixels`);
  }
});

test('the map is small enough to be inlined', () => {
  assert.ok(JSON.stringify(makeGeometry(csv)).length < 122_880);
});

test('ECharts draws without a DOM, a window or timers', { skip: !existsSync(join(out, 'echarts.js')) && 'run `npm run assets` first' }, () => {
  const world = vm.createContext({});
  vm.runInContext(readFileSync(join(out, 'echarts.js'), 'utf8'), world);
  const draw = () => vm.runInContext(
    `echarts.draw({ title: { text: 'Coverage' }, legend: {}, xAxis: { type: 'category', data: ['2024', '2025'] }, yAxis: {},
        series: [{ type: 'bar', name: 'low', data: [1, 2] }, { type: 'line', name: 'high', data: [3, 4] }] }, 400, 200, 'coverage')`,
    world,
  );
  const svg = draw();
  const again = draw();
  assert.doesNotMatch(svg, /style|ecmeta|zr\d/);
  assert.equal(svg, again);
  assert.match(svg, /^<svg width="400" height="200"/);
  assert.match(svg, />Coverage</);
  assert.match(svg, />2025</);
});

test('the fonts are there', { skip: !existsSync(out) && 'run `npm run assets` first' }, () => {
  for (const name of ['source-serif-4', 'source-serif-4-ext', 'source-sans-3', 'source-sans-3-ext', 'noto-sans-arabic']) {
    const file = join(out, 'fonts', `${name}.woff2`);
    assert.equal(readFileSync(file).subarray(0, 4).toString(), 'wOF2');
    assert.ok(statSync(file).size < 200_000, `${name} is ${statSync(file).size} bytes`);
  }
});
