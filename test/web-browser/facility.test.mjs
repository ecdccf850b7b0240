// facility.test.mjs: Evaluation Facilities in Chromium: a facility registers, concludes the agreement, applies and
// is approved; the public list, the record, what an end does to open cases: 6.1-2, 6.1.1-1, 6.1.2-1, 6.5-5.
// SPDX-License-Identifier: Apache-2.0
// test: seconds=600 alone
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, end, launch, look, person, serve, top } from './browser.mjs';

const seed = name => JSON.parse(readFileSync(join(top, 'seed', name), 'utf8'));
const tokyo = new Date(Date.now() + 9 * 3600e3);
const day = ahead => new Date(tokyo.getTime() + ahead * 864e5).toISOString().slice(0, 10);

const JOINED = { person_ja: '確田 見', person_en: 'Ken Tashida', maker_ja: 'こころみ評価所', maker_en: 'Kokoromi Evaluation',
  country: 'JP', mail: 'desk@kokoromi-evaluation.example', password: 'correct horse battery staple 7',
  again: 'correct horse battery staple 7' };
const FILLED = {
  'facility-site.ja': '見本市試験町', 'facility-site.en': 'Shiken-cho, Mihon City', 'scope-3.router': 'yes', 'scope-4.router': 'yes',
  'accreditation-kind': 'accredited', 'accreditation-number': 'ASNITE-0009E', 'accreditation-from': day(-30),
  'accreditation-until': day(900), 'contact-name.ja': '確田 見', 'contact-name.en': 'Ken Tashida',
  'contact-mail': 'desk@kokoromi-evaluation.example', 'consent-court': 'given', outcome: 'conforms', remarks: '確認しました。',
  'agreement-purpose': 'facility', 'agreement-text': '秘密を保持する。東京地方裁判所を専属管轄とする。', 'agreement-court': 'yes',
  'agreement-signature': 'yes', 'signer.ja': '所長 確田 見', 'signer.en': 'Ken Tashida, Director', 'shortcomings-count': '1',
  shortcomings: '校正記録がありません。', 'shortcomings-answer': '添付しました。', reasons: '業務を終えるため。',
  'discontinuance-day': day(40), 'evaluator-id': 'K-01', 'evaluator-name.ja': '確田 二見', 'evaluator-name.en': 'Futami Tashida',
  'evaluator-kind': 'lead',
};
const facilities = seed('demo-facilities.json').facilities;
const TYPED = [...Object.values(FILLED), ...Object.values(JOINED), 'manual.txt', '試験報告書（架空）.pdf', 'K-01',
  '評川 一', 'Hajime Hyokawa', '評野 二葉', 'Futaba Hyono', '評木 四葉', 'Yotsuba Hyoki', '試本 三郎', 'Saburo Tamemoto',
  ...seed('demo-body.json').people.flatMap(one => [one.ja, one.en]), ...Object.values(seed('demo-body.json').body),
  ...seed('demo-makers.json').makers.flatMap(one => [one.ja, one.en, one.person_ja, one.person_en]),
  ...seed('demo-makers.json').products.flatMap(one => [one.ja, one.en]),
  ...facilities.flatMap(one => [one.ja, one.en, one.person_ja, one.person_en, one.site.ja, one.site.en,
    one.number.normalize('NFKC'), one.number])].sort((a, b) => b.length - a.length);

async function fill(page, values) {
  for (const control of await page.locator('main form input, main form textarea, main form select').all()) {
    const [name, type, tag, value] = await control.evaluate(e => [e.name, e.type, e.tagName, e.value]);
    const wanted = type === 'checkbox' && /^(quality-manual|accreditation-copy|evaluator-record)\./.test(name) ? 'yes' : values[name];
    if (wanted === undefined || type === 'hidden' || type === 'file')
      continue;
    if (type === 'radio' || type === 'checkbox') {
      if (value === wanted)
        await control.check({ force: true });
    } else if (tag === 'SELECT') {
      await control.selectOption(wanted);
    } else {
      await control.fill(wanted);
    }
  }
}

const state = page => page.locator('#state').getAttribute('data-state');

async function take(at, server, id, step, after, values = FILLED) {
  const { page } = at;
  await page.goto(`${server.url}/cases/${id}`);
  const button = page.locator(`#step-${step}`);
  if (!check(await button.count() === 1, `${at.role} is offered ${step}`, await page.locator('main').innerText()))
    return;
  await button.click();
  await look(at, `facility-step-${step}`, TYPED);
  await fill(page, values);
  await page.locator('#do').click();
  await page.goto(`${server.url}/cases/${id}`);
  if (after)
    check(await state(page) === after, `${step} by ${at.role} leads to ${after}`, await state(page), await page.locator('main').innerText());
}

async function cleared(at, server, id, step, after) {
  await take(at, server, id, 'declare-no-conflict');
  await take(at, server, id, step, after);
}

async function upload(at, server, id) {
  writeFileSync(join(server.folder, 'manual.txt'), '品質マニュアル\n');
  await at.page.goto(`${server.url}/cases/${id}`);
  await at.page.locator('#file').setInputFiles(join(server.folder, 'manual.txt'));
  await at.page.locator('#upload').click();
  check(await at.page.locator('main a', { hasText: 'manual.txt' }).count() === 1, 'a file is added to the case');
}

const case_of = page => new URL(page.url()).pathname.split('/')[2];

async function begin(at, server, party, procedure) {
  await at.page.goto(`${server.url}/facility/${party}`);
  await at.page.locator(`#begin-${procedure}`).last().click();
  check(/\/cases\//.test(at.page.url()), `${at.role} begins ${procedure}`, at.page.url(), await at.page.locator('main').innerText());
  return case_of(at.page);
}

async function public_list(browser, server) {
  for (const [language, width, script] of [['ja', 1280, true], ['ja', 390, false], ['en', 1280, false], ['en', 390, true]]) {
    const at = await person(browser, server, { language, width, script });
    await at.page.goto(`${server.url}/facilities?lang=${language}`);
    await at.page.locator('summary').first().click();
    await look(at, 'facilities-public', TYPED);
    const text = await at.page.locator('main').innerText();
    for (const one of facilities.slice(0, 3))
      check(text.includes(one[language]), `6.1.1-1 the list names ${one.en}`);
    check(!text.includes(facilities[3][language]), '6.5-6 and not the one that only applies');
    check(at.strangers.length === 0, 'nothing comes from elsewhere', ...at.strangers);
    await at.context.close();
  }
}

async function record_pages(browser, server) {
  for (const [role, language, width, script] of [['evaluation-facility', 'ja', 390, true], ['certifier', 'ja', 1280, true],
    ['technical-manager', 'en', 390, false], ['evaluation-facility', 'en', 1280, false]]) {
    const at = await person(browser, server, { role, language, width, script });
    await at.page.goto(`${server.url}/facility?lang=${language}`);
    if (role !== 'evaluation-facility') {
      await look(at, 'facilities-desk', TYPED);
      await at.page.locator('main table a', { hasText: facilities[0][language] }).first().click();
    }
    await look(at, `facility-record-${role}`, TYPED);
    check(await at.page.locator('#work').count() === 1, `6.1-2 ${role} sees how the work went`);
    await at.page.locator('#consequences').click();
    await look(at, 'facility-open-cases', TYPED);
    check(await at.page.locator('#count').count() === 1, '6.1.2-1 what happens to its open cases');
    await at.context.close();
  }
  const op = await person(browser, server, { role: 'operational-personnel', language: 'ja', width: 1280, script: true });
  await op.page.goto(`${server.url}/facility`);
  await op.page.locator('main table a').first().click();
  check(await op.page.locator('#work').count() === 0, 'operational personnel do not see how the work went');
  await op.context.close();
}

async function certificate(at, server, party) {
  for (const [language, words] of [['en', ['Certificate of Approval', 'Kokoromi Evaluation', 'Shiken-cho, Mihon City', 'level 4', 'ASNITE-0009E']],
    ['ja', ['評価機関承認証', 'こころみ評価所', '見本市試験町', 'レベル3', 'ASNITE-0009E']]]) {
    const answer = await at.page.request.get(`${server.url}/facility/${party}/certificate.pdf?lang=${language}`);
    const file = join(server.folder, `certificate.${language}.pdf`);
    writeFileSync(file, await answer.body());
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ');
    const date = language === 'ja' ? `${tokyo.getUTCFullYear()}年${tokyo.getUTCMonth() + 1}月${tokyo.getUTCDate()}日` : `${tokyo.getUTCFullYear()}`;
    for (const wanted of [...words, date])
      check(text.includes(wanted), `6.1.1-1 the certificate (${language}) says ${wanted}`, text);
    check(/Pages: +1$/m.test(execFileSync('pdfinfo', [file], { encoding: 'utf8' })), `the certificate (${language}) is one page`);
  }
}

async function approval(browser, server) {
  const open = (role, language = 'ja', width = 1280, script = true) => person(browser, server, { role, language, width, script });
  const facility = await open(undefined);
  facility.role = 'the facility';
  await facility.page.goto(`${server.url}/join?kind=facility`);
  await look(facility, 'join-facility', TYPED);
  await fill(facility.page, { ...JOINED, kind: 'facility', corporate_number: '5999999900301' });
  await facility.page.locator('#join').click();
  check(/\/facility\//.test(new URL(facility.page.url()).pathname), 'a facility registers and comes to its record', facility.page.url(),
    await facility.page.locator('main').innerText());
  await look(facility, 'facility-new', TYPED);
  const party = new URL(facility.page.url()).pathname.split('/')[2];

  const op = await open('operational-personnel'), md = await open('managing-director'), tm = await open('technical-manager'),
    certifier = await open('certifier');
  const nda = await begin(op, server, party, 'nda');
  await cleared(op, server, nda, 'offer-nda', 'nda-offered');
  await take(facility, server, nda, 'sign-nda', 'nda-signed');
  await cleared(md, server, nda, 'countersign-nda', 'nda-in-force');

  const id = await begin(facility, server, party, 'facility-approval');
  await upload(facility, server, id);
  await look(facility, 'facility-application', TYPED);
  await take(facility, server, id, 'apply-approval', 'received');
  await cleared(op, server, id, 'accept', 'facility-to-assess');
  await cleared(certifier, server, id, 'raise-facility-findings', 'facility-findings');
  await take(facility, server, id, 'answer-facility-findings', 'facility-to-assess');
  await take(certifier, server, id, 'assess-facility', 'facility-assessed');
  await cleared(tm, server, id, 'approve-technical', 'approved');
  await cleared(md, server, id, 'approve-facility', 'facility-listed');
  await look(md, 'facility-approved-case', TYPED);
  await certificate(facility, server, party);
  const list = await (await facility.page.request.get(`${server.url}/api/v1/facilities`)).json();
  const one = list.facilities.find(known => known.name.ja === JOINED.maker_ja);
  check(one && one.status === 'approved' && one.scope.length === 2 && one.approved === day(0),
    '6.1.1-1 it stands in the public list with its scope and day', JSON.stringify(list));

  const ending = await begin(facility, server, party, 'facility-end');
  await take(facility, server, ending, 'notify-discontinuance', 'end-received');
  await take(facility, server, ending, 'take-back-discontinuance', 'discontinuance-taken-back');
  for (const at of [facility, op, md, tm, certifier])
    check(at.strangers.length === 0, `nothing comes from elsewhere to ${at.role}`, ...at.strangers);
}

const server = await serve();
const browser = await launch();
try {
  await public_list(browser, server);
  await record_pages(browser, server);
  await approval(browser, server);
} catch (problem) {
  check(false, 'the walk comes to its end', problem.stack);
} finally {
  await browser.close();
  server.stop();
}
end();
