/* What can be said about each verdict. */
const MARKS = {
  normal: { correct: 'Correct', 'missed-defect': 'Missed defect' },
  anomalous: { correct: 'Correct', 'false-alarm': 'False alarm' },
};

function button(text) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  return made;
}

/* Buttons below a card; source: where the image is that a region is drawn on. */
function offerReview(card, name, found, source) {
  const group = card.querySelector('.review');
  if (found.id === undefined || MARKS[found.verdict] === undefined) {
    group.remove();
    return;
  }
  group.setAttribute('aria-label', 'Review of ' + name);
  const said = document.createElement('span');
  said.setAttribute('role', 'status');
  let kept = { mark: found.mark, region: found.region };
  let sending = false;
  const buttons = Object.entries(MARKS[found.verdict]).map(([mark, text]) => {
    const made = button(text);
    made.dataset.mark = mark;
    made.addEventListener('click', () => keep({ mark }));
    return made;
  });
  const where = button('');
  where.className = 'where';
  where.addEventListener('click', async () => {
    const drawn = await region.draw(await source(), found, kept.region ?? null);
    where.focus();
    if (drawn !== null) {
      keep({ mark: kept.mark, region: drawn });
    }
  });

  function show() {
    buttons.forEach((made) => made.setAttribute('aria-pressed', String(made.dataset.mark === kept.mark)));
    where.hidden = kept.mark !== 'missed-defect';
    where.textContent = kept.region === undefined ? 'Draw where it is' : 'Draw again';
    said.textContent =
      kept.mark === undefined ? '' : kept.region === undefined ? 'Kept.' : 'Kept: ' + place(kept.region) + '.';
  }

  async function keep(review) {
    if (sending) {
      return;
    }
    sending = true;
    // Not disabled, which would take the keyboard's place away.
    const all = [...buttons, where];
    all.forEach((made) => made.setAttribute('aria-disabled', 'true'));
    said.classList.remove('failed');
    try {
      const address = AT_MODEL + '/results/' + found.id + '/review';
      await send(address, JSON.stringify(review), { 'Content-Type': 'application/json' });
      kept = review;
      show();
    } catch (e) {
      said.classList.add('failed');
      said.textContent = 'Not kept: ' + e.message;
    } finally {
      sending = false;
      all.forEach((made) => made.removeAttribute('aria-disabled'));
    }
  }

  group.append(...buttons, where, said);
  show();
}
