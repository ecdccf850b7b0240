// alike.js: while a question is typed, published answers that are like it (4.10-1). An ease alone: without it the
// form shows them when the question is sent. What is typed goes to this server only, in a body, which no log has.
// SPDX-License-Identifier: Apache-2.0
'use strict';
(() => {
  const PAUSE_MS = 500, LEAST = 6, MOST = 1000;
  const box = document.getElementById('as-typed');
  const inputs = ['inquiry-title', 'inquiry-text'].map(id => document.getElementById(id));
  if (!box || inputs.some(input => !input))
    return;
  const said = box.querySelector('[role=status]'), list = box.querySelector('ul'), form = inputs[0].form;
  let timer = 0, asked = '', shown = '', quiet_until = 0, under_way = null;

  const make = (name, text, lang) => {
    const element = document.createElement(name);
    element.textContent = text;
    if (lang)
      element.lang = lang;
    return element;
  };

  const item = answer => {
    const details = document.createElement('details'), link = make('a', answer.link);
    link.href = '/inquiries/' + encodeURIComponent(answer.number);
    link.target = '_blank';
    link.rel = 'noopener';
    const last = document.createElement('p');
    last.append(link);
    details.append(make('summary', answer.question, answer.lang), make('p', answer.answer, answer.lang), last);
    const li = document.createElement('li');
    li.append(details);
    return li;
  };

  // What stands there already is left alone: one of them may be open, and be read.
  const show = (words, answers) => {
    const now = answers.map(answer => answer.number).join(' ');
    if (said.textContent !== words)
      said.textContent = words;
    if (now !== shown)
      list.replaceChildren(...answers.map(item));
    shown = now;
  };

  const ask = async () => {
    const q = inputs.map(input => input.value.trim()).join(' ').trim().slice(0, MOST);
    if (q === asked || Date.now() < quiet_until)
      return;
    asked = q;
    under_way?.abort();
    if (q.length < LEAST)
      return show('', []);
    under_way = new AbortController();
    try {
      const body = new URLSearchParams({ q, form: form.elements.form?.value ?? '' });
      const got = await fetch('/alike?lang=' + document.documentElement.lang,
        { method: 'POST', body, signal: under_way.signal });
      if (got.status === 429)
        quiet_until = Date.now() + 1000 * (Number(got.headers.get('Retry-After')) || 60);
      const answer = got.ok ? await got.json() : { said: '', answers: [] };
      show(answer.said, answer.answers);
    } catch (problem) {
      if (problem.name !== 'AbortError')
        show('', []);
    }
  };

  for (const input of inputs)
    input.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE_MS);
    });
  inputs[1].closest('.field').after(box);
  box.hidden = false;
  ask();
})();
