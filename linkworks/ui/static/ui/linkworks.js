// Everything here only improves: each page works without it.
import { initAll } from '../nhsuk/nhsuk-frontend.min.js';

initAll();

// Leave at once. Replacing this page keeps it out of the Back button.
for (const link of document.querySelectorAll('[data-quick-exit]')) {
  link.addEventListener('click', (event) => {
    event.preventDefault();
    document.body.hidden = true;
    window.location.replace(link.href);
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
