// What scripts add to the form: saving as it is left, and no text lost when the connection or the session ends.
import type { BrowserContext, Page } from '@playwright/test';
import { contributor, focalPoint, type Journey, type Project } from '../fixtures/accounts.ts';
import { ROUND, fill } from '../fixtures/report.ts';
import { expect, signIn, test } from '../fixtures/test.ts';

/** Signs in, begins the report if nobody has, and opens a question. */
async function open(page: Page, journey: Journey, project: Project, code: string): Promise<string> {
  const who = focalPoint(journey, project);
  await signIn(page, who);
  await page.goto(`/en/report/${who.country}/${ROUND}`);
  const start = page.getByRole('button', { name: 'Start the report' });
  if (await start.isVisible()) await start.click();
  const question = `/en/report/${who.country}/${ROUND}/${code}`;
  await page.goto(question);
  await ready(page);
  return question;
}

async function ready(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-islands', 'ready');
}

const state = (page: Page) => page.locator('.autosave');

/** Types a comment without a connection, loses the page, and opens the question anew. */
async function lose(page: Page, context: BrowserContext, question: string, comment: string): Promise<Page> {
  await context.setOffline(true);
  await fill(page, { comment });
  await page.locator('[name="comment"]').blur();
  await expect(state(page)).toHaveAttribute('data-state', 'offline');
  // A page that crashes cannot send a last word; one that is closed can, and its text then arrives by itself.
  const crashed = page.waitForEvent('crash');
  void page.goto('chrome://crash').catch(() => undefined);
  await crashed;
  await page.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(question);
  await ready(again);
  return again;
}

test('an answer is saved as it is left, and the page says so', async ({ page, project }) => {
  const question = await open(page, 'autosave', project, 'L02');
  await fill(page, { 'law.value': 'yes', comment: 'Saved without a button.' });
  await page.locator('[name="comment"]').blur();
  await expect(state(page)).toHaveAttribute('data-state', 'saved');
  await expect(state(page)).toContainText(/Saved at \d\d:\d\d/);
  await page.goto(question);
  await expect(page.locator('[name="law.value"][value="yes"]')).toBeChecked();
  await expect(page.locator('[name="comment"]')).toHaveValue('Saved without a button.');
});

test('what cannot be read is not saved, and the page says so', async ({ page, project }) => {
  await open(page, 'autosave', project, 'P01');
  await fill(page, { 'investigations.value': 'twelve' });
  await page.locator('[name="investigations.value"]').blur();
  await expect(state(page)).toHaveAttribute('data-state', 'invalid');
});

test('without a connection no text is lost', async ({ page, context, project, forgiven }) => {
  forgiven.push(/ERR_INTERNET_DISCONNECTED/, /Failed to load resource/);
  const question = await open(page, 'offline', project, 'L03');
  await context.setOffline(true);
  await fill(page, { 'law.value': 'no', comment: 'Written on the train.' });
  await page.locator('[name="comment"]').blur();
  await expect(state(page)).toHaveAttribute('data-state', 'offline');
  await expect(page.locator('[name="comment"]')).toHaveValue('Written on the train.');
  await context.setOffline(false);
  await expect(state(page)).toHaveAttribute('data-state', 'saved');
  await page.goto(question);
  await expect(page.locator('[name="comment"]')).toHaveValue('Written on the train.');
});

test('text that was not saved is offered again after the page was lost', async ({ page, context, project, forgiven }) => {
  forgiven.push(/ERR_INTERNET_DISCONNECTED/, /Failed to load resource/);
  const question = await open(page, 'offline', project, 'L04');
  const again = await lose(page, context, question, 'Lost too early.');
  await again.getByRole('button', { name: 'Put it back' }).click();
  await expect(again.locator('[name="comment"]')).toHaveValue('Lost too early.');
});

test('a session that has ended loses no text', async ({ page, context, project, forgiven }) => {
  forgiven.push(/Failed to load resource/);
  const question = await open(page, 'autosave', project, 'L05');
  await context.clearCookies();
  await fill(page, { 'law.value': 'yes', comment: 'Typed after lunch.' });
  await page.locator('[name="comment"]').blur();
  await expect(state(page)).toHaveAttribute('data-state', 'signed_out');
  // In another tab the person signs in again, and the text goes through.
  const tab = await context.newPage();
  await signIn(tab, focalPoint('autosave', project));
  await tab.close();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(state(page)).toHaveAttribute('data-state', 'saved');
  await page.goto(question);
  await expect(page.locator('[name="comment"]')).toHaveValue('Typed after lunch.');
});

test('who signs out at once has the answer saved, and leaves no text behind in the browser', async ({ page, project }) => {
  const drafts = () => page.evaluate(() => Object.keys(localStorage));
  const question = await open(page, 'autosave', project, 'L09');
  await fill(page, { comment: 'Typed last.' });
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/en$/);
  expect(await drafts()).toEqual([]);
  await signIn(page, focalPoint('autosave', project));
  await page.goto(question);
  await expect(page.locator('[name="comment"]')).toHaveValue('Typed last.');
});

test('what could not be saved is kept for who typed it, until they sign out', async ({ page, project }) => {
  const drafts = () => page.evaluate(() => Object.keys(localStorage));
  await open(page, 'autosave', project, 'P02');
  const field = page.locator('input[name$=".value"]:not([type=radio]):not([type=checkbox])').first();
  await field.fill('twelve');
  await field.blur();
  await expect(state(page)).toHaveAttribute('data-state', 'invalid');
  const kept = await drafts();
  expect(kept).toHaveLength(1);
  expect(kept[0]).toMatch(new RegExp(`^lacuna/[0-9a-f-]{36}/[A-Z]{3}/${ROUND}/P02$`));
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/en$/);
  expect(await drafts()).toEqual([]);
});

test('autosave sees that somebody else has changed the answer', async ({ page, context, project }) => {
  const question = await open(page, 'autosave', project, 'L08');
  const tab = await context.newPage();
  await tab.goto(question);
  await ready(tab);
  await fill(tab, { comment: 'From the other tab.' });
  await tab.locator('[name="comment"]').blur();
  await expect(state(tab)).toHaveAttribute('data-state', 'saved');
  await fill(page, { comment: 'From this tab.' });
  await page.locator('[name="comment"]').blur();
  await expect(state(page)).toHaveAttribute('data-state', 'conflict');
  await page.getByRole('button', { name: 'See both answers and choose' }).click();
  await expect(page.getByRole('main')).toContainText('From the other tab.');
  await expect(page.getByRole('main')).toContainText('From this tab.');
});

test('text of a form that was refused is offered again, when its page is left', async ({ page, project }) => {
  const question = await open(page, 'autosave', project, 'P03');
  await fill(page, { 'convicted.value': 'twelve', comment: 'A long remark.' });
  await page.getByRole('button', { name: 'Save and return to the section' }).click();
  await expect(page.locator('.error-summary')).toBeVisible();
  await ready(page);
  await page.getByRole('link', { name: `Report of ` }).first().click();
  await page.goto(question);
  await ready(page);
  await page.getByRole('button', { name: 'Put it back' }).click();
  await expect(page.locator('[name="comment"]')).toHaveValue('A long remark.');
  await expect(page.locator('[name="convicted.value"]')).toHaveValue('twelve');
});

test('what was wrong and is put right is not told any more, in the title neither', async ({ page, project }) => {
  await open(page, 'autosave', project, 'P05');
  const field = page.locator('[name="judgments.value"]');
  await field.fill('twelve');
  await page.getByRole('button', { name: 'Save and return to the section' }).click();
  await expect(page).toHaveTitle(/^Error: P05 /);
  await ready(page);
  await field.fill('12');
  await field.blur();
  await expect(state(page)).toHaveAttribute('data-state', 'saved');
  await expect(page).toHaveTitle(/^P05 /);
  await expect(page.locator('.error-summary')).toBeHidden();
});

test('what is typed beside an offered text does not take its place', async ({ page, context, project, forgiven }) => {
  forgiven.push(/ERR_INTERNET_DISCONNECTED/, /Failed to load resource/);
  const question = await open(page, 'offline', project, 'L06');
  const again = await lose(page, context, question, 'Typed on the train.');
  await fill(again, { comment: 'Typed at the desk.' });
  await again.locator('[name="comment"]').blur();
  await expect(state(again)).toHaveAttribute('data-state', 'saved');
  // The restored text was typed over an earlier version, so both are shown.
  await again.getByRole('button', { name: 'Put it back' }).click();
  await expect(again.locator('[name="comment"]')).toHaveValue('Typed on the train.');
  await expect(state(again)).toHaveAttribute('data-state', 'conflict');
  await again.getByRole('button', { name: 'See both answers and choose' }).click();
  await expect(again.getByRole('main')).toContainText('Typed at the desk.');
  await expect(again.getByRole('main')).toContainText('Typed on the train.');
});

test('text that met a conflict is not taken for saved', async ({ page, context, project }) => {
  const question = await open(page, 'conflict', project, 'L10');
  const other = contributor('conflict', project);
  const theirs = await context.browser()!.newContext();
  const tab = await theirs.newPage();
  await signIn(tab, other);
  await tab.goto(new URL(question, page.url()).href);
  await ready(tab);
  await fill(tab, { comment: 'By the second person.' });
  await tab.locator('[name="comment"]').blur();
  await expect(state(tab)).toHaveAttribute('data-state', 'saved');
  await theirs.close();
  await fill(page, { comment: 'By the first person.' });
  await page.locator('[name="comment"]').blur();
  await expect(state(page)).toHaveAttribute('data-state', 'conflict');
  await page.getByRole('link', { name: 'Back to the section' }).click();
  await page.goto(question);
  await ready(page);
  await page.getByRole('button', { name: 'Put it back' }).click();
  await expect(page.locator('[name="comment"]')).toHaveValue('By the first person.');
});

test('the enter key sends the form by its first button', async ({ page, project }) => {
  const question = await open(page, 'autosave', project, 'L11');
  await page.goto(`${question}?from=check`);
  await ready(page);
  await page.locator('[name="source"]').fill('Ministry of Justice');
  await page.locator('[name="source"]').press('Enter');
  await expect(page).toHaveURL(/\/check#L11$/);
});
