// The secretariat reviews, the state answers, the head publishes, and the public sees it.
import { HEAD, OFFICER, focalPoint } from '../fixtures/accounts.ts';
import { ROUND, answer, answerTheRest, fill } from '../fixtures/report.ts';
import { expect, signIn, test } from '../fixtures/test.ts';

test('from a submitted report to a public value: review, question, answer, accept, publish', async ({ page: state, another, project }) => {
  test.setTimeout(300_000);
  const who = focalPoint('review', project);
  const home = `/en/report/${who.country}/${ROUND}`;
  const review = `/en/review/${who.country}/${ROUND}`;

  // The state hands in a first version.
  await signIn(state, who);
  await state.goto(home);
  const start = state.getByRole('button', { name: 'Start the report' });
  if (await start.isVisible()) await start.click();
  await answer(state, who.country, 'L02', { 'law.value': 'partly', 'citation.law': 'Children Act', 'citation.article': '2' });
  await answer(state, who.country, 'P01', { 'investigations.value': '412', source: 'Police register' });
  await answerTheRest(state, who.country);
  await submit(1);

  // The officer finds it on the board and takes it up.
  const officer = await another();
  await signIn(officer, OFFICER);
  await expect(officer).toHaveURL(/\/en\/review/);
  await officer.goto(`/en/review?round=${ROUND}&state=submitted&sort=waiting`);
  await officer.getByRole('main').getByRole('link', { name: new RegExp(who.state) }).first().click();
  await expect(officer).toHaveURL(new RegExp(`${review}$`));
  await officer.getByRole('button', { name: 'Take up the review' }).click();
  await expect(officer.getByRole('main')).toContainText('412');

  // A question on a named indicator, and the report goes back with it.
  await ask('P01', 'Does 412 include cases without a child victim?');
  await fill(officer, { note: 'Please answer the question on P01.' });
  await officer.getByRole('button', { name: 'Send back with questions' }).click();
  await expect(officer.getByRole('main')).toContainText(/returned/i);

  // The focal point answers, corrects and submits again.
  await state.goto(home);
  await expect(state.getByRole('main')).toContainText('Please answer the question on P01.');
  await state.goto(`${home}/questions`);
  await expect(state.getByRole('main')).toContainText('Does 412 include cases without a child victim?');
  await state.getByLabel('Your answer').fill('Yes: 98 of them. The figure is put right.');
  await state.getByRole('button', { name: 'Send the answers' }).click();
  await expect(state.getByRole('main')).toContainText('Yes: 98 of them.');
  await answer(state, who.country, 'P01', { 'investigations.value': '314', source: 'Police register' });
  await submit(2);

  // The officer sees the answer and what changed, settles and accepts.
  await officer.goto(review);
  await officer.getByRole('button', { name: 'Take up the review' }).click();
  await expect(officer.getByRole('main')).toContainText('Yes: 98 of them.');
  await expect(officer.getByRole('main')).toContainText('314');
  await officer.getByRole('button', { name: 'Settle this question' }).click();
  await officer.getByRole('button', { name: 'Accept the report' }).click();
  await expect(officer.getByRole('main')).toContainText(/accepted/i);

  // Nothing of it is public yet, and an officer cannot publish.
  const before = await state.request.get(`/en/states/${who.country}`);
  expect(await before.text()).not.toContain('314');
  await officer.goto('/en/review/release');
  await expect(officer.getByRole('button', { name: /^Publish release/ })).toHaveCount(0);

  // The head sees what would change, and publishes. Another release may have come between.
  const head = await another();
  await signIn(head, HEAD);
  await expect(async () => {
    await head.goto('/en/review/release');
    await expect(head.getByRole('main')).toContainText(who.state, { timeout: 2_000 });
    await head.getByLabel('I have looked at what changes.').check();
    await head.getByRole('button', { name: /^Publish release/ }).click();
    await expect(head.getByRole('main')).toContainText(/is published/, { timeout: 5_000 });
  }).toPass({ timeout: 60_000 });

  // The public sees the value on the profile, in the map's line and in the download.
  const visitor = await another();
  await visitor.goto(`/en/states/${who.country}`);
  await expect(visitor.getByRole('main')).toContainText('314');
  await visitor.goto(`/en/gaps?view=table&indicator=P01&round=${ROUND}`);
  await expect(visitor.getByRole('row', { name: new RegExp(who.state) })).toContainText('314');
  await visitor.goto('/en/releases');
  const newest = await visitor.locator('main a[href^="/en/releases/"]').evaluateAll((all) => Math.max(...all.map((a) => Number((a as HTMLAnchorElement).pathname.split('/').pop()))));
  const csv = await (await visitor.request.get(`/releases/${newest}/answers.csv`)).text();
  expect(csv).toMatch(new RegExp(`${who.country},${ROUND},P01,investigations,total,314,count,reported`));

  async function submit(version: number): Promise<void> {
    await state.goto(`${home}/check`);
    await state.getByLabel(/I am authorised to sign off/).check();
    await state.getByRole('button', { name: `Submit ${who.state}'s ${ROUND} report` }).click();
    await expect(state).toHaveURL(new RegExp(`/receipt/${version}$`));
    await expect(state.getByRole('main')).toContainText(`LAC-${ROUND}-${who.country}-${version}`);
  }

  async function ask(code: string, text: string): Promise<void> {
    const form = officer.locator(`form:has([name="code"][value="${code}"])`).first();
    const folded = officer.locator('details:not([open])', { has: form });
    if ((await folded.count()) > 0) await folded.last().locator('summary').first().click();
    await form.getByLabel('Question').fill(text);
    await form.getByRole('button', { name: 'Ask' }).click();
    await expect(officer.getByRole('main')).toContainText(text);
  }
});

test('the board shows all 193 states, filtered and sorted by address', async ({ page }) => {
  await signIn(page, OFFICER);
  await page.goto(`/en/review?round=${ROUND}&sort=name`);
  const rows = page.locator('main tbody tr');
  await expect(rows).toHaveCount(193);
  await page.getByLabel('Region').selectOption({ label: 'Eastern Africa' });
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page).toHaveURL(/region=014/);
  await expect(rows).toHaveCount(18);
  expect((await page.goto('/en/review?sort=colour'))?.status()).toBe(400);
});
