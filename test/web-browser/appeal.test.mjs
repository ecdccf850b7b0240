// appeal.test.mjs: a former registrant appeals in Chromium against the succession that took its label, and the
// appeal is upheld by people who took no part: 6.6-1, 4.9-1, 2.1.3-1.
// SPDX-License-Identifier: Apache-2.0
// test: seconds=600 alone
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, end, launch, look, person, serve, top } from './browser.mjs';

const seed = name => JSON.parse(readFileSync(join(top, 'seed', name), 'utf8'));
const NAMES = [...seed('demo-body.json').people.flatMap(one => [one.ja, one.en]),
  ...seed('demo-makers.json').makers.flatMap(one => [one.ja, one.en]),
  ...seed('demo-makers.json').products.flatMap(one => [one.ja, one.en]),
  '合併の事実がない。', '登記を確かめた。', '理由がある。', '登録簿を元に戻す。', 's@kakuu.example', '承継 花子', 'Hanako Shokei',
  'proof.pdf'].sort((a, b) => b.length - a.length);
const tokyo = () => new Date(Date.now() + 9 * 3600e3).toISOString().slice(0, 10);

function api(server, keys) {
  return async (role, method, path, body, type = 'application/json') => {
    const answer = await fetch(server.url + path, { method, body: type === 'application/json' ? JSON.stringify(body) : body,
      headers: { Authorization: `Bearer ${keys[role]}`, 'Content-Type': type, 'If-Match': '*', 'Idempotency-Key': crypto.randomUUID() } });
    const told = await answer.json();
    if (!answer.ok)
      throw new Error(`${role} ${path}: ${JSON.stringify(told)}`);
    return told;
  };
}

// The label goes to the second maker, by the ordinary way.
async function succeed(call, label) {
  const { parties } = await call('applicant-for-two', 'GET', '/api/v1/cases');
  const { id } = await call('applicant-for-two', 'POST', '/api/v1/cases', { procedure: 'succession', label, party: parties[0].id });
  const file = await call('applicant-for-two', 'PUT', `/api/v1/cases/${id}/files/proof.pdf`, '%PDF-1.4\n%%EOF\n', 'application/pdf');
  const step = (role, name, fields = {}) => call(role, 'POST', `/api/v1/cases/${id}/steps/${name}`, fields);
  await step('applicant-for-two', 'apply', { 'succession-kind': 'merger', 'succession-day': tokyo(), proof: [file.id ?? file.file],
    'contact-name': { ja: '承継 花子', en: 'Hanako Shokei' }, 'contact-mail': 's@kakuu.example', 'consent-nda': 'given', 'consent-court': 'given' });
  for (const [role, name, fields] of [['operational-personnel', 'accept'], ['operational-personnel-2', 'confirm-succession', { outcome: 'conforms' }],
    ['technical-manager', 'approve-technical'], ['managing-director', 'approve-succession']]) {
    await step(role, 'declare-no-conflict');
    await step(role, name, fields);
  }
  return id;
}

async function act(page, url, step, fill = async () => {}) {
  await page.goto(url);
  await page.locator(`#step-${step}`).first().click();
  await fill();
  await page.locator('#do').click();
  await page.waitForLoadState();
  await page.goto(url);
}

async function handle(browser, server, who, url, role, step, fill) {
  const one = await person(browser, server, { role, ...who });
  await act(one.page, url, 'declare-no-conflict');
  await act(one.page, url, step, async () => {
    await look(one, step, NAMES);
    await fill(one.page);
  });
  await look(one, `${step}-done`, NAMES);
  const state = await one.page.locator('#state').getAttribute('data-state');
  await one.context.close();
  return state;
}

async function walk(browser, server, call, language, width, label) {
  const who = { language, width, script: width > 600 };
  const decided = await succeed(call, label);
  const maker = await person(browser, server, { role: 'applicant', ...who });
  await maker.page.goto(`${server.url}/cases/${decided}?lang=${language}`);
  check(await maker.page.locator('#begin-appeal').count() === 1, `${language}: 6.6-1 a former registrant may appeal`);
  await look(maker, 'appeal-offered', NAMES);
  await maker.page.locator('#begin-appeal').click();
  await look(maker, 'appeal-form', NAMES);
  const url = maker.page.url().split('?')[0].replace(/\/steps.*/, '');
  await maker.page.locator('[name="appeal-text"]').fill('合併の事実がない。');
  await maker.page.locator('#do').click();
  await maker.page.goto(url);
  check(await maker.page.locator('#state').getAttribute('data-state') === 'appeal-received', `${language}: 6.6-1 received`);
  await look(maker, 'appeal-received', NAMES);
  await maker.page.goto(`${server.url}/cases/${decided}`);
  check(await maker.page.locator('#begin-appeal').count() === 0, `${language}: 6.6-1 one appeal at a time`);

  const involved = await person(browser, server, { role: 'technical-manager', ...who });
  await involved.page.goto(`${url}?why=judge-appeal`);
  check(await involved.page.locator('#step-judge-appeal').count() === 0, `${language}: 6.6-1 not by who took part`);
  await involved.context.close();
  await handle(browser, server, who, url, 'management-system-manager', 'examine-appeal',
    page => page.locator('[name="appeal-findings"]').fill('登記を確かめた。'));
  await handle(browser, server, who, url, 'deputy', 'judge-appeal', async page => {
    await page.locator('[name="appeal-finding"][value="founded"]').check({ force: true });
    await page.locator('[name="reasons"]').fill('理由がある。');
  });
  const state = await handle(browser, server, who, url, 'chief-executive-officer', 'uphold-otherwise', async page => {
    await page.locator('[name="reasons"]').fill('理由がある。');
    await page.locator('[name="appeal-remedy-text"]').fill('登録簿を元に戻す。');
  });
  check(state === 'appeal-upheld', `${language}: 6.6-1 upheld`, state);
  await maker.page.goto(url);
  await look(maker, 'appeal-upheld', NAMES);
  check(await maker.page.locator('a[href*="/letters/"]').count() >= 1, `${language}: 6.6-1 answered by a letter`);
  check(maker.strangers.length === 0, `${language}: nothing from elsewhere, no script at fault`, ...maker.strangers);
  await maker.context.close();
}

const server = await serve();
const browser = await launch();
try {
  const keys = await (await fetch(`${server.url}/demo/keys`)).json();
  const call = api(server, keys);
  const { labels } = await call('applicant', 'GET', '/api/v1/labels-of-mine?limit=50');
  const valid = labels.filter(one => one.status === 'valid').map(one => one.number);
  await walk(browser, server, call, 'ja', 390, valid[0]);
  await walk(browser, server, call, 'en', 1280, valid[1]);
} catch (problem) {
  check(false, 'the walk went to its end', problem.stack);
} finally {
  await browser.close();
  server.stop();
}
end();
