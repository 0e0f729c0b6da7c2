/* Ids of the results of images that were sent from this page: they have their cards already. */
const sentHere = new Set();
const line = byId('line');
const drop = byId('drop');
const waiting = [];
const AT_ONCE = 2;
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

function show(file, found) {
  sentHere.add(found.id);
  const card = cardOf(file.name, found, rank(found));
  const image = card.querySelector('.image');
  const own = URL.createObjectURL(file);
  // Kept for as long as the page: the enlarged view reads it again.
  image.addEventListener('error', () => {
    // The browser cannot show every format that the service reads.
    URL.revokeObjectURL(own);
    image.src = found.heatmap;
  }, { once: true });
  image.src = own;
  card.querySelector('.heat').src = found.heatmap;
  const outline = card.querySelector('.outline');
  if (outline !== null) {
    outline.src = found.outline;
  }
  offerReview(card, file.name, found, async () => image.src);
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

function ask(file) {
  const form = new FormData();
  // With its name, which the lists of results show.
  form.append('file', file);
  return send(AT_MODEL + '/detect?heatmap=true&outline=true', form);
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
