const LISTED = 3;

const place = (box) => box.width + ' × ' + box.height + ' at (' + box.x + ', ' + box.y + ')';

function regionLines(regions) {
  const text = regions.slice(0, LISTED).map((region) =>
    place(region) + ', peak ' + Number(region.peak.value.toPrecision(3)));
  const more = regions.length - LISTED;
  if (more > 0) {
    text.push(more + (more === 1 ? ' more region' : ' more regions'));
  }
  return text.map((line) => {
    const item = document.createElement('li');
    item.textContent = line;
    return item;
  });
}

/* The card of a result, its images still to be set; about: what stands after the verdict. */
function cardOf(name, found, about) {
  const card = byId('card').content.firstElementChild.cloneNode(true);
  card.querySelector('.image').alt = 'Image ' + name;
  card.querySelector('.zoom').setAttribute('aria-label', 'Enlarge ' + name);
  const regions = found.regions ?? [];
  if (regions.length === 0) {
    card.querySelector('.outline').remove();
  }
  card.querySelector('.regions').append(...regionLines(regions));
  card.querySelector('b').textContent = Number(found.score.toPrecision(4));
  card.querySelector('.about').textContent = about;
  card.querySelector('.file').textContent = name;
  card.querySelector('.chip').textContent = found.verdict;
  if (found.verdict !== 'undecided') {
    card.classList.add(found.verdict === 'anomalous' ? 'defective' : 'good');
  }
  return card;
}

function rank(found) {
  return found.percentile === undefined
    ? ''
    : 'higher than ' + Math.round(found.percentile) + '% of normal images';
}
