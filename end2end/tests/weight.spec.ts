// What a page costs: no script at all without an island, and a bounded amount with one.
import { get } from 'node:http';
import { PUBLIC } from '../fixtures/pages.ts';
import { expect, test } from '../fixtures/test.ts';

test('a page loads a script only if it has an island', async ({ request }) => {
  for (const path of PUBLIC) {
    const html = await (await request.get(`/en${path}`)).text();
    const scripts = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    if (html.includes('<leptos-island')) expect(scripts, path).toEqual([expect.stringMatching(/^<script type="module" src="\/assets\/islands\.js(\?v=[0-9a-f]+)?">$/)]);
    else expect(scripts, path).toEqual([]);
  }
});

test('no page carries inline scripts or styles', async ({ request }) => {
  for (const path of PUBLIC) {
    const html = await (await request.get(`/en${path}`)).text();
    expect(html.match(/<[^>]+ style=/g) ?? [], path).toEqual([]);
    expect(html.match(/<[^>]+ on[a-z]+=/g) ?? [], path).toEqual([]);
    expect(html.match(/<style\b/g) ?? [], path).toEqual([]);
  }
});

test('the code of all islands is at most 150 kB compressed', async ({ baseURL }) => {
  let sum = 0;
  for (const path of ['/assets/islands.js', '/pkg/lacuna.js', '/pkg/lacuna.wasm']) sum += await sent(`${baseURL}${path}`);
  expect(sum).toBeLessThanOrEqual(150 * 1000);
});

test('pages come with a strict policy', async ({ request }) => {
  const policy = (await request.get('/en')).headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe-inline');
  expect(policy).not.toMatch(/'unsafe-eval'/);
});

test('a public page that has not changed is not sent twice', async ({ request }) => {
  // Another journey may publish a release between the two requests.
  await expect(async () => {
    const first = await request.get('/en/gaps');
    const tag = first.headers().etag ?? '';
    expect(tag).not.toBe('');
    const again = await request.get('/en/gaps', { headers: { 'If-None-Match': tag } });
    expect(again.status()).toBe(304);
  }).toPass({ timeout: 10_000 });
});

/** Bytes of the body as they go over the wire to a browser. */
function sent(url: string): Promise<number> {
  return new Promise((tell, fail) => {
    get(url, { headers: { 'accept-encoding': 'br, gzip' } }, (answer) => {
      expect(answer.statusCode, url).toBe(200);
      let bytes = 0;
      answer.on('data', (piece: Buffer) => (bytes += piece.length));
      answer.on('end', () => tell(bytes));
    }).on('error', fail);
  });
}
