/* Lets a person draw a rectangle on an image: by mouse, pen, finger, or the arrow keys. */
const region = (() => {
  const dialog = byId('drawing');
  const part = (name) => dialog.querySelector('.drawing-' + name);
  const frame = part('frame');
  /* A shorter drag, in pixels of the screen, is a tap. */
  const TAP = 4;
  let width = 1;
  let height = 1;
  let box = null;
  let start = null;
  let settle = () => {};

  const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

  function set(next) {
    box = next;
    part('box').hidden = box === null;
    part('keep').disabled = box === null;
    part('clear').disabled = box === null;
    part('place').textContent = box === null ? '' : place(box);
    if (box !== null) {
      Object.assign(part('box').style, {
        left: (100 * box.x) / width + '%',
        top: (100 * box.y) / height + '%',
        width: (100 * box.width) / width + '%',
        height: (100 * box.height) / height + '%',
      });
    }
  }

  /* Where a pointer is, in pixels of the image; beyond its rim is on it. */
  function at(event) {
    const shown = frame.getBoundingClientRect();
    return {
      x: clamp(((event.clientX - shown.left) / shown.width) * width, 0, width),
      y: clamp(((event.clientY - shown.top) / shown.height) * height, 0, height),
      screen: [event.clientX, event.clientY],
    };
  }

  /* All pixels that the rectangle touches. */
  function between(a, b) {
    const x = Math.min(Math.floor(Math.min(a.x, b.x)), width - 1);
    const y = Math.min(Math.floor(Math.min(a.y, b.y)), height - 1);
    return {
      x: x,
      y: y,
      width: Math.max(1, Math.ceil(Math.max(a.x, b.x)) - x),
      height: Math.max(1, Math.ceil(Math.max(a.y, b.y)) - y),
    };
  }

  function drag(event) {
    const now = at(event);
    const far = Math.hypot(now.screen[0] - start.screen[0], now.screen[1] - start.screen[1]);
    set(far < TAP ? null : between(start, now));
  }

  const surface = part('surface');
  surface.addEventListener('pointerdown', (event) => {
    if (event.isPrimary && event.button === 0) {
      surface.setPointerCapture(event.pointerId);
      start = at(event);
      set(null);
    }
  });
  surface.addEventListener('pointermove', (event) => {
    if (event.isPrimary && start !== null) {
      drag(event);
    }
  });
  for (const kind of ['pointerup', 'pointercancel']) {
    surface.addEventListener(kind, (event) => {
      if (event.isPrimary) {
        start = null;
      }
    });
  }

  surface.addEventListener('keydown', (event) => {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (by === undefined) {
      return;
    }
    event.preventDefault();
    const now = box ?? {
      x: Math.floor(0.4 * width),
      y: Math.floor(0.4 * height),
      width: Math.ceil(0.2 * width),
      height: Math.ceil(0.2 * height),
    };
    const step = Math.max(1, Math.round(Math.max(width, height) / 100));
    set(
      event.shiftKey
        ? {
            ...now,
            width: clamp(now.width + step * by[0], 1, width - now.x),
            height: clamp(now.height + step * by[1], 1, height - now.y),
          }
        : {
            ...now,
            x: clamp(now.x + step * by[0], 0, width - now.width),
            y: clamp(now.y + step * by[1], 0, height - now.height),
          },
    );
  });

  part('keep').addEventListener('click', () => dialog.close('keep'));
  part('clear').addEventListener('click', () => {
    set(null);
    surface.focus();
  });
  part('cancel').addEventListener('click', () => dialog.close('cancel'));
  dialog.addEventListener('cancel', () => {
    dialog.returnValue = 'cancel';
  });
  dialog.addEventListener('close', () => settle(dialog.returnValue === 'keep' ? box : null));

  /* Resolves to the rectangle in pixels of the image; null if there is to be none. */
  return {
    draw(source, size, before) {
      width = size.width;
      height = size.height;
      part('image').src = source;
      frame.style.setProperty('--ratio', width / height);
      dialog.returnValue = 'cancel';
      dialog.showModal();
      set(before);
      return new Promise((resolve) => {
        settle = resolve;
      });
    },
  };
})();
