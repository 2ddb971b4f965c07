// A newcomer looks for the gaps, without an account.
import { expect, test } from '../fixtures/test.ts';

test('the address of the portal leads to the visitor\'s language', async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveURL(/\/en$/);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test.describe('with a French browser', () => {
  test.use({ locale: 'fr-FR' });
  test('the portal speaks French', async ({ page }) => {
    await page.goto('/');
    await expect(page).toHaveURL(/\/fr$/);
    await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  });
});

test('every page of training data says that its figures are invented', async ({ page }) => {
  for (const path of ['/en', '/en/gaps', '/en/states/KEN', '/en/sign-in']) {
    await page.goto(path);
    await expect(page.getByText(/invented/i).first()).toBeVisible();
  }
});

test('the gaps of all 193 states as a map, as tiles and as a table', async ({ page }) => {
  await page.goto('/en');
  await page.getByRole('navigation').getByRole('link', { name: 'Gap map' }).first().click();
  await expect(page).toHaveURL(/\/en\/gaps/);
  await expect(page.locator('svg a[href*="/en/states/"]')).toHaveCount(193);

  await page.getByRole('link', { name: 'Tiles', exact: true }).click();
  await expect(page).toHaveURL(/view=tiles/);
  await expect(page.locator('main a[href*="/en/states/"]')).toHaveCount(193);

  await page.getByRole('link', { name: 'Table', exact: true }).click();
  await expect(page).toHaveURL(/view=table/);
  await expect(page.locator('main tbody a[href*="/en/states/"]')).toHaveCount(193);
});

test('the legend counts every state once', async ({ page }) => {
  await page.goto('/en/gaps?view=map&pillar=P');
  const counts = await page.locator('.legend__count').allTextContents();
  expect(counts.map((text) => Number(text.replace(/\D/g, ''))).reduce((sum, n) => sum + n, 0)).toBe(193);
});

test('a view is in its address: filters, sorting and the way back', async ({ page }) => {
  await page.goto('/en/gaps?view=table');
  await page.getByLabel('Region').selectOption({ label: 'Eastern Africa' });
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page).toHaveURL(/region=014/);
  await expect(page).toHaveURL(/view=table/);
  const rows = page.locator('main tbody a[href*="/en/states/"]');
  await expect(rows).toHaveCount(18);
  await page.getByRole('columnheader').getByRole('link', { name: /State/ }).click();
  await expect(page).toHaveURL(/sort=name/);
  await page.goBack();
  await page.goBack();
  await expect(rows).toHaveCount(193);
});

test('the downloads of a release are whole and say that they are invented', async ({ page, request }) => {
  test.setTimeout(180_000);
  await page.goto('/en/releases/1');
  for (const file of ['answers', 'pillars']) {
    await expect(page.locator(`a[href$="/releases/1/${file}.csv"]`)).toBeVisible();
    const answer = await request.get(`/releases/1/${file}.csv`);
    expect(answer.headers()['content-disposition']).toMatch(/training/);
    const [head = '', ...rows] = (await answer.text()).trim().split('\n');
    const columns = file === 'answers' ? ['state', 'indicator', 'round', 'value', 'value_state', 'source'] : ['state', 'pillar', 'round', 'class'];
    for (const column of columns) expect(head.split(',')).toContain(column);
    expect(rows.length).toBeGreaterThan(193);
    expect(rows.filter((row) => !row.startsWith('invented training data'))).toEqual([]);
    const json = (await (await request.get(`/releases/1/${file}.json`)).json()) as unknown[];
    expect(json.length).toBe(rows.length);
  }
});

test('the download below a view holds exactly its figures', async ({ page, request }) => {
  const points = new Intl.NumberFormat('en', { maximumFractionDigits: 0, roundingMode: 'halfEven' });
  await page.goto('/en/gaps?view=table&pillar=P&region=014');
  const shown = await page.locator('main tbody tr').evaluateAll((rows) =>
    rows.map((row) => {
      const cells = [...row.children].map((cell) => (cell.textContent ?? '').replace(/[\u2066\u2069]/g, '').trim());
      return [row.querySelector('a')?.href.slice(-3), cells[4], cells[5], cells[6]?.replace(/\s/g, '')];
    }),
  );
  expect(shown).toHaveLength(18);
  const href = await page.getByRole('link', { name: 'Download this as CSV' }).getAttribute('href');
  const [head = '', ...rows] = (await (await request.get(href ?? '')).text()).trim().split('\n');
  const records = rows.map((row) => {
    const values = row.split(',');
    return Object.fromEntries(head.split(',').map((column, n) => [column, values[n] ?? '']));
  });
  const number = (share = ''): string => (share === '' ? '–' : points.format(Number(share) * 100));
  const range = (low = '', high = ''): string => (number(low) === number(high) ? number(low) : `${number(low)}–${number(high)}`);
  const held = records.map(({ state, low, high, answered, coverage }) => [state, range(low, high), number(answered), coverage ? `${number(coverage)}%` : '–']);
  const byState = (a: unknown[], b: unknown[]): number => String(a[0]).localeCompare(String(b[0]));
  expect(shown.sort(byState)).toEqual(held.sort(byState));
});

test('a state: pillars, answers with their sources, treaties', async ({ page }) => {
  await page.goto('/en/states');
  await page.getByRole('main').getByRole('link', { name: 'Kenya', exact: true }).click();
  await expect(page).toHaveURL(/\/en\/states\/KEN/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Kenya');
  for (const pillar of ['Legislation', 'Prosecutions', 'Protection capacity']) await expect(page.getByRole('main')).toContainText(pillar);
});

test('a region and an indicator have a chart and its table', async ({ page }) => {
  for (const path of ['/en/regions/014', '/en/indicators/C01']) {
    await page.goto(path);
    await expect(page.locator('figure svg').first()).toBeVisible();
    await expect(page.locator('main table').first()).toBeAttached();
  }
});

test('the seven recommendations, each with its commitments', async ({ page }) => {
  await page.goto('/en/recommendations');
  await expect(page.locator('main a[href^="/en/recommendations/R"]').first()).toBeVisible();
  const codes = await page.locator('main a[href^="/en/recommendations/R"]').evaluateAll((all) => [...new Set(all.map((a) => (a as HTMLAnchorElement).pathname.split('/').pop()))]);
  expect(codes.filter((code) => /^R\d$/.test(code ?? ''))).toEqual(['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7']);
  await page.goto('/en/recommendations/R7');
  await expect(page.getByRole('main')).toContainText('R7.1');
});

test('the methodology prints the thresholds that are used', async ({ page }) => {
  await page.goto('/en/about/methodology');
  await expect(page.getByRole('row', { name: 'Established 75' })).toContainText('75 and more');
  await expect(page.getByRole('main')).toContainText(/coverage is below 60\s?%/);
});

test('what there is not is said, and a wrong value is named', async ({ page }) => {
  const cases: [string, number, RegExp][] = [
    ['/en/states/XXX', 404, /not/i],
    ['/en/indicators/L99', 404, /not/i],
    ['/en/releases/999', 404, /not/i],
    ['/en/regions/999', 404, /not/i],
    ['/xx/gaps', 404, /not/i],
    ['/en/gaps?pillar=Q', 400, /pillar/],
    ['/en/gaps?view=globe', 400, /view/],
    ['/en/gaps?round=1066', 400, /round/],
    ['/en/gaps?region=999', 400, /region/],
    ['/en/gaps?indicator=L99', 400, /indicator/],
  ];
  for (const [path, status, text] of cases) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(status);
    await expect(page.getByRole('main'), path).toContainText(text);
  }
});
