// mass.test.mjs: a mass action in Chromium from the search to its end, and a correction of the register that
// leaves its past as it was: 6.4-1, A-OP, A-TM, A-MD.
// SPDX-License-Identifier: Apache-2.0
// test: seconds=600 alone
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, end, launch, look, person, serve, top } from './browser.mjs';

const tokyo = () => new Date(Date.now() + 9 * 3600e3);
const day = ahead => new Date(tokyo().getTime() + ahead * 864e5).toISOString().slice(0, 10);
const seed = name => JSON.parse(readFileSync(join(top, 'seed', name), 'utf8'));
const NAMES = [...seed('demo-body.json').people.flatMap(one => [one.ja, one.en]),
  ...seed('demo-makers.json').makers.flatMap(one => [one.ja, one.en]),
  ...seed('demo-makers.json').products.flatMap(one => [one.ja, one.en]),
  '試験のお知らせ', 'Test notice', '試験の目的', '誤記', '控え'].sort((a, b) => b.length - a.length);

async function act(page, step, fill = async () => {}) {
  await page.locator(`#step-${step}`).first().click();
  await page.locator('#do').waitFor();
  await fill();
  await page.locator('#do').click();
  await page.waitForLoadState();
}

async function state_is(page, url, wanted, what) {
  let state;
  for (let i = 0; i < 40; i++) {
    await page.goto(url);
    state = await page.locator('#state').getAttribute('data-state');
    if (state === wanted)
      break;
    await page.waitForTimeout(500);
  }
  check(state === wanted, what, state);
}

async function declare(page, url) {
  await page.goto(url);
  await act(page, 'declare-no-conflict');
  await page.goto(url);
}

// Turned on by a day, so that the time of the action comes.
async function turn(page, server) {
  await page.goto(`${server.url}/demo/time`);
  await page.locator('button[name="days"][value="1"]').click();
  await page.waitForLoadState();
}

async function in_mass(browser, server, language, width, days) {
  const who = { language, width, script: true };
  const people = {};
  for (const role of ['operational-personnel', 'technical-manager', 'managing-director'])
    people[role] = await person(browser, server, { role, ...who });
  const op = people['operational-personnel'], tm = people['technical-manager'], md = people['managing-director'];
  const at = async (one, what) => look(one, what, NAMES);

  await op.page.goto(`${server.url}/mass?lang=${language}`);
  await at(op, 'mass');
  check(await op.page.locator('#actions ~ table tbody tr').count() >= 2, `${language}: A-MD earlier actions are listed`);
  await op.page.goto(`${server.url}/mass?find-level=9`);
  check(await op.page.locator('.msg').count() === 1, `${language}: a level that there is not is named`);
  await op.page.goto(`${server.url}/mass`);
  await op.page.locator('[name="mass-kind"]').selectOption('notify');
  await op.page.locator('[name="find-level"]').fill('3');
  await op.page.locator('#find').click();
  const items = Number(await op.page.locator('#found').getAttribute('data-items'));
  check(items > 0, `${language}: A-OP the search finds labels`, String(items));
  await at(op, 'mass-found');
  await op.page.locator('[name="no-conflict"]').check();
  await op.page.locator('#draw-up').click();
  await op.page.locator('#do').waitFor();
  check(await op.page.locator('[name="find-level"]').inputValue() === '3', `${language}: what was searched for is filled in`);
  const url = op.page.url().split('?')[0].replace(/\/steps.*/, '');
  await op.page.locator('#do').click();
  check(await op.page.locator('.msg').count() >= 1, `${language}: A-OP what is missing is named`);
  await at(op, 'mass-form');
  await op.page.locator('[name="mass-title.ja"]').fill('試験のお知らせ');
  await op.page.locator('[name="mass-title.en"]').fill('Test notice');
  await op.page.locator('[name="mass-purpose"]').fill('試験の目的');
  await op.page.locator('[name="mass-message.ja"]').fill('試験のお知らせ');
  await op.page.locator('[name="mass-message.en"]').fill('Test notice');
  await op.page.locator('#do').click();
  await op.page.goto(url);
  check(Number(await op.page.locator('[data-items]').getAttribute('data-items')) === items, `${language}: A-OP the list is fixed`);
  await act(op.page, 'rehearse-mass');
  await state_is(op.page, url, 'mass-rehearsed', `${language}: A-OP the clock rehearses it`);
  check(Number(await op.page.locator('#mass').getAttribute('data-rehearsed')) === items, `${language}: … all of it`);
  await at(op, 'mass-rehearsed');

  await declare(tm.page, url);
  await act(tm.page, 'approve-technical');
  await declare(md.page, url);
  await act(md.page, 'approve-mass', async () => {
    await md.page.locator('[name="effective-day"]').fill(day(days + 1));
    await md.page.locator('[name="effective-hour"]').fill('0');
  });
  await md.page.goto(url);
  check(await md.page.locator('#step-undo-mass').count() >= 1, `${language}: A-MD until its time it can be undone`);
  await at(md, 'mass-scheduled');
  await turn(md.page, server);
  await state_is(md.page, url, 'mass-done', `${language}: A-MD at its time it runs`);
  check(Number(await md.page.locator('#mass').getAttribute('data-run')) === items &&
    Number(await md.page.locator('#mass').getAttribute('data-failed')) === 0, `${language}: A-MD to its end`);
  await at(md, 'mass-done');
  for (const one of Object.values(people))
    await one.context.close();
}

async function corrected(browser, server, language, width) {
  const who = { language, width, script: width > 600 };
  const op = await person(browser, server, { role: 'operational-personnel', ...who });
  const { labels } = await (await fetch(`${server.url}/api/v1/labels?status=valid&limit=5`)).json();
  const label = labels[language === 'ja' ? 3 : 4].number;
  await op.page.goto(`${server.url}/my-labels/${label}?lang=${language}`);
  await look(op, 'label-offices', NAMES);
  await op.page.locator('[data-begin="correction"]').click();
  const url = op.page.url().split('?')[0];
  await declare(op.page, url);
  await act(op.page, 'propose-correction', async () => {
    await look(op, 'correction-form', NAMES);
    await op.page.locator('[name="correction-wrong"]').fill('誤記');
    await op.page.locator('[name="error-evidence"]').fill('控え');
    await op.page.locator('[name="product-url"]').fill('https://maker.example/corrected');
  });
  const then = [['operational-personnel-2', 'confirm-correction'], ['technical-manager', 'approve-technical'],
    ['managing-director', 'correct-register']];
  for (const [role, step] of then) {
    const one = await person(browser, server, { role, ...who });
    await declare(one.page, url);
    await act(one.page, step, async () => {
      if (step === 'confirm-correction')
        await one.page.locator('[name="correction-finding"][value="wrong"]').check({ force: true });
    });
    if (step === 'correct-register') {
      await one.page.goto(url);
      check(await one.page.locator('#state').getAttribute('data-state') === 'register-corrected', `${language}: 6.4-1 corrected`);
      await look(one, 'corrected', NAMES);
    }
    await one.context.close();
  }
  const now = await (await fetch(`${server.url}/api/v1/labels/${label}`)).json();
  check(JSON.stringify(now).includes('https://maker.example/corrected'), `${language}: 6.4-1 the public page has the right value`);
  const past = await (await fetch(`${server.url}/api/v1/labels/${label}?on=${now.issued}`)).json();
  check(!JSON.stringify(past).includes('https://maker.example/corrected'), `${language}: 6.4-1 what it said on the day of issuance is not rewritten`);
  await op.page.goto(`${server.url}/L/${label}?lang=${language}`);
  await look(op, 'label-corrected', NAMES);
  await op.context.close();
}

const server = await serve();
const browser = await launch();
try {
  await in_mass(browser, server, 'ja', 1280, 0);
  await in_mass(browser, server, 'en', 390, 1);
  await corrected(browser, server, 'ja', 390);
  await corrected(browser, server, 'en', 1280);
} catch (problem) {
  check(false, 'the road is walked to its end', problem.stack);
} finally {
  await browser.close();
  server.stop();
}
end();
