// Everything here only improves: each page works without it.
import { initAll } from '../nhsuk/nhsuk-frontend.min.js';

initAll();

// Leave at once, by the button or by Shift pressed three times within five seconds and nothing between.
// Replacing this page keeps it out of the Back button.
for (const link of document.querySelectorAll('[data-quick-exit]')) {
  const leave = () => {
    document.body.hidden = true;
    window.location.replace(link.href);
  };
  link.addEventListener('click', (event) => {
    event.preventDefault();
    leave();
  });
  let presses = [];
  document.addEventListener('keydown', (event) => {
    if (event.repeat) {
      return;
    }
    const since = Date.now() - 5000;
    presses = event.key === 'Shift' ? [...presses.filter((at) => at > since), Date.now()] : [];
    if (presses.length === 3) {
      leave();
    }
  });
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.addEventListener('click', () => window.print());
}

// A long form sent with the Enter key twice is still sent once.
for (const form of document.querySelectorAll('form[method="post"]')) {
  let sent = 0;
  form.addEventListener('submit', (event) => {
    const now = Date.now();
    if (now - sent < 1500) {
      event.preventDefault();
    }
    sent = now;
  });
}
