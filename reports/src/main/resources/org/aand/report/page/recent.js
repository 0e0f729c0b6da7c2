/* The results that the service remembers, the newest first. */
const recent = (() => {
  const list = byId('recent');
  const cards = new Map();

  function add(found) {
    const at = AT_MODEL + '/results/' + found.id;
    const time = new Date(found.time).toLocaleTimeString();
    const card = cardOf(found.name, found, time);
    card.querySelector('.about').title = rank(found);
    const load = async (layer, address) => {
      const image = card.querySelector(layer);
      if (image !== null) {
        image.src = await imageOf(at + address);
        // What is drawn needs its address no longer, but the enlarged view does.
        image.dataset.own = image.src;
      }
    };
    const small = [['.image', '/thumbnail'], ['.heat', '/heatmap'], ['.outline', '/outline']];
    // One that was forgotten meanwhile goes with the next look.
    Promise.all(small.map(([layer, address]) => load(layer, address))).catch(() => card.classList.add('gone'));
    offerReview(card, found.name, found, () =>
      whole(at + '/image').catch(() => card.querySelector('.image').src));
    return card;
  }

  /* The image as it was sent, if the browser can show it. */
  async function whole(address) {
    const image = new Image();
    image.src = await imageOf(address);
    await image.decode();
    return image.src;
  }

  function forget(id) {
    for (const image of cards.get(id).querySelectorAll('[data-own]')) {
      URL.revokeObjectURL(image.dataset.own);
    }
    cards.get(id).remove();
    cards.delete(id);
  }

  return {
    async look(asking) {
      if (list === null) {
        return;
      }
      const answer = await request(AT_MODEL + '/results', {}, asking);
      const results = (await answer.json()).results.filter((found) => !sentHere.has(found.id));
      const ids = new Set(results.map((found) => found.id));
      [...cards.keys()].filter((id) => !ids.has(id)).forEach(forget);
      for (const found of results.reverse()) {
        if (!cards.has(found.id)) {
          cards.set(found.id, add(found));
          list.prepend(cards.get(found.id));
        }
      }
      byId('recent-none').hidden = cards.size > 0;
    },
  };
})();
