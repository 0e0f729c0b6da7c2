{
  const byId = (id) => document.getElementById(id);
  const list = byId('images');
  const line = byId('line');
  const body = byId('rows');
  // They come with the highest score first; scores as they are printed may be equal.
  const entry = (element, rank, file, verdict) => ({ element, rank, file, name: file.toLowerCase(), verdict });
  const cards = Array.from(list.querySelectorAll('.card'), (card, rank) =>
    entry(card, rank, card.querySelector('.file').textContent, card.dataset.verdict));
  const rows = Array.from(body.rows, (row, rank) => entry(row, rank, row.cells[0].textContent, row.cells[2].textContent));
  const collator = new Intl.Collator(undefined, { numeric: true });
  const ORDERS = {
    highest: (a, b) => a.rank - b.rank,
    lowest: (a, b) => b.rank - a.rank,
    name: (a, b) => collator.compare(a.file, b.file) || a.rank - b.rank,
  };

  const matches = (item) =>
    item.name.includes(byId('name').value.trim().toLowerCase()) &&
    ['', item.verdict].includes(byId('verdict')?.value ?? '');

  const filter = () => {
    for (const item of [...cards, ...rows]) {
      item.element.hidden = !matches(item);
    }
    const found = rows.filter(matches).length;
    const shown = cards.filter(matches).length;
    byId('status').textContent =
      found === rows.length && shown === cards.length ? ''
        : found + ' of ' + rows.length + ' images' + (shown < found ? ', ' + shown + ' of them shown' : '');
    divide();
  };

  // The threshold stands where the verdict changes, in an order by score alone.
  const divide = () => {
    if (line === null) {
      return;
    }
    line.hidden = byId('order').value === 'name';
    const first = cards[0]?.verdict;
    const change = cards.find((card) => card.verdict !== first);
    const before = byId('order').value === 'highest' ? 'anomalous' : 'normal';
    if (change !== undefined) {
      change.element.before(line);
    } else if (first === before) {
      list.append(line);
    } else {
      list.prepend(line);
    }
  };

  const sort = () => {
    const order = ORDERS[byId('order').value];
    list.append(...cards.sort(order).map((card) => card.element));
    body.append(...rows.sort(order).map((row) => row.element));
    divide();
  };

  byId('name').addEventListener('input', filter);
  byId('verdict')?.addEventListener('change', filter);
  byId('order').addEventListener('change', sort);
  // Browsers keep what was chosen when a page is loaded again.
  if (byId('order').value !== 'highest') {
    sort();
  }
  filter();
}
