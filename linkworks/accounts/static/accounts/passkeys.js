// Asks the browser for a passkey. Without JavaScript the part of the page it belongs to stays hidden.
for (const part of document.querySelectorAll('[data-passkey]')) {
  const form = part.querySelector('form');
  const problem = part.querySelector('[role="alert"]');
  part.hidden = false;

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    problem.hidden = true;
    try {
      const ask = window.webauthnJSON[part.dataset.passkey];
      const credential = await ask(JSON.parse(part.dataset.options));
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      problem.hidden = false;
    }
  });
}
