const byId = (id) => document.getElementById(id);
const images = byId('images');
const line = byId('line');
const drop = byId('drop');
const waiting = [];
const AT_ONCE = 2;
const PATIENCE = 20;
const LISTED = 3;
let running = 0;
let done = 0;
let anomalous = 0;
let decided = true;

function summarise() {
  const left = waiting.length + running;
  byId('summary').textContent =
    done + (done === 1 ? ' image' : ' images') +
    (decided ? ': ' + anomalous + ' anomalous, ' + (done - anomalous) + ' normal' : '') +
    (left > 0 ? '; ' + left + ' waiting.' : '.');
}

function insert(card, score, verdict) {
  const above = verdict === 'anomalous';
  card.dataset.score = score;
  card.dataset.above = above;
  for (const other of images.children) {
    if (other === line ? above : other.dataset.above === String(above) && Number(other.dataset.score) < score) {
      images.insertBefore(card, other);
      return;
    }
    if (above && other !== line && other.dataset.above === 'false') {
      images.insertBefore(card, other);
      return;
    }
  }
  images.append(card);
}

function lines(regions) {
  const text = regions.slice(0, LISTED).map((region) =>
    region.width + ' × ' + region.height + ' at (' + region.x + ', ' + region.y + '), peak ' +
    Number(region.peak.value.toPrecision(3)));
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

function show(file, found) {
  const card = byId('card').content.firstElementChild.cloneNode(true);
  const image = card.querySelector('.image');
  image.alt = 'Image ' + file.name;
  card.querySelector('.zoom').setAttribute('aria-label', 'Enlarge ' + file.name);
  const own = URL.createObjectURL(file);
  // Kept for as long as the page: the enlarged view reads it again.
  image.addEventListener('error', () => {
    // The browser cannot show every format that the service reads.
    URL.revokeObjectURL(own);
    image.src = found.heatmap;
  }, { once: true });
  image.src = own;
  card.querySelector('.heat').src = found.heatmap;
  const regions = found.regions ?? [];
  if (regions.length > 0) {
    card.querySelector('.outline').src = found.outline;
  } else {
    card.querySelector('.outline').remove();
  }
  card.querySelector('.regions').append(...lines(regions));
  card.querySelector('b').textContent = Number(found.score.toPrecision(4));
  if (found.percentile !== undefined) {
    card.querySelector('.about').textContent = 'higher than ' + Math.round(found.percentile) + '% of normal images';
  }
  card.querySelector('.file').textContent = file.name;
  card.querySelector('.chip').textContent = found.verdict;
  offerReview(card, file.name, found);
  if (found.verdict !== 'undecided') {
    card.classList.add(found.verdict === 'anomalous' ? 'defective' : 'good');
  }
  insert(card, found.score, found.verdict);
  done += 1;
  anomalous += found.verdict === 'anomalous' ? 1 : 0;
  decided = found.verdict !== 'undecided';
  if (line !== null) {
    line.hidden = false;
  }
}

function complain(text) {
  const item = document.createElement('li');
  item.textContent = text;
  byId('problems').append(item);
  byId('problems').hidden = false;
}

/* The service's token, where it asks for one; as long as this tab is open. */
let token = sessionStorage.getItem('aand-token') || '';

function askForToken(refused) {
  if (token === refused) {
    token = window.prompt('The service asks for a token:') || '';
    sessionStorage.setItem('aand-token', token);
  }
  return token !== '';
}

async function send(address, body, headers) {
  for (let attempt = 0; attempt < PATIENCE; attempt++) {
    const used = token;
    const answer = await fetch(address, {
      method: 'POST',
      body: body,
      headers: used === '' ? headers : { ...headers, Authorization: 'Bearer ' + used },
    });
    if (answer.status === 401 && askForToken(used)) {
      continue;
    }
    if (answer.status !== 503) {
      const found = await answer.json();
      if (!answer.ok) {
        throw new Error(found.error);
      }
      return found;
    }
    await new Promise((resume) => setTimeout(resume, 500));
  }
  throw new Error('the service is busy; try again');
}

function ask(file) {
  const form = new FormData();
  // With its name, which the lists of results show.
  form.append('file', file);
  return send('detect?heatmap=true&outline=true', form, {});
}

/* What can be said about each verdict. */
const MARKS = {
  normal: { correct: 'Correct', 'missed-defect': 'Missed defect' },
  anomalous: { correct: 'Correct', 'false-alarm': 'False alarm' },
};

function offerReview(card, name, found) {
  const group = card.querySelector('.review');
  if (found.id === undefined || MARKS[found.verdict] === undefined) {
    group.remove();
    return;
  }
  group.setAttribute('aria-label', 'Review of ' + name);
  const said = document.createElement('span');
  said.setAttribute('role', 'status');
  const buttons = Object.entries(MARKS[found.verdict]).map(([mark, text]) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = text;
    button.setAttribute('aria-pressed', 'false');
    button.addEventListener('click', () => review(mark, button));
    return button;
  });
  let sending = false;

  async function review(mark, chosen) {
    if (sending) {
      return;
    }
    sending = true;
    // Not disabled, which would take the keyboard's place away.
    buttons.forEach((button) => button.setAttribute('aria-disabled', 'true'));
    said.textContent = '';
    said.classList.remove('failed');
    try {
      await send(images.dataset.results + '/' + found.id + '/review', JSON.stringify({ mark }), {
        'Content-Type': 'application/json',
      });
      buttons.forEach((button) => button.setAttribute('aria-pressed', String(button === chosen)));
      said.textContent = 'Kept.';
    } catch (e) {
      said.classList.add('failed');
      said.textContent = 'Not kept: ' + e.message;
    } finally {
      sending = false;
      buttons.forEach((button) => button.removeAttribute('aria-disabled'));
    }
  }

  group.append(...buttons, said);
}

async function work() {
  while (waiting.length > 0) {
    const file = waiting.shift();
    try {
      show(file, await ask(file));
    } catch (e) {
      complain(file.name + ': ' + e.message);
    }
    summarise();
  }
}

function take(files) {
  waiting.push(...files);
  while (running < AT_ONCE && waiting.length > 0) {
    running += 1;
    work().finally(() => {
      running -= 1;
      summarise();
    });
  }
  summarise();
}

byId('files').addEventListener('change', (event) => {
  take(Array.from(event.target.files));
  event.target.value = '';
});
for (const kind of ['dragenter', 'dragover']) {
  window.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add('over');
  });
}
for (const kind of ['dragleave', 'drop']) {
  window.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.remove('over');
  });
}
window.addEventListener('drop', (event) => take(Array.from(event.dataTransfer.files)));
