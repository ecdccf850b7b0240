// security.test.mjs: security information in Chromium: a notice filed from the maker's own CSAF document, looked at
// before it is decided, published on the label's page; a warning before what the label means: 4.8.1-1, 4.8.3-1.
// SPDX-License-Identifier: Apache-2.0
// test: seconds=600 alone
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, end, launch, look, person, serve, top } from './browser.mjs';

const today = new Date(Date.now() + 9 * 3600e3).toISOString().slice(0, 10);
const seed = name => JSON.parse(readFileSync(join(top, 'seed', name), 'utf8'));
const TYPED = ['見本の欠陥', 'A flaw for show', '見本の説明', 'Words for show', '更新する', 'Update it', 'own.json', 'CSAF', 'ROLIE', 'OpenPGP', 'VEX',
  'CVSS', 'CVE', ...seed('demo-body.json').people.flatMap(one => [one.ja, one.en]),
  ...seed('demo-makers.json').makers.flatMap(one => [one.ja, one.en]),
  ...seed('demo-makers.json').products.flatMap(one => [one.ja, one.en])].sort((a, b) => b.length - a.length);

async function filed(browser, server, language, width) {
  const maker = await person(browser, server, { role: 'applicant', language, width, script: width > 600 });
  const { page } = maker;
  const notices = await (await fetch(`${server.url}/api/v1/security-notices`)).json();
  const { label, number } = notices.security_notices.find(one => one.revision === 2);
  const index = (await (await fetch(`${server.url}/.well-known/csaf/white/index.txt`)).text()).split('\n');
  const path = index.find(one => one.endsWith(`/${number.toLowerCase()}.json`));
  const found = await fetch(`${server.url}/.well-known/csaf/white/${path}`);
  const own = found.ok ? await found.json() : null;
  check(own !== null, 'the demonstration has a document', path);
  own.document.title = 'A flaw for show';

  await page.goto(`${server.url}/my-labels/${label}?lang=${language}`);
  await page.locator('[data-begin="security-notice"]').click();
  await look(maker, 'notice-form', TYPED);
  const at = page.url().split('?')[0], of_case = at.replace(/\/steps\/.*/, '');
  check(await page.locator('#fill-csaf').count() === 0, `${language}: without a file there is nothing to fill in from`);
  await page.goto(of_case);
  await page.locator('input[type=file]').first().setInputFiles({ name: 'own.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(own)) });
  await page.locator('#upload').click();
  await page.goto(at);
  await page.locator('#fill-csaf').click();
  check(await page.locator('[name="fixed-version"]').inputValue() === '1.4.3' && (await page.locator('[name="cves"]').inputValue()).startsWith('CVE-'),
    `${language}: 4.8.1-1 the form is filled in from the maker's own document`);
  await look(maker, 'notice-form-filled', TYPED);
  for (const [field, ja, en] of [['security-title', '見本の欠陥', 'A flaw for show'], ['security-summary', '見本の説明', 'Words for show'], ['remedy-text', '更新する', 'Update it']]) {
    await page.locator(`[name="${field}.ja"]`).fill(ja);
    await page.locator(`[name="${field}.en"]`).fill(en);
  }
  await page.locator('[name="cves"]').fill('CVE-1');
  await page.locator('#do').click();
  check((await page.locator('main').innerText()).includes('4.8.1'), `${language}: 4.8.1-1 a number that is none is refused with its clause`);
  await page.goto(at);
  await page.locator('#fill-csaf').click();
  for (const [field, ja, en] of [['security-title', '見本の欠陥', 'A flaw for show'], ['security-summary', '見本の説明', 'Words for show'], ['remedy-text', '更新する', 'Update it']]) {
    await page.locator(`[name="${field}.ja"]`).fill(ja);
    await page.locator(`[name="${field}.en"]`).fill(en);
  }
  await page.locator('[name="release-day"]').fill(today);
  await page.locator('#do').click();
  await page.goto(of_case);
  await page.locator('#look').click();
  check((await page.locator('main').innerText()).includes('見本の欠陥') && (await page.locator('main').innerText()).includes('A flaw for show'),
    `${language}: how it will look is shown in both languages`);
  await look(maker, 'notice-preview', TYPED);
  return { of_case, label };
}

async function published(browser, server, language, width, { of_case, label }) {
  const who = { language, width, script: width > 600 };
  for (const [role, step, fill] of [
    ['operational-personnel', 'confirm-notice', async page => page.locator('[name="outcome"][value="conforms"]').check({ force: true })],
    ['technical-manager', 'publish-notice', async () => {}]]) {
    const { page } = await person(browser, server, { role, ...who });
    for (const name of ['declare-no-conflict', step]) {
      await page.goto(of_case);
      await page.locator(`#step-${name}`).first().click();
      await page.locator('#do').waitFor();
      if (name === step)
        await fill(page);
      await page.locator('#do').click();
      await page.waitForLoadState();
    }
  }
  const anyone = await person(browser, server, who);
  const { page } = anyone;
  await page.goto(`${server.url}/L/${label}?lang=${language}`);
  await page.getByRole('link', { name: language === 'ja' ? '見本の欠陥' : 'A flaw for show' }).first().click();
  check((await page.locator('main').innerText()).includes('1.4.3'), `${language}: 4.8.1-1 the label's page leads to the notice`);
  await look(anyone, 'notice', TYPED);
  await page.goto(`${server.url}/security?lang=${language}`);
  await look(anyone, 'notices', TYPED);
  await page.locator('.badge.revoked').first().waitFor();
  await page.locator('tr:has(.badge.revoked) a').first().click();
  await look(anyone, 'warning', TYPED);
  await page.locator('a[href^="/L/"]').first().click();
  const text = await page.locator('main').innerText();
  const [warns, means] = language === 'ja' ? ['注意喚起', 'このラベルが示すこと'] : ['Warning', 'What this label means'];
  check(text.indexOf(warns) >= 0 && (text.indexOf(means) < 0 || text.indexOf(warns) < text.indexOf(means)), `${language}: 4.8.3-1 a warning stands before what the label means`);
  await look(anyone, 'label-with-warning', TYPED);
  const answer = await page.request.get(`${server.url}/L/${label}`), css = await page.request.get(server.url + (await answer.text()).match(/\/static\/label\.css[^"]*/)[0]);
  const bytes = (await answer.body()).length + (await css.body()).length;
  check(bytes < 15 * 1024, `the label's page with its notices and its sheet has ${bytes} bytes`);
}

const server = await serve();
const browser = await launch();
try {
  for (const [language, width] of [['ja', 1280], ['en', 390]])
    await published(browser, server, language, width, await filed(browser, server, language, width));
} catch (problem) {
  check(false, 'the walk goes to its end', problem.stack);
} finally {
  await browser.close();
  server.stop();
}
end();
