// Fields to the address of a form. Answers with what came back; status 0 where nothing did, since the line broke or
// nothing moved for so long that it must have.
const STILL = 30_000; // milliseconds
const LOOKED_AT = 300_000; // a large file may be looked at for long

export function post(form, body, progress, signal) {
  return new Promise((answer) => {
    const request = new XMLHttpRequest();
    let timer;
    const wait = (time) => (clearTimeout(timer), (timer = setTimeout(() => request.abort(), time)));
    request.upload.addEventListener("progress", ({ loaded, total }) => (wait(STILL), progress?.(total ? loaded / total : 0)));
    request.upload.addEventListener("loadend", () => wait(LOOKED_AT));
    request.addEventListener("loadend", () => (clearTimeout(timer), answer(said(request))));
    signal?.addEventListener("abort", () => request.abort());
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "text/html; fragment");
    body.set("csrfmiddlewaretoken", token(form));
    request.send(body);
    wait(STILL);
  });
}

// The latest: whoever signed in again in another tab has a new one.
export function token(form) {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;
}

function said(request) {
  const { status, responseText: text, responseURL: url } = request;
  return { status, text, url, retryAfter: status && Number(request.getResponseHeader("Retry-After")) };
}
