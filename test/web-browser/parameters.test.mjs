// parameters.test.mjs: the parameters in Chromium: all of them, one with its history, a change proposed, decided,
// and, when its day has come, whose turn it is by it: 6.3-1, A-MD, A-MSM.
// SPDX-License-Identifier: Apache-2.0
// test: seconds=600 alone
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, end, launch, look, person, serve, top } from './browser.mjs';

const tokyo = new Date(Date.now() + 9 * 3600e3);
const day = ahead => new Date(tokyo.getTime() + ahead * 864e5).toISOString().slice(0, 10);
const seed = name => JSON.parse(readFileSync(join(top, 'seed', name), 'utf8'));
const NAMES = [...seed('demo-body.json').people.flatMap(one => [one.ja, one.en]),
  '運用の見直しによる（架空） / After a review (fictional)', 'ラベル発行機関', 'Label-issuing Body', '担当が替わる', 'Label-issuing'];

async function act(page, url, step) {
  await page.goto(url);
  await page.locator(`#step-${step}`).first().click();
  await page.locator('#do').waitFor();
  await page.locator('#do').click();
  await page.waitForLoadState();
}

async function walk(browser, server, language, width, value, from) {
  const who = { language, width, script: width > 600 };
  const msm = await person(browser, server, { role: 'management-system-manager', ...who });
  const md = await person(browser, server, { role: 'managing-director', ...who });
  const op = await person(browser, server, { role: 'operational-personnel', ...who });
  const at = async (one, what) => look(one, what, NAMES);

  await op.page.goto(`${server.url}/parameters?lang=${language}`);
  await at(op, 'parameters');
  check(await op.page.locator('#mail-days code').first().innerText() === '7', `${language}: 6.3-1 one was settled long ago`);
  check((await op.page.locator('#inquiry-days').innerText()).includes('10'), `${language}: 6.3-1 one is coming`);
  await op.page.goto(`${server.url}/parameters/technical-decider`);
  check(await op.page.locator('#do').count() === 0, `${language}: A-MSM an officer proposes nothing`);

  await msm.page.goto(`${server.url}/parameters/inquiry-days?lang=${language}`);
  await at(msm, 'parameter');
  await msm.page.locator('#parameter-value').fill('十日');
  await msm.page.locator('#parameter-from').fill(day(0));
  await msm.page.locator('#reasons').fill('担当が替わる');
  await msm.page.locator('[name="no-conflict"]').check({ force: true });
  await msm.page.locator('#do').click();
  check(await msm.page.locator('.errs li').count() === 2, `${language}: the value and the day are refused by name`,
    await msm.page.locator('main').innerText());
  await at(msm, 'parameter-refused');

  await msm.page.goto(`${server.url}/parameters/technical-decider`);
  await at(msm, 'parameter-office');
  await msm.page.locator('#parameter-value').fill(value);
  await msm.page.locator('#parameter-from').fill(from);
  await msm.page.locator('#reasons').fill('担当が替わる');
  await msm.page.locator('[name="no-conflict"]').check({ force: true });
  await msm.page.locator('#do').click();
  await msm.page.locator('#state').waitFor();
  const url = msm.page.url().split('?')[0];
  check(await msm.page.locator('#state').getAttribute('data-state') === 'parameter-proposed', `${language}: proposed`);
  await at(msm, 'parameter-case');
  await md.page.goto(`${server.url}/inbox?show=mine`);
  check((await md.page.locator('.queue').innerHTML()).includes(url.split('/').pop()), `${language}: A-MD it is in the inbox of who decides`);
  await act(md.page, url, 'declare-no-conflict');
  await act(md.page, url, 'settle-parameter');
  await md.page.goto(url);
  check(await md.page.locator('#state').getAttribute('data-state') === 'parameter-settled', `${language}: decided`);
  await md.page.goto(`${server.url}/parameters/technical-decider`);
  check(await md.page.locator('tbody .tag.do').count() === 1, `${language}: 6.3-1 it is shown as coming`);
  await at(md, 'parameter-coming');
  for (const one of [msm, md, op])
    await one.context.close();
}

// An extension whose declaration is confirmed: the manual names nobody who decides it technically.
async function confirmed(server) {
  const keys = JSON.parse(readFileSync(join(server.folder, 'data/demo-keys.json'), 'utf8'));
  const call = async (role, path, body) => {
    const answer = await fetch(server.url + path, { method: body ? 'POST' : 'GET', body: body && JSON.stringify(body),
      headers: { Authorization: `Bearer ${keys[role]}`, 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID(), 'If-Match': '*' } });
    const told = await answer.json();
    if (!answer.ok)
      throw new Error(`${path}: ${JSON.stringify(told)}`);
    return told;
  };
  const { labels } = await call('applicant', '/api/v1/labels-of-mine');
  const { answers } = await call('applicant', '/api/v1/extensions',
    { labels: [labels.find(one => one.extension.may).number], fields: { 'conditions-kept': 'kept' } });
  const steps = [['declare-no-conflict'], ['accept'], ['record-fee', { 'fee-kind': 'none-set', 'fee-amount': 0, 'fee-day': day(0) }], ['confirm', { confirmed: 'yes' }]];
  for (const [step, fields] of steps)
    await call('operational-personnel', `/api/v1/cases/${answers[0].case}/steps/${step}`, fields ?? {});
  return answers[0].case;
}

// Whose turn it is, and what is decided in batches, follow the parameter from its day on.
async function turns(browser, server, id, decider, other, when) {
  for (const [role, mine] of [[decider, true], [other, false]]) {
    const one = await person(browser, server, { role, language: 'en', width: 1280, script: true });
    const not = mine ? '' : 'not ';
    await one.page.goto(`${server.url}/batches`);
    const batches = await one.page.locator('main').innerText();
    check(batches.includes('Declaration confirmed') === mine, `A-TM ${when}: ${not}in the batches of ${role}`, batches);
    await one.page.goto(`${server.url}/inbox?show=mine`);
    const queue = await one.page.locator('.queue').innerHTML();
    check(queue.includes(id) === mine, `A-TM ${when}: ${not}in the inbox of ${role}`);
    await one.page.goto(`${server.url}/batches/extend-self-declared/approve-technical`);
    check(await one.page.locator('#do').count() === Number(mine), `A-TM ${when}: ${not}to be taken by ${role}`);
    await one.context.close();
  }
}

const server = await serve();
const browser = await launch();
try {
  const id = await confirmed(server);
  await walk(browser, server, 'ja', 390, 'certifier', day(1));
  await turns(browser, server, id, 'technical-manager', 'certifier', 'the day before');
  const anyone = await person(browser, server, { role: 'operational-personnel', language: 'ja', width: 1280, script: true });
  await anyone.page.goto(`${server.url}/demo/time`);
  await anyone.page.locator('button[name="days"][value="1"]').click();
  await anyone.page.waitForLoadState();
  await anyone.page.goto(`${server.url}/parameters/technical-decider`);
  check((await anyone.page.locator('#in-force').innerText()).includes('認証者'), 'A-TM from its day the certifier decides');
  await turns(browser, server, id, 'certifier', 'technical-manager', 'from its day');
  await walk(browser, server, 'en', 1280, 'technical-manager', day(2));
} finally {
  await browser.close();
  server.stop();
}
end();
