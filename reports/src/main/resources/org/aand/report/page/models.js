/* Which models there are, and how the page's one is. */
const models = (() => {
  const choice = byId('model');
  let reloads = null;

  choice.addEventListener('change', () => location.assign(modelAddress(choice.value) + '/'));
  // A browser that goes back may show the page as it was left.
  window.addEventListener('pageshow', () => {
    choice.value = MODEL;
  });

  function offer(all) {
    const texts = all.map((model) => model.name + (model.drift?.drifted ? ' (drifted)' : ''));
    if (texts.join('\n') !== Array.from(choice.options, (option) => option.text).join('\n')) {
      choice.replaceChildren(...all.map((model, i) => new Option(texts[i], model.name)));
      choice.value = MODEL;
    }
    byId('models').hidden = all.length < 2;
    // The choice says the same.
    document.querySelector('.overline').hidden = all.length >= 2;
  }

  function driftText(drift) {
    if (drift === undefined) {
      return 'Drift is not watched: the model does not know its normal images. Calibrate it again.';
    }
    if (drift.window === 0) {
      return 'Drift: too few images to tell so far (' + drift.images + ').';
    }
    return drift.drifted
      ? 'The last ' + drift.window + ' images differ from the normal ones: ' + (drift.causes.join(', ') || 'no likely cause')
      : 'No drift in the last ' + drift.window + ' images.';
  }

  /* Only what is new, so that a screen reader says it once. */
  function say(id, text) {
    if (byId(id).textContent !== text) {
      byId(id).textContent = text;
    }
    byId(id).hidden = text === '';
  }

  function describe(model) {
    const drifted = model.drift?.drifted ?? false;
    say('drift', driftText(model.drift));
    byId('drift').className = drifted ? 'notice' : 'note';
    const traits = drifted ? Object.entries(model.drift.traits).filter(([, trait]) => trait.drifted) : [];
    say('traits', traits.map(([name, trait]) =>
      name + ': median ' + Number(trait.median.toPrecision(3)) + ', of normal images ' +
      Number(trait.normalMedian.toPrecision(3))).join('; '));
    reloads ??= model.reloads;
    say('changed', [
      model.problem === undefined ? '' : 'The model\'s changed file cannot be used: ' + model.problem + '.',
      model.reloads === reloads ? '' : 'The model was loaded again. Load this page again to see its threshold.',
    ].filter((text) => text !== '').join(' '));
  }

  return {
    async look(asking) {
      const all = (await (await request(ROOT + 'models', {}, asking)).json()).models;
      offer(all);
      describe(all.find((model) => model.name === MODEL));
    },
  };
})();

{
  const EVERY_MILLIS = 5000;

  const look = async (asking) => {
    try {
      await models.look(asking);
      await recent.look(asking);
      byId('away').hidden = true;
    } catch (e) {
      byId('away').textContent = 'What the service did lately is not known: ' + e.message;
      byId('away').hidden = false;
    }
  };

  const again = async () => {
    if (!document.hidden) {
      await look(false);
    }
    setTimeout(again, EVERY_MILLIS);
  };

  look(true).then(() => setTimeout(again, EVERY_MILLIS));
}
