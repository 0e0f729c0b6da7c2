{
  const dialog = document.getElementById('lightbox');
  const part = (name) => dialog.querySelector('.lightbox-' + name);
  let card = null;

  const neighbours = () =>
    Array.from(card.parentElement.children).filter((other) => other.matches('.card') && !other.hidden);

  const copy = (layer, from) => {
    layer.hidden = from === null;
    if (from !== null) {
      layer.src = from.src;
      layer.alt = from.alt;
    }
  };

  const show = (next) => {
    card = next;
    for (const layer of ['image', 'heat', 'outline']) {
      copy(part(layer), card.querySelector('.' + layer));
    }
    part('line').replaceChildren(...Array.from(card.querySelector('.cardline').cloneNode(true).childNodes));
    part('line').className = 'cardline lightbox-line ' + card.className.replace('card', '');
    part('file').replaceChildren(...Array.from(card.querySelector('.file').cloneNode(true).childNodes));
    const all = neighbours();
    const at = all.indexOf(card);
    part('place').textContent = at + 1 + ' of ' + all.length;
    part('previous').disabled = at === 0;
    part('next').disabled = at === all.length - 1;
  };

  const step = (by) => {
    const all = neighbours();
    const next = all[all.indexOf(card) + by];
    if (next !== undefined) {
      show(next);
    }
  };

  document.addEventListener('click', (event) => {
    const zoom = event.target.closest('.zoom');
    if (zoom !== null) {
      show(zoom.closest('.card'));
      dialog.showModal();
    } else if (event.target === dialog) {
      dialog.close();
    }
  });
  part('previous').addEventListener('click', () => step(-1));
  part('next').addEventListener('click', () => step(1));
  part('close').addEventListener('click', () => dialog.close());
  dialog.addEventListener('keydown', (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by !== undefined) {
      // On the slider too, which has the arrows up and down.
      event.preventDefault();
      step(by);
    }
  });
  dialog.addEventListener('close', () => {
    const zoom = card.querySelector('.zoom');
    zoom.focus();
    zoom.scrollIntoView({ block: 'nearest' });
  });
}
