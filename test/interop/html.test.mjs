// html.test.mjs: html-validate reads the pages as they are served, public and of the portal, ja and en.
// SPDX-License-Identifier: Apache-2.0
import { HtmlValidate } from 'html-validate';
import { check, end, serve } from '../web-browser/browser.mjs';

const judge = new HtmlValidate({
  extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document'],
  rules: {
    // Matters of style, not of validity.
    'void-style': 'off', 'no-implicit-button-type': 'off', 'no-trailing-whitespace': 'off', 'long-title': 'off',
    'attr-quotes': 'off', 'no-raw-characters': 'off', 'doctype-style': 'off', 'no-inline-style': 'error',
    'no-implicit-close': 'off', 'attribute-boolean-style': 'off', 'prefer-native-element': 'off', 'require-sri': 'off',
    'tel-non-breaking': 'off', 'wcag/h30': 'error', 'no-redundant-for': 'off',
  },
});

async function look(url, what, headers = {}) {
  const answer = await fetch(url, { headers });
  const report = await judge.validateString(await answer.text(), what);
  const said = report.results.flatMap(one => one.messages.map(m => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`));
  check(report.valid && said.length === 0, `${what}: html-validate finds nothing`, ...said.slice(0, 12));
}

async function cookie_of(url) {
  const answer = await fetch(url, { redirect: 'manual' });
  return answer.headers.getSetCookie().map(one => one.split(';')[0]).join('; ');
}

const server = await serve();
try {
  const list = await (await fetch(server.url + '/api/v1/labels')).json();
  const number = (list.labels ?? list.items ?? list).map(one => one.number ?? one)[0];
  for (const language of ['ja', 'en']) {
    for (const path of ['/', '/signin', '/join', '/labels', `/L/${number}`, '/L/HS26-99999-A', '/clauses', '/clauses/4.1.2-1', '/nowhere'])
      await look(`${server.url}${path}?lang=${language}`, `${path} (${language})`);
    const maker = await cookie_of(server.signin.applicant), clerk = await cookie_of(server.signin['operational-personnel']);
    for (const path of ['/applications', '/notices', '/account'])
      await look(`${server.url}${path}?lang=${language}`, `${path} of the applicant (${language})`, { cookie: maker });
    for (const path of ['/inbox', '/cases', '/issued', '/notices'])
      await look(`${server.url}${path}?lang=${language}`, `${path} of operational personnel (${language})`, { cookie: clerk });
  }
  const broken = await judge.validateString('<!doctype html><html lang="ja"><head><title>x</title></head><body><p id="a"><p id="a"></body></html>', 'broken');
  check(!broken.valid, 'a page with the same id twice would be found out');
} catch (problem) {
  check(false, 'the pages are there', problem.stack);
} finally {
  server.stop();
}
end();
