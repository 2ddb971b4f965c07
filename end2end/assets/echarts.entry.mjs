// What the server's JavaScript engine (QuickJS, no DOM) needs of ECharts to draw the portal's charts as SVG.
// A chart kind that is not listed here draws nothing: add it to this list and to `app/src/charts`.
import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { init, use, version } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, TitleComponent, LabelLayout, SVGRenderer]);

/**
 * The option's chart as SVG text that a strict Content-Security-Policy lets through: no `<style>`, no style attributes, no
 * script hooks. `id` (letters, digits, hyphens) makes the ids of its definitions unique in the page; the same arguments give
 * the same text.
 */
function draw(option, width, height, id) {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, ...option });
    return chart
      .renderToSVGString()
      .replace(/<style[^>]*>[\s\S]*?<\/style>/g, '')
      .replace(/ style="([^"]*)"/g, (_, rules) => attributes(rules))
      .replace(/ (?:class="zr[^"]*"|ecmeta_\w+="[^"]*"|baseProfile="full"|version="1.1"|xmlns:xlink="[^"]*")/g, '')
      .replace(/zr\d+-/g, `${id}-`);
  } finally {
    chart.dispose();
  }
}

/** `font-size:12px;font-weight:bold;` as ` font-size="12px" font-weight="bold"`. */
function attributes(rules) {
  return rules
    .split(';')
    .filter((rule) => rule.includes(':'))
    .map((rule) => [rule.slice(0, rule.indexOf(':')).trim(), rule.slice(rule.indexOf(':') + 1).trim()])
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');
}

export { draw, init, version };
