// How a message looks that is not there yet: on its way, or not sent, with what can be done about it.

export function draw(template, text, again, discard) {
  const node = template.content.firstElementChild.cloneNode(true);
  node.querySelector(".words").textContent = text;
  node.querySelector(".again").addEventListener("click", again);
  node.querySelector(".discard").addEventListener("click", discard);
  return node;
}

// `why` it was not sent; "" while it is on its way.
export function showState(node, why) {
  if (!node) return;
  node.classList.toggle("failed", Boolean(why));
  node.classList.toggle("pending", !why);
  node.querySelector(".is-sending").hidden = Boolean(why);
  node.querySelector(".is-failed").hidden = !why;
  node.querySelector(".why").textContent = why;
}

// Why an answer of the server (null: none came) is no message.
export function reason(response, words) {
  if (!response) return words.offline;
  if (response.redirected || response.status === 403) return words.out;
  return response.status === 429 ? words.busy : words.failed;
}

export const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
