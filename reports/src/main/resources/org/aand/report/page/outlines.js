{
  const shown = document.getElementById('outlines');
  const apply = () => document.documentElement.classList.toggle('plain', !shown.checked);
  if (shown !== null) {
    shown.addEventListener('change', apply);
    // Browsers keep what was chosen when a page is loaded again.
    apply();
  }
}
