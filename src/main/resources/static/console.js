// Keeps the page fresh without taking the keyboard away from anybody.
(() => {
  const every = 5000;
  const live = document.getElementById('live');
  const silent = document.getElementById('silent');

  const isBusy = () => document.hidden
      || live.contains(document.getSelection().anchorNode) && !document.getSelection().isCollapsed;

  const put = (html) => {
    const focused = live.contains(document.activeElement) ? document.activeElement : null;
    const focusedId = focused && (focused.id || focused.closest('[id]')?.id);
    const isSummary = focused?.tagName === 'SUMMARY';
    const open = [...live.querySelectorAll('details[open]')].map((details) => details.id);
    const fresh = new DOMParser().parseFromString(html, 'text/html').getElementById('live');
    live.replaceChildren(...fresh.childNodes);
    open.forEach((id) => document.getElementById(id)?.setAttribute('open', ''));
    const again = focusedId && document.getElementById(focusedId);
    (isSummary ? again?.querySelector('summary') : again)?.focus({preventScroll: true});
  };

  const refresh = async () => {
    if (!isBusy()) {
      try {
        const answer = await fetch(live.dataset.source, {cache: 'no-store'});
        if (answer.redirected) {
          location.reload(); // the session is over: the login page says so
          return;
        }
        silent.hidden = answer.ok;
        if (answer.ok) {
          const html = await answer.text();
          if (!isBusy()) {
            put(html);
          }
        }
      } catch {
        silent.hidden = false;
      }
    }
    setTimeout(refresh, every);
  };

  if (live) {
    document.addEventListener('keydown', (event) => {
      const open = event.key === 'Escape' && document.querySelector('details[open]');
      if (open) {
        open.removeAttribute('open');
        open.querySelector('summary').focus();
      }
    });
    setTimeout(refresh, every);
  }
})();
