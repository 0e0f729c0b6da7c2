{
  // Every slider on the page sets the one weight of all heatmaps.
  const sliders = document.querySelectorAll('.overlay');
  const lay = (value) => {
    document.documentElement.style.setProperty('--overlay', value / 100);
    for (const slider of sliders) {
      slider.value = value;
    }
  };
  for (const slider of sliders) {
    slider.addEventListener('input', () => lay(slider.value));
  }
  lay(sliders[0].value);
}
