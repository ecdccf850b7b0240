// label-api.test.mjs: the public label API against the schema of its own OpenAPI document, read by ajv.
// SPDX-License-Identifier: Apache-2.0
import Ajv from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { check, end, serve } from '../web-browser/browser.mjs';

const server = await serve();
try {
  const get = async (path, headers = {}) => fetch(server.url + path, { headers });
  const document = await (await get('/api/v1/openapi.json')).json();
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats(ajv);
  ajv.addSchema(document, 'hoshi');
  const schema_of = (path, status) => {
    const found = document.paths[path]?.get?.responses?.[status];
    const pointer = `#/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/get/responses/${status}`;
    const media = Object.keys(found?.content ?? {})[0];
    return found?.$ref ? null : ajv.compile({ $ref: `hoshi${pointer}/content/${media?.replaceAll('/', '~1')}/schema` });
  };
  const list = await (await get('/api/v1/labels')).json();
  const listed = list.labels ?? list.items ?? list;
  check(Array.isArray(listed) && listed.length > 0, 'the register of the demonstration has labels', JSON.stringify(list).slice(0, 500));
  const valid = schema_of('/api/v1/labels/{number}', '200');
  const statuses = new Set(), numbers = listed.map(one => one.number ?? one);
  for (const number of numbers.slice(0, 50)) {
    const answer = await get(`/api/v1/labels/${number}`);
    const label = await answer.json();
    statuses.add(label.status);
    if (!valid(label))
      check(false, `${number} is what the document says`, ajv.errorsText(valid.errors), JSON.stringify(label));
    for (const name of ['number', 'status', 'level', 'criteria_edition', 'issued', 'expires', 'registrant', 'product', 'models'])
      if (!(name in label))
        check(false, `${number} has ${name}`, JSON.stringify(label));
    const etag = answer.headers.get('etag');
    const again = await get(`/api/v1/labels/${number}`, { 'If-None-Match': etag });
    if (!etag || again.status !== 304 || answer.headers.get('access-control-allow-origin') !== '*')
      check(false, `${number} has an ETag that is honoured, and CORS`, etag, again.status);
  }
  check(numbers.length > 0, `${Math.min(50, numbers.length)} labels are what the document says; statuses ${[...statuses].join(' ')}`);
  const broken = await (await get(`/api/v1/labels/${numbers[0]}`)).json();
  delete broken.expires;
  check(!valid(broken), 'a label without its last day would not be what the document says');

  const number = numbers[0];
  const wrong = number.slice(0, -1) + (number.endsWith('A') ? 'B' : 'A');
  for (const [typed, code] of [['HS26-99999-0', null], [wrong, 'mistyped-number']]) {
    const answer = await get(`/api/v1/labels/${typed}`);
    const problem = await answer.json();
    check(answer.status === 404 && (code ? problem.code === code : /^(unknown|mistyped)-number$/.test(problem.code)),
      `${typed}: 404 ${problem.code}`, answer.status, JSON.stringify(problem));
    check(answer.headers.get('content-type').startsWith('application/problem+json'), `${typed}: a problem document`);
  }
} catch (problem) {
  check(false, 'the label API answers', problem.stack);
} finally {
  server.stop();
}
end();
