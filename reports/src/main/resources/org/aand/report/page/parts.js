const slider = document.getElementById('overlay');
const lay = () => document.documentElement.style.setProperty('--overlay', slider.value / 100);
slider.addEventListener('input', lay);
lay();
