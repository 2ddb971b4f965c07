// The keyboard alone: the form and the map.
import type { Page } from '@playwright/test';
import { PASSWORD, focalPoint } from '../fixtures/accounts.ts';
import { ROUND } from '../fixtures/report.ts';
import { expect, test } from '../fixtures/test.ts';

/** Presses Tab until the focus is on what is looked for. */
async function tabTo(page: Page, selector: string, most = 80): Promise<void> {
  for (let n = 0; n < most; n += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector)) return;
  }
  throw new Error(`${selector} is not reached with ${most} presses of Tab`);
}

test('a question is answered and saved without a pointer', async ({ page, project }) => {
  const who = focalPoint('keyboard', project);
  await page.goto('/en/sign-in');
  await tabTo(page, '[name="email"]');
  await page.keyboard.type(who.email);
  await tabTo(page, '[name="password"]');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/report/${who.country}`));

  await page.goto(`/en/report/${who.country}/${ROUND}`);
  if (await page.getByRole('button', { name: 'Start the report' }).isVisible()) {
    await tabTo(page, 'main button');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('link', { name: 'Check your answers and submit' })).toBeVisible();
  }
  await page.goto(`/en/report/${who.country}/${ROUND}/L02`);
  await expect(page.locator('html')).toHaveAttribute('data-islands', 'ready');
  await tabTo(page, '[name="law.value"], [name="law.state"]');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  const chosen = page.locator('[name="law.value"]:checked, [name="law.state"]:checked');
  await expect(chosen).not.toHaveCount(0);
  await tabTo(page, '[name="comment"]');
  await page.keyboard.type('By keyboard.');
  await tabTo(page, 'main button[type="submit"], main form button:not([type])');
  await page.keyboard.press('Enter');
  await expect(page).not.toHaveURL(/\/L02$/);
  await page.goto(`/en/report/${who.country}/${ROUND}/L02`);
  await expect(page.locator('[name="comment"]')).toHaveValue('By keyboard.');
});

test('the first press of Tab offers the way past the navigation', async ({ page }) => {
  await page.goto('/en/gaps');
  await page.keyboard.press('Tab');
  const skip = page.locator(':focus');
  await expect(skip).toHaveAttribute('href', '#main');
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.locator('#main')).toBeFocused();
});

test('the map is one stop; arrow keys move between states, Enter opens one', async ({ page }) => {
  await page.goto('/en/gaps?view=map');
  await expect(page.locator('html')).toHaveAttribute('data-islands', 'ready');
  const states = page.locator('svg a[data-code]');
  await expect(states).toHaveCount(193);
  await expect(page.locator('svg a[data-code][tabindex="0"]')).toHaveCount(1);
  await page.locator('svg a[data-code][tabindex="0"]').focus();
  const line = page.locator('.map-explorer__line');
  const code = () => page.evaluate(() => document.activeElement?.getAttribute('data-code') ?? '');
  const first = await code();
  expect(first).toMatch(/^[A-Z]{3}$/);
  await page.keyboard.press('ArrowRight');
  const second = await code();
  expect(second).toMatch(/^[A-Z]{3}$/);
  expect(second).not.toBe(first);
  const said = await page.locator(`svg a[data-code="${second}"]`).getAttribute('aria-label');
  await expect(line).toHaveText(said ?? '');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/en/states/${second}`));
});

test('the map tells the state under the pointer', async ({ page }) => {
  await page.goto('/en/gaps?view=map');
  await expect(page.locator('html')).toHaveAttribute('data-islands', 'ready');
  await page.locator('svg a[data-code="BRA"] .map__shape').hover();
  await expect(page.locator('.map-explorer__line')).toContainText('Brazil');
});
