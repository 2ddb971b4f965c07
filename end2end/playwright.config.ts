// The browser journeys, against one real binary with one fresh training database (fixtures/server.ts).
//
// Two projects walk the same journeys: `plain` as a visitor whose browser runs no scripts, `script` as everyone else, who also
// gets the files `*.script.spec.ts`. Both write into the same database at the same time, so every journey that writes has a
// state of its own in each project (fixtures/accounts.ts).
import { existsSync } from 'node:fs';
import { defineConfig, devices } from '@playwright/test';

// Debian's Chromium, or else Playwright's own, which set-up fetches where there is no such package.
const chromium = process.env.CHROMIUM || ['/usr/bin/chromium'].find((path) => existsSync(path));

export default defineConfig({
  testDir: './tests',
  outputDir: './test-results',
  globalSetup: './fixtures/server.ts',
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  // Generous: the server is an unoptimised build, and machines that run everything at once are slow.
  expect: { timeout: 15_000 },
  reporter: [['./fixtures/summary.ts']],
  use: {
    ...devices['Desktop Chrome'],
    channel: undefined,
    locale: 'en-GB',
    screenshot: 'only-on-failure',
    actionTimeout: 15_000,
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'plain', testIgnore: /\.script\.spec\.ts$/, use: { javaScriptEnabled: false } },
    { name: 'script', use: { javaScriptEnabled: true } },
  ],
});
