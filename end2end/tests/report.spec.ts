// A focal point reports: from signing in to the receipt.
import type { APIResponse, Page } from '@playwright/test';
import { OFFICER, contributor, focalPoint } from '../fixtures/accounts.ts';
import { ROUND, answer, answerTheRest, fill } from '../fixtures/report.ts';
import { expect, signIn, test } from '../fixtures/test.ts';

/** Sends a form by hand, as the page's own origin; redirects are not followed. */
async function post(page: Page, address: string, form: Record<string, string>): Promise<APIResponse> {
  return page.request.post(address, { form, headers: { origin: new URL(page.url()).origin }, maxRedirects: 0 });
}

test('the same words for a wrong password and an unknown account', async ({ page, project }) => {
  const said: string[] = [];
  for (const email of [focalPoint('input', project).email, 'nobody@journeys.example']) {
    await page.goto('/en/sign-in');
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveTitle(/^Error: /);
    said.push(await page.getByRole('alert').innerText());
    await expect(page.getByLabel('E-mail address')).toHaveValue(email);
    await expect(page.getByLabel('Password')).toHaveValue('');
  }
  expect(said[0]).toBe(said[1]);
});

test('the whole way of a report: sign in, answer, leave, come back, check, submit, receipt', async ({ page, project }) => {
  test.setTimeout(240_000);
  const who = focalPoint('report', project);
  const home = `/en/report/${who.country}/${ROUND}`;
  await signIn(page, who);
  await expect(page).toHaveURL(new RegExp(`/en/report/${who.country}`));
  await expect(page.getByRole('heading', { level: 1 })).toContainText(who.state);

  // The task list, begun if nobody has.
  await page.goto(home);
  const start = page.getByRole('button', { name: 'Start the report' });
  if (await start.isVisible()) await start.click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`Report of ${who.state}, ${ROUND}`);

  // Several kinds of answer: a choice with its law, a count with a breakdown, a level, ticks, a number.
  await answer(page, who.country, 'L01', { 'law.value': 'yes', 'citation.law': 'Children Act', 'citation.article': '12', comment: 'Amended last year.' });
  await answer(page, who.country, 'L06', { 'forms.value': ['sexual', 'labour'], 'citation.law': 'Penal Code', 'citation.article': '3' });
  await answer(page, who.country, 'P01', {
    'investigations.value': '1 240',
    'investigations.cell.scope:internal': '1000',
    'investigations.cell.scope:cross_border': '240',
    source: 'Police register',
  });
  await answer(page, who.country, 'C13', { 'level.value': '3', 'heard.state': 'confirmed_zero', source: 'Ministry' });

  // Leave and come back: everything is as it was left.
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signIn(page, who);
  await page.goto(`${home}/P01`);
  await expect(page.locator('[name="investigations.value"]')).toHaveValue('1240');
  await expect(page.locator('[name="investigations.cell.scope:cross_border"]')).toHaveValue('240');
  await page.goto(`${home}/L01`);
  await expect(page.locator('[name="law.value"][value="yes"]')).toBeChecked();
  await expect(page.locator('[name="comment"]')).toHaveValue('Amended last year.');

  await page.goto(`${home}/check`);
  await expect(page.getByRole('main')).toContainText('Check your answers');

  // Answer what is asked every year, sign off, submit.
  await answerTheRest(page, who.country);
  await page.goto(`${home}/check`);
  const submit = page.getByRole('button', { name: `Submit ${who.state}'s ${ROUND} report` });
  const revision = await page.locator('input[name="revision"]').inputValue();
  await page.getByLabel(/I am authorised to sign off/).check();
  await submit.click();
  await expect(page).toHaveURL(/\/receipt\/\d+$/);
  const receipt = await page.getByRole('main').innerText();
  expect(receipt).toMatch(new RegExp(`LAC-${ROUND}-${who.country}-\\d`));
  expect(receipt).toMatch(/[0-9a-f]{64}/);

  // The same form once more, as a double click sends it: the same receipt.
  const again = await post(page, `${home}/submit`, { revision, sign_off: 'yes' });
  expect(again.status()).toBe(303);
  expect(new URL(again.headers().location ?? '', page.url()).href).toBe(page.url());
  // Back: the answers can be read, and there is nothing more to submit.
  await page.goBack();
  await expect(page).toHaveURL(`${home}/check`);
  await expect(submit).toHaveCount(0);
  // What was handed in cannot be changed any more.
  await page.goto(`${home}/L01`);
  await expect(page.getByRole('button', { name: 'Save and continue' })).toHaveCount(0);
});

// Both write into one report, the second one by its revision: one after the other.
test.describe('what is refused', () => {
  test.describe.configure({ mode: 'serial' });

  test('what cannot be read is named at the field and in the summary, and what was typed stays', async ({ page, project }) => {
    const who = focalPoint('input', project);
    await signIn(page, who);
    await page.goto(`/en/report/${who.country}/${ROUND}`);
    const start = page.getByRole('button', { name: 'Start the report' });
    if (await start.isVisible()) await start.click();

    const cases: [string, string, string, RegExp][] = [
      ['P01', 'investigations.value', 'twelve', /not a whole number/],
      ['P01', 'investigations.value', '-3', /below zero/],
      ['L16', 'CRC.value', '2026-02-30', /not a day of the calendar/],
    ];
    for (const [code, field, typed, said] of cases) {
      await page.goto(`/en/report/${who.country}/${ROUND}/${code}`);
      await fill(page, { [field]: typed });
      await page.getByRole('button', { name: 'Save and continue' }).click();
      await expect(page).toHaveTitle(/^Error: /);
      const summary = page.locator('.error-summary');
      await expect(summary).toContainText(said);
      await expect(page.locator(`[name="${field}"]`)).toHaveValue(typed);
      // The summary's link leads to the field.
      await summary.getByRole('link').first().click();
      await expect(page.locator(':target')).toHaveCount(1);
    }

    // Parts above their total are saved and said: only what stops a reading keeps an answer from being saved.
    await page.goto(`/en/report/${who.country}/${ROUND}/P01`);
    await fill(page, { 'investigations.value': '10', 'investigations.cell.scope:internal': '8', 'investigations.cell.scope:cross_border': '7' });
    await page.getByRole('button', { name: 'Save and continue' }).click();
    // To be looked at, unless it was saved and told before as the field was left.
    await expect(page).toHaveURL(/P01\?saved=1$|P02$/);
    await page.goto(`/en/report/${who.country}/${ROUND}/P01`);
    await expect(page.getByRole('main')).toContainText(/adds up to 15, more than the total of 10/);
  });

  test('a submission with blockers is refused, by form and by hand', async ({ page, project }) => {
    const who = focalPoint('input', project);
    await signIn(page, who);
    const check = `/en/report/${who.country}/${ROUND}/check`;
    await page.goto(check);
    await expect(page.getByRole('main')).toContainText(/put right before you can submit/);
    const revision = await page.locator('input[name="revision"]').inputValue();

    await page.getByLabel(/I am authorised to sign off/).check();
    await page.getByRole('button', { name: `Submit ${who.state}'s ${ROUND} report` }).click();
    await expect(page).toHaveTitle(/^Error: /);
    await expect(page.locator('.error-summary')).toContainText('P02 Persons prosecuted: This question is asked every year.');

    const answer = await post(page, `/en/report/${who.country}/${ROUND}/submit`, { revision, sign_off: 'yes' });
    expect(answer.status()).toBe(422);
    expect(await answer.text()).toContain('<title>Error: ');

    await page.goto(check);
    await expect(page.locator('input[name="revision"]')).toHaveValue(revision);
    await page.goto(`/en/report/${who.country}`);
    await expect(page.locator(`section[data-round="${ROUND}"]`)).toHaveAttribute('data-state', 'draft');
  });
});

test('another state\'s report and the secretariat\'s pages do not exist for a focal point', async ({ page, project }) => {
  const who = focalPoint('input', project);
  await signIn(page, who);
  for (const path of ['/en/report/KEN', `/en/report/KEN/${ROUND}`, `/en/report/KEN/${ROUND}/L01`, '/en/review', `/en/review/KEN/${ROUND}`, '/en/review/release']) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(404);
  }
});

test('nobody who is not signed in sees the working space', async ({ page }) => {
  for (const path of [`/en/report/KEN/${ROUND}`, '/en/review', '/en/account']) {
    await page.goto(path);
    await expect(page, path).toHaveURL(/\/en\/sign-in\?next=/);
  }
});

test('an officer does not write a state\'s answers', async ({ page, project }) => {
  const who = focalPoint('input', project);
  await signIn(page, OFFICER);
  await page.goto(`/en/report/${who.country}/${ROUND}/L01`);
  await expect(page.getByRole('button', { name: 'Save and continue' })).toHaveCount(0);
});

test('of two editors of one answer the second sees both values and chooses', async ({ page, another, project }) => {
  const [first, second] = [focalPoint('conflict', project), contributor('conflict', project)];
  const question = `/en/report/${first.country}/${ROUND}/L02`;
  await signIn(page, first);
  await page.goto(`/en/report/${first.country}/${ROUND}`);
  const start = page.getByRole('button', { name: 'Start the report' });
  if (await start.isVisible()) await start.click();
  const other = await another();
  await signIn(other, second);
  await page.goto(question);
  await other.goto(question);

  await fill(page, { 'law.value': 'yes', comment: 'First.' });
  await page.getByRole('button', { name: 'Save and return to the section' }).click();
  await expect(page).not.toHaveURL(/L02$/);

  await fill(other, { 'law.value': 'no', comment: 'Second.' });
  await other.getByRole('button', { name: 'Save and return to the section' }).click();
  const main = other.getByRole('main');
  await expect(main).toContainText('Somebody else has changed this answer');
  await expect(main).toContainText(first.name);
  await expect(main).toContainText('First.');
  await expect(main).toContainText('Second.');
  await other.getByRole('button', { name: 'Save my answer' }).click();
  await other.goto(question);
  await expect(other.locator('[name="comment"]')).toHaveValue('Second.');
  await other.goto(`/en/report/${first.country}/${ROUND}/history?indicator=L02`);
  await expect(other.getByRole('main')).toContainText(first.name);
  await expect(other.getByRole('main')).toContainText(second.name);
});
