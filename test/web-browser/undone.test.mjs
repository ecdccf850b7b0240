// undone.test.mjs: a void decision annulled, and a label that comes back after an appeal, in Chromium: by people who
// took no part in it, with the registrant heard and the public told: 2.1.3, 6.6.
// SPDX-License-Identifier: Apache-2.0
// test: seconds=600 alone
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, end, launch, look, person, serve, top } from './browser.mjs';

const seed = name => JSON.parse(readFileSync(join(top, 'seed', name), 'utf8'));
const NAMES = [...seed('demo-body.json').people.flatMap(one => [one.ja, one.en]),
  ...seed('demo-makers.json').makers.flatMap(one => [one.ja, one.en, one.person_ja, one.person_en]),
  ...seed('demo-makers.json').products.flatMap(one => [one.ja, one.en])].sort((a, b) => b.length - a.length);
const day = days => new Date(Date.now() + 9 * 3600e3 + days * 864e5).toISOString().slice(0, 10);

// ---- what is undone later is done by API

async function call(server, role, path, body) {
  const headers = { 'Authorization': `Bearer ${server.keys[role]}`, 'Content-Type': 'application/json',
    'Idempotency-Key': randomBytes(12).toString('hex'), 'If-Match': '*' };
  const answer = await fetch(server.url + path, body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers });
  const told = await answer.json();
  if (!answer.ok)
    throw new Error(`${role} ${path}: ${answer.status} ${JSON.stringify(told)}`);
  return told;
}

async function done(server, procedure, label, steps) {
  const { id } = await call(server, 'applicant', '/api/v1/cases', { procedure, label });
  for (const [role, step, fields] of steps) {
    if (role !== 'applicant')
      await call(server, role, `/api/v1/cases/${id}/steps/declare-no-conflict`, {});
    await call(server, role, `/api/v1/cases/${id}/steps/${step}`, fields);
  }
  return id;
}

const changed = (server, label) => done(server, 'product-information', label, [
  ['applicant', 'apply', { 'change-text': 'x', 'user-phone': '03-0000-0188' }],
  ['operational-personnel', 'confirm-change', { outcome: 'conforms' }],
  ['technical-manager', 'approve-technical', {}],
  ['managing-director', 'accept-change', {}]]);

const revoked = (server, label) => done(server, 'maintain-self-declared', label, [
  ['applicant', 'apply', { 'change-text': 'x', firmware: '9.0', 'conditions-kept': 'kept' }],
  ['operational-personnel', 'accept', {}],
  ['operational-personnel-2', 'confirm', { outcome: 'does-not' }],
  ['technical-manager', 'find-unsustainable', { reasons: 'x' }],
  ['managing-director', 'revoke', { reasons: 'x' }]]);

// ---- in the browser

async function fill(page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const input = page.locator(`[name="${name}"]`).first();
    if (await page.locator(`select[name="${name}"]`).count())
      await input.selectOption(value);
    else if (await input.getAttribute('type') === 'radio')
      await page.locator(`[name="${name}"][value="${value}"]`).check({ force: true });
    else
      await input.fill(value);
  }
}

async function act(page, url, step, fields = {}) {
  await page.goto(url);
  await page.locator(`#step-${step}`).first().click();
  await page.locator('#do').waitFor();
  await fill(page, fields);
  await page.locator('#do').click();
  await page.waitForLoadState();
  const wrong = await page.locator('[aria-invalid="true"], .errs').count();
  check(wrong === 0, `${step} is taken`, wrong ? await page.locator('main').innerText() : '');
  await page.goto(url);
}

// The number of a decision on the record, as personnel read it in the history of its case.
async function entry_of(page, server, id) {
  await page.goto(`${server.url}/cases/${id}`);
  const numbers = [...(await page.locator('main').innerText()).matchAll(/(?:Record no\.|記録番号)\s*(\d+)/g)];
  return String(Math.max(...numbers.map(one => Number(one[1]))));
}

async function begin(page, server, label, procedure) {
  await page.goto(`${server.url}/my-labels/${label}`);
  await page.locator(`[data-begin="${procedure}"]`).click();
  return page.url().split('?')[0];
}

async function walk(browser, server, language, width) {
  const ja = language === 'ja', who = { language, width, script: width > 600 }, people = {};
  for (const role of ['applicant', 'operational-personnel-2', 'management-system-manager', 'deputy', 'deputy-2',
    'technical-manager', 'chief-executive-officer']) {
    people[role] = await person(browser, server, { role, ...who });
    await people[role].page.goto(`${server.url}/notices?lang=${language}`);
  }
  const at = (role, what) => look(people[role], what, NAMES);
  const page = role => people[role].page;
  const said = role => page(role).locator('main').innerText();
  const state = role => page(role).locator('#state').getAttribute('data-state');
  const reasons = ja ? '確かめたことによる。' : 'As was found.';
  const mine = (await call(server, 'applicant', '/api/v1/labels-of-mine')).labels
    .filter(one => one.status === 'valid' && one.route === 'self-declared').map(one => one.number);
  const [first, second] = ja ? mine : mine.slice(-2);
  const officer = 'operational-personnel-2';

  // a change of product information that was void
  const change = await changed(server, first);
  const entry = await entry_of(page(officer), server, change);
  const void_ = await begin(page(officer), server, first, 'annulment');
  await act(page(officer), void_, 'declare-no-conflict');
  await page(officer).locator('#step-propose-annulment').first().click();
  await at(officer, 'annulment-propose');
  await act(page(officer), void_, 'propose-annulment',
    { 'void-entry': entry, 'void-ground': 'undisclosed-conflict', 'void-facts': reasons });
  await act(page('management-system-manager'), void_, 'declare-no-conflict');
  await act(page('management-system-manager'), void_, 'examine-annulment', { 'void-finding': 'void' });
  await at('management-system-manager', 'annulment-examined');
  await act(page(officer), void_, 'invite-hearing', { 'hearing-by': day(20) });
  await page('applicant').goto(`${server.url}/notices`);
  await at('applicant', 'annulment-notices');
  await act(page('applicant'), void_, 'state-view', { view: reasons });
  await at('applicant', 'annulment-heard');
  check(await state('applicant') === 'annulment-heard', `${language}: 2.1.3-1 the registrant is heard`);
  await act(page('technical-manager'), void_, 'declare-no-conflict');
  await page('technical-manager').locator('#step-approve-technical').first().click();
  await page('technical-manager').locator('#do').click();
  await page('technical-manager').waitForLoadState();
  await look(people['technical-manager'], 'annulment-involved', [...NAMES, 'forbidden', 'not-involved']);
  check((await said('technical-manager')).includes('2.1.3-1'), `${language}: 2.1.3-1 who decided on the void case is refused, by the clause`,
    await said('technical-manager'));
  await page('applicant').goto(void_);
  check(await state('applicant') === 'annulment-heard', `${language}: and nothing was decided`);
  for (const [role, step, fields] of [['deputy', 'approve-technical', {}], ['deputy-2', 'annul', { reasons }]]) {
    await act(page(role), void_, 'declare-no-conflict');
    await act(page(role), void_, step, fields);
  }
  check(await state('deputy-2') === 'annulled', `${language}: 2.1.3-1 annulled`);
  await at('deputy-2', 'annulled');
  await page('applicant').goto(`${server.url}/L/${first}?lang=${language}`);
  check((await said('applicant')).includes(ja ? '無効な決定' : 'Void decision annulled') &&
    (await page('applicant').locator('[href="tel:03-0000-0188"]').count()) === 0,
    `${language}: 2.1.3-1 the public page says as before, and its history why`, await said('applicant'));
  await at('applicant', 'annulled-public');

  // a revocation that did not stand
  const revocation = await revoked(server, second);
  const which = await entry_of(page(officer), server, revocation);
  const back = await begin(page('chief-executive-officer'), server, second, 'reinstatement');
  await act(page('chief-executive-officer'), back, 'declare-no-conflict');
  await page('chief-executive-officer').locator('#step-begin-reinstatement').first().click();
  await at('chief-executive-officer', 'reinstatement-begin');
  await act(page('chief-executive-officer'), back, 'begin-reinstatement',
    { 'void-entry': which, 'appeal-document': ja ? '異議決定書第1号' : 'Decision on appeal no. 1', 'appeal-outcome': reasons });
  for (const [role, step] of [['deputy', 'approve-technical'], ['deputy-2', 'reinstate']]) {
    await act(page(role), back, 'declare-no-conflict');
    await act(page(role), back, step);
  }
  check(await state('deputy-2') === 'reinstated', `${language}: 6.6-1 reinstated`);
  await at('deputy-2', 'reinstated');
  await page('applicant').goto(`${server.url}/L/${second}?lang=${language}`);
  check((await said('applicant')).includes(ja ? '有効' : 'Valid'), `${language}: 6.6-1 the label is valid again`);
  await at('applicant', 'reinstated-public');
  for (const one of Object.values(people)) {
    check(one.strangers.length === 0, `${language}: nothing from elsewhere, no script at fault`, ...one.strangers);
    await one.context.close();
  }
}

const server = await serve();
const browser = await launch();
try {
  server.keys = await (await fetch(`${server.url}/demo/keys`)).json();
  await walk(browser, server, 'ja', 390);
  await walk(browser, server, 'en', 1280);
} catch (problem) {
  check(false, 'the walk went to its end', problem.stack);
} finally {
  await browser.close();
  server.stop();
}
end();
