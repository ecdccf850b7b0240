// renewal.test.mjs: a maker's labels in Chromium: what to do next, many extended at once, one withdrawn; the
// body takes them in one go; the renewals ahead: 4.3.2, 4.3.3, 4.6.1, 4.6.2.
// SPDX-License-Identifier: Apache-2.0
// test: seconds=600 alone
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, end, launch, look, person, serve, top } from './browser.mjs';

const seed = name => JSON.parse(readFileSync(join(top, 'seed', name), 'utf8'));
const NAMES = [...seed('demo-body.json').people.flatMap(one => [one.ja, one.en]),
  ...seed('demo-makers.json').makers.flatMap(one => [one.ja, one.en]),
  ...seed('demo-makers.json').products.flatMap(one => [one.ja, one.en])].sort((a, b) => b.length - a.length);

async function walk(browser, server, language, width) {
  const who = { language, width, script: width > 600 };
  const maker = await person(browser, server, { role: language === 'ja' ? 'applicant' : 'applicant-for-two', ...who });
  const staff = await person(browser, server, { role: 'operational-personnel', ...who });
  const at = async (one, what) => look(one, what, NAMES);
  const main = one => one.page.locator('main').innerText();

  await maker.page.goto(`${server.url}/my-labels?lang=${language}`);
  await at(maker, 'own-labels');
  const labels = await maker.page.locator('input[name="label"]').count();
  check(labels > 1, `${language}: 4.3.2-1 labels that may be extended have a box`, await main(maker));
  await maker.page.goto(`${server.url}/renewals`);
  await at(maker, 'renewals-own');

  // one label: its page, and a procedure begun from it
  await maker.page.goto(`${server.url}/my-labels`);
  await maker.page.locator('.found li:has(input[name="label"]) a').first().click();
  await at(maker, 'own-label');
  check(await maker.page.locator('[data-begin="withdrawal"]').count() === 1,
    `${language}: 4.6.2-1 a withdrawal can be begun`);
  check(await maker.page.locator('[data-begin="extend-certified"]').count() === 0,
    `${language}: 4.3.4-1 not the extension of the other route`);
  await maker.page.locator('[data-begin="withdrawal"]').click();
  await at(maker, 'withdrawal-form');

  // many at once: seen before, filed, and each with its answer
  await maker.page.goto(`${server.url}/my-labels`);
  await maker.page.locator('#extend-all').click();
  await at(maker, 'extensions-preview');
  await maker.page.locator('#do').click();
  check(await maker.page.locator('[aria-invalid="true"], .errs').count() > 0,
    `${language}: 4.3.3-1 without the declaration nothing is filed`);
  await at(maker, 'extensions-wrong');
  await maker.page.locator('[name="conditions-kept"][value="kept"]').check({ force: true });
  await maker.page.locator('#do').click();
  const filed = await maker.page.locator('main table a').count();
  check(filed === labels, `${language}: 4.3.2-1 one application for each label`, `${filed} of ${labels}`);
  await at(maker, 'extensions-filed');
  await maker.page.goto(`${server.url}/my-labels`);
  check(await maker.page.locator('input[name="label"]').count() === 0, `${language}: 4.3.2-1 each is filed once`);

  // the body: all that wait for the same step
  await staff.page.goto(`${server.url}/batches?lang=${language}`);
  await at(staff, 'batches');
  await staff.page.locator('a[href="/batches/extend-self-declared/accept"]').click();
  await at(staff, 'batch');
  await staff.page.locator('#do').click();
  check(await staff.page.locator('td .tag.ok').count() === 0,
    `${language}: 2.1.3-1 none without the declaration that there is no conflict`);
  await staff.page.goto(`${server.url}/batches/extend-self-declared/accept`);
  await staff.page.locator('[name="no-conflict"]').check({ force: true });
  await staff.page.locator('#do').click();
  check(await staff.page.locator('td .tag.ok').count() >= filed, `${language}: 4.3.2-1 all are accepted, each on its own`);
  await at(staff, 'batch-done');
  await staff.page.goto(`${server.url}/renewals`);
  await at(staff, 'renewals');
  await staff.page.locator('main table a').first().click();
  check(await staff.page.locator('#month').count() === 1, `${language}: the labels of a month`);
  await at(staff, 'renewals-month');
  for (const one of [maker, staff]) {
    check(one.strangers.length === 0, `${language}: nothing from elsewhere, no script at fault`, ...one.strangers);
    await one.context.close();
  }
}

const server = await serve();
const browser = await launch();
try {
  await walk(browser, server, 'ja', 390);
  await walk(browser, server, 'en', 1280);
} catch (problem) {
  check(false, 'the walk went to its end', problem.stack);
} finally {
  await browser.close();
  server.stop();
}
end();
