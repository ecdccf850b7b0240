// csaf.test.mjs: what is published of security notices, judged by others: csaf-validator-lib offline, gpgv,
// sha256sum, sha512sum; the files of a trusted provider by CSAF 2.0, 7.1, and security.txt by RFC 9116.
// SPDX-License-Identifier: Apache-2.0
// test: seconds=240
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import * as informative from '@secvisogram/csaf-validator-lib/informativeTests.js';
import * as mandatory from '@secvisogram/csaf-validator-lib/mandatoryTests.js';
import * as optional from '@secvisogram/csaf-validator-lib/optionalTests.js';
import * as schema from '@secvisogram/csaf-validator-lib/schemaTests.js';
import validate from '@secvisogram/csaf-validator-lib/validate.js';
import { check, end, serve } from '../web-browser/browser.mjs';

const BASE = 'https://hoshi.example';
// Two informative tests fetch addresses, one wants a program for spelling that is not there.
const LEFT_OUT = ['informativeTest_6_3_6', 'informativeTest_6_3_7', 'informativeTest_6_3_8'];
const TESTS = [schema, mandatory, optional, informative].flatMap(set => Object.entries(set))
  .filter(([name, one]) => typeof one === 'function' && !LEFT_OUT.includes(name)).map(([, one]) => one);

// What the library says of a document, beside what it merely remarks.
async function judge(document) {
  const { isValid, tests } = await validate(TESTS, document);
  const said = tests.flatMap(one => [...(one.errors ?? []), ...(one.warnings ?? [])].map(() => one.name));
  return { isValid, said: [...new Set(said)].sort().join(' ') };
}

const folder = mkdtempSync(join(tmpdir(), 'hoshi-csaf-'));
const server = await serve(['--base', BASE]);
try {
  const keys = await (await fetch(`${server.url}/demo/keys`)).json();
  const ask = async (role, method, path, body) => {
    const answer = await fetch(server.url + path, {
      method, body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
      headers: { Authorization: `Bearer ${keys[role]}`, 'Idempotency-Key': randomBytes(9).toString('hex'), 'If-Match': '*',
        ...(body === undefined ? {} : { 'Content-Type': typeof body === 'string' ? 'application/octet-stream' : 'application/json' }) },
    });
    return { status: answer.status, body: await answer.json().catch(() => null) };
  };
  const must = async (...words) => {
    const answer = await ask(...words);
    if (answer.status >= 300)
      throw new Error(`${words.slice(0, 3).join(' ')}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 600)}`);
    return answer.body;
  };
  const take = (role, id, step, fields = {}) => must(role, 'POST', `/api/v1/cases/${id}/steps/${step}`, fields);
  const decide = async (role, id, step, fields) => {
    await ask(role, 'POST', `/api/v1/cases/${id}/steps/declare-no-conflict`, {});
    return take(role, id, step, fields);
  };
  const read = async path => {
    const answer = await fetch(server.url + path);
    return { status: answer.status, type: answer.headers.get('content-type') ?? '', cors: answer.headers.get('access-control-allow-origin'), text: await answer.text() };
  };

  // ---- notices of every kind, beside those of the demonstration
  const notices = await must('applicant', 'GET', '/api/v1/security-notices');
  const label = notices.security_notices.find(one => one.revision === 2).label;
  const today = (await must('applicant', 'GET', '/api/v1/labels')).labels.length && new Date(Date.now() + 9 * 3600e3).toISOString().slice(0, 10);
  const words = {
    'security-kind': 'advisory', 'security-title': { ja: '見本の欠陥 <b>&amp;"', en: 'A flaw for show <b>&amp;"' },
    'security-summary': { ja: '一行目\n二行目', en: 'line one\nline two' },
    'remedy-text': { ja: '更新する', en: 'Update' }, 'release-day': today,
  };
  const open = async () => (await must('applicant', 'POST', '/api/v1/cases', { procedure: 'security-notice', label })).id;
  const publish = async (fields, id) => {
    id ??= await open();
    await take('applicant', id, 'apply', { ...words, ...fields });
    await decide('operational-personnel', id, 'confirm-notice', { outcome: 'conforms' });
    const began = Date.now();
    const told = await decide('technical-manager', id, 'publish-notice');
    return { id, number: told.numbers['notice-number'], took: Date.now() - began };
  };
  const V31 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', V40 = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N';
  const plain = await publish({ remedy: 'none-available' });
  const several = await publish({
    remedy: 'vendor-fix', 'fixed-version': '2.0.1', 'affected-version': '2.0', links: 'https://mihon.example/a\nhttps://mihon.example/b?c=1',
    cves: 'CVE-2027-10001\nCVE-2027-10002', cvss: `${V31}\nCVSS:3.0/AV:L/AC:H/PR:L/UI:R/S:U/C:L/I:N/A:N`,
  });
  const newest = await publish({ remedy: 'workaround', cves: 'CVE-2027-10003', cvss: V40 });
  const no_fix = await publish({ remedy: 'no-fix-planned', cves: 'CVE-2027-10004', cvss: V31 });
  const reasons = ['component-not-present', 'vulnerable-code-not-present', 'vulnerable-code-not-in-execute-path',
    'vulnerable-code-cannot-be-controlled-by-adversary', 'inline-mitigations-already-exist'];
  const vex = [];
  for (const [i, justification] of reasons.entries())
    vex.push(await publish({ 'security-kind': 'not-affected', justification, cves: `CVE-2027-2000${i}` }));
  const ended = await publish({ remedy: 'mitigation', cves: 'CVE-2027-10005', cvss: V31 });
  await take('applicant', ended.id, 'end-notice', { 'end-text': { ja: '役目を終えた', en: 'No longer needed' } });

  // ---- a maker's own document: what the body publishes for one is what another hands in
  const own = { ...JSON.parse((await read(`/.well-known/csaf/white/${today.slice(0, 4)}/${several.number.toLowerCase()}.json`)).text) };
  own.document.tracking.id = 'MIHON-2027-1';
  const hostile = {
    'deep.json': '['.repeat(100000) + ']'.repeat(100000), 'not.json': '{"document":', 'other.json': '{"document":{"category":"csaf_base"}}',
    'twice.json': '{"document":{},"document":{}}', 'wrong.json': JSON.stringify({ ...own, product_tree: { branches: [] } }),
    'text.json': '\u0000\u0001', 'number.json': JSON.stringify(own).replace('"2.0"', '2.0'),
  };
  const id = await open();
  for (const [name, text] of Object.entries(hostile)) {
    const file = await ask('applicant', 'PUT', `/api/v1/cases/${id}/files/${name}`, text);
    if (file.status >= 300) {
      check(file.status === 422 || file.status === 415, `${name} is not taken as a file`, file.status, JSON.stringify(file.body));
      continue;
    }
    const answer = await ask('applicant', 'POST', `/api/v1/cases/${id}/steps/apply`, { ...words, remedy: 'none-available', 'csaf-document': [file.body.id] });
    check(answer.status === 422 && JSON.stringify(answer.body).includes('csaf-readable'), `4.8.1-1 ${name} is refused: csaf-readable`, answer.status, JSON.stringify(answer.body));
    const filled = await ask('applicant', 'GET', `/api/v1/cases/${id}/files/${name}/csaf`);
    check((filled.status === 422 || filled.status === 413) && filled.body.code && filled.body.detail, `${name}: ${filled.body.code}, and what is wrong`, filled.status, JSON.stringify(filled.body));
  }
  const file = await must('applicant', 'PUT', `/api/v1/cases/${id}/files/own.json`, JSON.stringify(own));
  const filled = await must('applicant', 'GET', `/api/v1/cases/${id}/files/own.json/csaf`);
  check(filled.fields.cves === 'CVE-2027-10001\nCVE-2027-10002' && filled.fields['fixed-version'] === '2.0.1' &&
    filled.fields['affected-version'] === '2.0' && filled.fields.remedy === 'vendor-fix' && filled.fields.cvss.startsWith(V31),
  '4.8.1-1 what the maker\'s document says goes into the form', JSON.stringify(filled));
  const taken = await publish({ ...filled.fields, 'security-title': words['security-title'], 'security-summary': words['security-summary'], 'remedy-text': words['remedy-text'] }, id);
  check(file.media_type.includes('json') || file.media_type.startsWith('text/'), `the file is ${file.media_type}`);

  // ---- each document, by its judges
  const index = (await read('/.well-known/csaf/white/index.txt')).text.trim().split('\n');
  const metadata = JSON.parse((await read('/.well-known/csaf/provider-metadata.json')).text);
  const { fingerprint, url } = metadata.public_openpgp_keys[0];
  const key = await read(url.replace(BASE, ''));
  const ring = join(folder, 'ring.gpg'), home = join(folder, 'home');
  execFileSync('mkdir', ['-m', '700', home]);
  writeFileSync(ring, execFileSync('gpg', ['--homedir', home, '--dearmor'], { input: key.text, stdio: ['pipe', 'pipe', 'ignore'] }));
  const expected = new Map([[plain.number, 'optionalTest_6_2_3'], [newest.number, 'optionalTest_6_2_3']]); // no score that CSAF 2.0 knows
  let good = 0;
  const documents = new Map();
  for (const path of index) {
    const name = path.split('/')[1], at = join(folder, name);
    for (const ending of ['', '.asc', '.sha256', '.sha512'])
      writeFileSync(at + ending, (await read(`/.well-known/csaf/white/${path}${ending}`)).text);
    const document = JSON.parse(readFileSync(at, 'utf8'));
    documents.set(document.document.tracking.id, document);
    const { isValid, said } = await judge(document);
    const wanted = expected.get(document.document.tracking.id) ?? '';
    check(isValid && said === wanted, `${name} is CSAF 2.0${wanted ? `, with ${wanted} as it has no score` : ', without a warning'}`, said);
    execFileSync('gpgv', ['--keyring', ring, `${at}.asc`, at], { stdio: 'pipe', cwd: folder });
    execFileSync('sha256sum', ['-c', `${name}.sha256`], { stdio: 'pipe', cwd: folder });
    execFileSync('sha512sum', ['-c', `${name}.sha512`], { stdio: 'pipe', cwd: folder });
    good++;
  }
  check(good === index.length && good >= 14, `gpgv, sha256sum and sha512sum agree with all ${good} documents`);
  writeFileSync(join(folder, 'changed.json'), readFileSync(join(folder, index[0].split('/')[1]), 'utf8').replace('"final"', '"Final"'));
  let refused = false;
  try {
    execFileSync('gpgv', ['--keyring', ring, join(folder, `${index[0].split('/')[1]}.asc`), join(folder, 'changed.json')], { stdio: 'pipe' });
  } catch {
    refused = true;
  }
  check(refused, 'gpgv refuses a document in which a letter was changed');
  const broken = structuredClone(documents.get(several.number));
  broken.vulnerabilities[0].product_status.known_affected = ['CSAFPID-9999'];
  check(!(await judge(broken)).isValid, 'the library refuses a product that is not in the tree');

  // ---- what they say
  const of = number => documents.get(number);
  check(of(several.number).document.publisher.category === 'vendor' && of(several.number).document.category === 'csaf_security_advisory', 'a registrant\'s notice is the vendor\'s');
  check(vex.every((one, i) => of(one.number).document.category === 'csaf_vex' &&
    of(one.number).vulnerabilities[0].flags[0].label === reasons[i].replaceAll('-', '_') &&
    of(one.number).vulnerabilities[0].product_status.known_not_affected.length === 1), '"not affected" is VEX, each with its justification');
  const warning = [...documents.values()].find(one => one.document.publisher.category === 'coordinator');
  check(warning?.document.publisher.namespace === BASE, '4.8.3-1 the warning is the coordinator\'s');
  check(of(ended.number).document.tracking.version === '2' && of(ended.number).document.tracking.revision_history.length === 2, 'its end is a revision');
  check(of(taken.number).document.references.some(one => one.category === 'external' && one.summary.includes('MIHON-2027-1')), 'the maker\'s own document is a reference');
  check(of(no_fix.number).vulnerabilities[0].remediations[0].category === 'no_fix_planned', 'no fix is planned');
  check(plain.took < 5000 && (await read(`/security/${plain.number}`)).status === 200, `4.8.1-1 published within a minute: ${plain.took} ms`);

  // ---- the files of a trusted provider (7.1), each requirement by itself
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats(ajv);
  const https = { type: 'string', format: 'uri', pattern: '^https://' }, instant = { type: 'string', format: 'date-time' };
  const fits = (name, value, wanted) => check(ajv.validate(wanted, value), name, ajv.errorsText());
  fits('7.1.7 provider-metadata.json', metadata, {
    type: 'object', additionalProperties: false,
    required: ['canonical_url', 'distributions', 'last_updated', 'list_on_CSAF_aggregators', 'mirror_on_CSAF_aggregators', 'metadata_version', 'public_openpgp_keys', 'publisher', 'role'],
    properties: {
      canonical_url: { const: `${BASE}/.well-known/csaf/provider-metadata.json` }, last_updated: instant,
      distributions: { type: 'array', minItems: 1, uniqueItems: true, items: { minProperties: 1, properties: { directory_url: https,
        rolie: { required: ['feeds'], properties: { feeds: { minItems: 1, items: { required: ['tlp_label', 'url'], properties: { tlp_label: { const: 'WHITE' }, url: https } } } } } } } },
      list_on_CSAF_aggregators: { type: 'boolean' }, mirror_on_CSAF_aggregators: { type: 'boolean' }, metadata_version: { const: '2.0' },
      public_openpgp_keys: { minItems: 1, items: { required: ['url', 'fingerprint'], properties: { url: https, fingerprint: { pattern: '^[0-9A-F]{40}$' } } } },
      publisher: { additionalProperties: false, required: ['category', 'name', 'namespace'], properties: { category: { const: 'coordinator' },
        name: { type: 'string', minLength: 1 }, namespace: https, contact_details: { type: 'string', minLength: 1 }, issuing_authority: { type: 'string', minLength: 1 } } },
      role: { const: 'csaf_trusted_provider' },
    },
  });
  const feed = JSON.parse((await read('/.well-known/csaf/feed-tlp-white.json')).text).feed;
  fits('7.1.15 the ROLIE feed', feed, {
    type: 'object', required: ['id', 'title', 'link', 'category', 'updated', 'entry'], properties: {
      id: { pattern: '^[a-zA-Z0-9+\\-_.]+$' }, updated: instant, category: { contains: { properties: { scheme: { const: 'urn:ietf:params:rolie:category:information-type' }, term: { const: 'csaf' } } } },
      entry: { type: 'array', uniqueItems: true, items: { required: ['id', 'title', 'link', 'published', 'updated', 'content', 'format'], properties: { published: instant, updated: instant,
        link: { uniqueItems: true, items: { required: ['rel', 'href'], properties: { href: https } } }, content: { properties: { type: { const: 'application/json' }, src: https } },
        format: { properties: { version: { const: '2.0' } } } } } },
    },
  });
  check(feed.entry.length === index.length && feed.entry.every((one, i) => one.content.src.endsWith(index[i])), 'names the same documents in the same order');
  check(feed.entry.every((one, i) => i === 0 || feed.entry[i - 1].updated >= one.updated), 'that changed last first');
  for (const { href } of feed.entry.flatMap(one => one.link).slice(0, 12)) {
    const answer = await read(href.replace(BASE, ''));
    if (answer.status !== 200 || answer.cors !== '*')
      check(false, `${href} is there, for every origin`, answer.status);
  }
  const changes = (await read('/.well-known/csaf/white/changes.csv')).text.trim().split('\n');
  check(changes.length === index.length && changes.every((line, i) => line.startsWith(`"${index[i]}","`) && line.endsWith('"')), '7.1.13 changes.csv, the latest first, in quotes');
  check(key.text.startsWith('-----BEGIN PGP PUBLIC KEY BLOCK-----') && !key.text.includes('PRIVATE') && url.includes(fingerprint), '7.1.20 the public key');
  for (const path of [`${index[0]}.sig`, index[0].toUpperCase(), `1999/${index[0].split('/')[1]}`, '../register.db', ''])
    check((await read(`/.well-known/csaf/white/${path}`)).status >= 400, `no file ${path || '(the folder)'}`);

  // ---- RFC 9116
  const txt = await read('/.well-known/security.txt');
  const lines = txt.text.trim().split('\n').map(line => line.split(/: (.*)/s).slice(0, 2));
  const value = name => lines.filter(([one]) => one === name).map(([, one]) => one);
  check(txt.type.replace(' ', '') === 'text/plain;charset=utf-8', 'RFC 9116: text/plain; charset=utf-8', txt.type);
  check(value('Contact').length >= 1 && value('Contact').every(one => /^(https|mailto|tel):/.test(one)), 'Contact', txt.text);
  const days = (new Date(value('Expires')[0]) - Date.now()) / 86400e3;
  check(value('Expires').length === 1 && days > 1 && days < 365, `Expires once, in ${Math.round(days)} days`);
  check(value('Preferred-Languages')[0] === 'ja, en' && value('Canonical')[0] === `${BASE}/.well-known/security.txt`, 'Preferred-Languages, Canonical');
  check(value('CSAF')[0] === metadata.canonical_url, 'CSAF leads to the metadata');
} catch (problem) {
  check(false, 'the notices are published', problem.stack);
} finally {
  server.stop();
  rmSync(folder, { recursive: true, force: true });
}
end();
