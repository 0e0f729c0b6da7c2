const byId = (id) => document.getElementById(id);
const images = byId('images');
/* Where the service is as seen from the page, and the page's model. */
const ROOT = images.dataset.root;
const MODEL = images.dataset.model;
const PATIENCE = 20;
const modelAddress = (name) => ROOT + 'models/' + encodeURIComponent(name);
const AT_MODEL = modelAddress(MODEL);

/* The service's token, where it asks for one; as long as this tab is open. */
let token = sessionStorage.getItem('aand-token') || '';

function askForToken(refused) {
  if (token === refused) {
    token = window.prompt('The service asks for a token:') || '';
    sessionStorage.setItem('aand-token', token);
  }
  return token !== '';
}

/* The answer to a request; one that nobody waits for, asking = false, never asks for a token. */
async function request(address, options = {}, asking = true) {
  for (let attempt = 0; attempt < PATIENCE; attempt++) {
    const used = token;
    const answer = await fetch(address, {
      ...options,
      headers: used === '' ? options.headers : { ...options.headers, Authorization: 'Bearer ' + used },
    });
    if (answer.status === 401 && asking && askForToken(used)) {
      continue;
    }
    if (answer.ok) {
      return answer;
    }
    if (answer.status !== 503) {
      throw new Error((await answer.json()).error);
    }
    await new Promise((resume) => setTimeout(resume, 500));
  }
  throw new Error('the service is busy; try again');
}

async function send(address, body, headers = {}) {
  return (await request(address, { method: 'POST', body: body, headers: headers })).json();
}

/* An address of its own for an image that may need the token. */
async function imageOf(address) {
  return URL.createObjectURL(await (await request(address, {}, false)).blob());
}
