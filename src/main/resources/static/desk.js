// Decides by keyboard: letters by their place on the keyboard, so that it works in the Russian layout too.
(() => {
  const find = (id) => document.getElementById(id);
  const kopecks = (text) => {
    const bare = text.replace(/[\s₽]/g, '').replace(',', '.');
    if (!/^\d{1,13}(\.\d{1,2})?$/.test(bare)) {
      return null;
    }
    const [whole, part = ''] = bare.split('.');
    return BigInt(whole + part.padEnd(2, '0'));
  };
  const shown = (sum) => {
    const text = sum.toString().padStart(3, '0');
    return text.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, '\u00a0') + ',' + text.slice(-2);
  };
  const cards = () => [...document.querySelectorAll('#answer .card[data-payment]')];
  const field = (card) => card.querySelector('input');
  const mine = (id, key) => `sverka.${id}.${key}`;
  const flying = new Set();
  const isBusy = () => flying.size > 0;

  const given = (except) => cards().filter((card) => card !== except)
      .reduce((sum, card) => sum + (kopecks(field(card).value) ?? 0n), 0n);

  const reckon = () => {
    const form = find('answer');
    if (!form || !find('balance')) {
      return;
    }
    const all = given(null);
    const left = kopecks(form.dataset.amount) - all;
    find('given').textContent = shown(all);
    find('left').hidden = left < 0n;
    find('over').hidden = left >= 0n;
    find('free').textContent = left < 0n ? '' : shown(left);
    find('excess').textContent = left < 0n ? shown(-left) : '';
    cards().forEach((card, n) => {
      const key = card.querySelector('.key');
      const sum = kopecks(field(card).value);
      const isWrong = field(card).value.trim() !== '' && sum === null || sum > kopecks(card.dataset.room);
      key.textContent = n < 9 ? n + 1 : '·';
      key.setAttribute('aria-pressed', String(sum !== null && sum > 0n));
      field(card).setAttribute('aria-invalid', String(Boolean(isWrong)));
    });
  };

  const choose = (card) => {
    const text = field(card);
    if (text.value.trim() !== '') {
      text.value = '';
    } else {
      const left = kopecks(find('answer').dataset.amount) - given(card);
      const room = kopecks(card.dataset.room);
      const sum = left < room ? left : room;
      text.value = sum > 0n ? shown(sum) : '';
      if (sum <= 0n) {
        text.focus();
      }
    }
    if (card.closest('#found')) {
      find('cards').append(card);
    }
    reckon();
    keep();
  };

  // What is typed outlives a question that changes, a session that ends and a walk to another question.
  const draft = () => document.querySelector('.detail')?.dataset.operation;
  const keep = () => {
    const id = draft();
    if (id) {
      const amounts = Object.fromEntries(cards().filter((card) => field(card).value !== field(card).defaultValue)
          .map((card) => [card.dataset.payment, field(card).value]));
      sessionStorage.setItem(mine('draft', id), JSON.stringify({amounts, reason: find('reason')?.value ?? ''}));
    }
  };
  const restore = () => {
    const text = draft() && sessionStorage.getItem(mine('draft', draft()));
    if (!text || !find('answer')) {
      return;
    }
    const {amounts, reason} = JSON.parse(text);
    cards().filter((card) => card.dataset.payment in amounts)
        .forEach((card) => { field(card).value = amounts[card.dataset.payment]; });
    if (find('reason') && !find('reason').value) {
      find('reason').value = reason;
    }
  };

  const settle = () => {
    const done = document.querySelector('[data-decided]');
    if (done) {
      sessionStorage.removeItem(mine('draft', done.dataset.decided));
    }
    restore();
    reckon();
    document.querySelector('.list [aria-current]')?.scrollIntoView({block: 'nearest'});
  };
  const land = () => {
    const filled = cards().some((card) => field(card).value.trim() !== '');
    const place = find('refusal') ? cards().find((card) => field(card).getAttribute('aria-invalid') === 'true') : null;
    (place ? field(place) : filled && find('allocate') || find('question') || find('nothing'))
        ?.focus({preventScroll: !document.querySelector('.split') || innerWidth > 760});
  };

  const step = (by) => {
    const links = [...document.querySelectorAll('.list a')];
    const at = links.findIndex((link) => link.hasAttribute('aria-current'));
    const to = links[Math.min(links.length - 1, Math.max(0, at + by))];
    if (to && to !== links[at]) {
      links[at]?.removeAttribute('aria-current'); // at once: the next key counts from here
      to.setAttribute('aria-current', 'true');
      to.click();
    }
  };
  const open = (id) => {
    const details = find(id);
    document.querySelectorAll('.choices details[open]').forEach((other) => other !== details && (other.open = false));
    if (details) {
      details.open = true;
      details.querySelector('input, .menu button').focus();
    }
  };
  const press = (id) => find(id)?.click();
  const together = () => {
    const alike = find('alike');
    if (alike) {
      const boxes = [...alike.querySelectorAll('input')];
      const tick = boxes.some((box) => !box.checked);
      boxes.forEach((box) => { box.checked = tick; });
      alike.open = tick;
    }
  };
  const keys = {
    KeyJ: () => step(1), ArrowDown: () => step(1), KeyK: () => step(-1), ArrowUp: () => step(-1),
    KeyC: () => open('classify'), KeyI: () => open('ignore'), KeyU: () => press('undo'), KeyW: () => press('keep'),
    KeyA: () => press('apply'), KeyN: () => press('create'), KeyR: () => press('remember'), KeyM: together, KeyS: () => document.querySelector('.same')?.click(), Slash: () => find('find')?.focus(),
    KeyE: () => {
      const card = cards().find((one) => field(one).value.trim() !== '') ?? cards()[0];
      card && (field(card).focus(), field(card).select());
    },
  };
  const walks = ['KeyJ', 'KeyK', 'ArrowDown', 'ArrowUp'];
  const digit = (n) => {
    const items = document.querySelectorAll('#items button.item');
    if (items.length) {
      items[n - 1]?.focus(); // Enter decides, not the figure alone: no answer on a paper is taken back
      return;
    }
    if (find('classify')?.open) {
      find('classify').querySelectorAll('.menu button')[n - 1]?.click();
    } else {
      const card = cards()[n - 1];
      card && choose(card);
      card?.querySelector('.key').focus();
    }
  };

  const typing = (event) => {
    if (event.key === 'Escape') {
      event.target.closest('details')?.removeAttribute('open');
      find('question')?.focus();
    } else if (event.key === 'Enter' && event.target.id === 'reason') {
      event.preventDefault();
      press('ignore-yes');
    } else if (event.key === 'Enter' && event.target.id === 'find') {
      event.preventDefault();
      const card = document.querySelector('#found .card');
      card && (choose(card), card.querySelector('.key').focus());
    }
  };

  document.addEventListener('keydown', (event) => {
    if (!find('desk') || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === 'Enter' && (event.repeat || isBusy())) {
      event.preventDefault(); // a key held down never decides the next question
      return;
    }
    if (event.target.matches('input, select, textarea')) {
      typing(event);
      return;
    }
    const number = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    if (event.key === 'Escape') {
      document.querySelectorAll('.choices details[open]').forEach((details) => { details.open = false; });
      find('question')?.focus();
    } else if (event.key === 'Enter' && (event.target.matches('.key') || !event.target.closest('a, button, summary'))) {
      event.preventDefault();
      press('allocate');
    } else if (number && !event.shiftKey && !isBusy()) {
      event.preventDefault();
      digit(Number(number[1]));
    } else if (keys[event.code] && (!isBusy() || walks.includes(event.code))) {
      event.preventDefault();
      keys[event.code]();
    }
  });
  document.addEventListener('click', (event) => {
    const card = event.target.closest('.key')?.closest('.card');
    if (card) {
      choose(card);
    }
  });
  document.addEventListener('input', (event) => {
    if (event.target.closest('#answer')) {
      const found = event.target.closest('#found .card');
      if (found) {
        find('cards').append(found);
        event.target.focus();
      }
      reckon();
      keep();
    }
  });

  document.addEventListener('htmx:beforeRequest', (event) => {
    if (event.detail.target.id === 'desk') {
      flying.add(event.detail.xhr);
    }
  });
  document.addEventListener('htmx:afterRequest', (event) => { flying.delete(event.detail.xhr); });
  const hush = (isSilent) => {
    if (find('silent')) {
      find('silent').hidden = !isSilent;
    }
  };
  document.addEventListener('htmx:sendError', () => hush(true));
  document.addEventListener('htmx:responseError', () => hush(true));
  document.addEventListener('htmx:afterOnLoad', (event) => { hush(!event.detail.successful); });
  document.addEventListener('htmx:beforeSwap', (event) => {
    if (new URL(event.detail.xhr.responseURL).pathname.endsWith('/login')) {
      event.detail.shouldSwap = false; // the session is over: what was typed waits in the draft
      location.reload();
    }
  });
  document.addEventListener('htmx:afterSettle', (event) => {
    if (find('desk')) {
      settle();
      if (event.detail.target.id === 'desk' && !document.activeElement?.closest('.filter')) {
        land();
      }
    }
  });
  if (find('desk')) {
    settle();
    land();
  }
})();
