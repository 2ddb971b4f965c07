// Every page kind: accessible in English and Arabic, light and dark; no wider than a telephone; nothing on the console.
import type { Page } from '@playwright/test';
import { HEAD, focalPoint } from '../fixtures/accounts.ts';
import { accessible, fitsNarrow, framed } from '../fixtures/look.ts';
import { LANGUAGES, PUBLIC, REPORT, REVIEW } from '../fixtures/pages.ts';
import { expect, signIn, test } from '../fixtures/test.ts';

const LOOKS = [
  { language: 'en', colorScheme: 'light' },
  { language: 'en', colorScheme: 'dark' },
  { language: 'ar', colorScheme: 'light' },
  { language: 'ar', colorScheme: 'dark' },
] as const;

/** Opens the page wide, then narrow, and holds it to what every page must be. */
async function inspect(page: Page, path: string, language: keyof typeof LANGUAGES, status = 200): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 900 });
  const answer = await page.goto(`/${language}${path}`);
  expect(answer?.status(), path).toBe(status);
  await framed(page, language, LANGUAGES[language]);
  await accessible(page, `/${language}${path}`);
  await page.setViewportSize({ width: 360, height: 740 });
  await fitsNarrow(page, `/${language}${path}`);
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

    test('pages of the secretariat', async ({ page }) => {
      test.setTimeout(180_000);
      await signIn(page, HEAD);
      for (const path of REVIEW) await inspect(page, `/review${path}`, language);
      await inspect(page, '/account', language);
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
