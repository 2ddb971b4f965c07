// Every page kind: accessible in English and Arabic, light and dark; no wider than a telephone; nothing on the console.
import type { Page } from '@playwright/test';
import { HEAD, focalPoint } from '../fixtures/accounts.ts';
import { accessible, fitsNarrow, framed } from '../fixtures/look.ts';
import { LANGUAGES, PUBLIC, REPORT, REVIEW } from '../fixtures/pages.ts';
import { ROUND, fill } from '../fixtures/report.ts';
import { expect, signIn, test } from '../fixtures/test.ts';

const LOOKS = [
  { language: 'en', colorScheme: 'light' },
  { language: 'en', colorScheme: 'dark' },
  { language: 'ar', colorScheme: 'light' },
  { language: 'ar', colorScheme: 'dark' },
] as const;

type Language = keyof typeof LANGUAGES;

/** Opens a page and looks at it. */
async function inspect(page: Page, path: string, language: Language, status = 200): Promise<void> {
  const answer = await page.goto(`/${language}${path}`);
  expect(answer?.status(), path).toBe(status);
  await look(page, `/${language}${path}`, language);
}

/** Holds the page that is open, wide and then narrow, to what every page must be. */
async function look(page: Page, what: string, language: Language): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 900 });
  await framed(page, language, LANGUAGES[language]);
  await accessible(page, what);
  await page.setViewportSize({ width: 360, height: 740 });
  await fitsNarrow(page, what);
}

/** Sends the form of a question with its first button, and gives the status of the page that comes back. */
async function send(page: Page, question: string): Promise<number> {
  const answered = page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.url().endsWith(question));
  await page.locator('#answer .form__buttons button').first().click();
  return (await answered).status();
}

for (const { language, colorScheme } of LOOKS) {
  test.describe(`${language}, ${colorScheme}`, () => {
    test.use({ colorScheme });

    for (const path of PUBLIC) {
      test(`public page ${path || '/'}`, async ({ page }) => inspect(page, path, language));
    }

    test('a page that does not exist', async ({ page }) => inspect(page, '/states/XXX', language, 404));

    test('pages of a focal point', async ({ page, project }) => {
      test.setTimeout(180_000);
      const who = focalPoint('look', project);
      await signIn(page, who);
      for (const path of REPORT) await inspect(page, `/report/${who.country}${path}`, language);
    });

    test('an answer that cannot be read, and one that somebody else has changed', async ({ page, project }) => {
      test.setTimeout(120_000);
      const who = focalPoint('look', project);
      await signIn(page, who);
      const report = `/${language}/report/${who.country}/${ROUND}`;
      await page.goto(report);
      const start = page.locator(`main form[action="${report}"] button`);
      if (await start.isVisible()) await start.click();
      await expect(start).toHaveCount(0);

      await page.goto(`${report}/P01`);
      await fill(page, { 'investigations.value': 'twelve' });
      expect(await send(page, `${report}/P01`)).toBe(422);
      await expect(page.locator('.error-summary')).toBeVisible();
      await look(page, `${report}/P01 refused`, language);

      // The looks run side by side, each with a question of its own.
      const question = `${report}/L0${LOOKS.findIndex((one) => one.language === language && one.colorScheme === colorScheme) + 2}`;
      await page.goto(question);
      const version = await page.locator('#answer [name="version"]').inputValue();
      const form = { version, 'law.value': 'yes', comment: 'First.' };
      const first = await page.request.post(question, { form, headers: { origin: new URL(page.url()).origin }, maxRedirects: 0 });
      expect(first.status()).toBe(303);
      await fill(page, { 'law.value': 'no', comment: 'Second.' });
      expect(await send(page, question)).toBe(409);
      await expect(page.locator('table.conflict')).toBeVisible();
      await look(page, `${question} in conflict`, language);
    });

    test('pages of the secretariat', async ({ page }) => {
      test.setTimeout(180_000);
      await signIn(page, HEAD);
      for (const path of REVIEW) await inspect(page, `/review${path}`, language);
      await inspect(page, '/account', language);
      // A report in review, and the receipt that its state got.
      await page.goto(`/${language}/review?round=${ROUND}&state=in_review&sort=waiting`);
      const address = (await page.locator(`main tbody a[href$="/${ROUND}"]`).first().getAttribute('href')) ?? '';
      const country = /review\/([A-Z]{3})\//.exec(address)?.[1];
      await inspect(page, `/review/${country}/${ROUND}`, language);
      await inspect(page, `/report/${country}/${ROUND}/receipt/1`, language);
    });
  });
}

test('French pages are in French', async ({ page }) => {
  for (const path of PUBLIC) {
    await page.goto(`/fr${path}`);
    await framed(page, 'fr', 'ltr');
    await expect(page.locator('body')).not.toContainText(/\b[a-z]+\.[a-z]+_[a-z]+\b/);
  }
});
