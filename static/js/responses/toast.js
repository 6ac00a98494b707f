// One short line over the page, with what can be done about it. Stays ten seconds, longer under the pointer or the focus.
const TIME = 10000;
let shown = null;

// `actions`: [{words, href}] for a link, [{words, act}] for a button.
export function toast(words, actions) {
  shown?.remove();
  const line = (shown = Object.assign(document.createElement("p"), { className: "toast over" }));
  line.setAttribute("role", "status");
  document.body.append(line);
  line.append(Object.assign(document.createElement("span"), { textContent: words }), ...actions.map(made));
  let left = TIME;
  const timer = setInterval(() => {
    if (!line.matches(":hover, :focus-within")) left -= 500;
    if (left > 0 && line.isConnected) return;
    clearInterval(timer);
    line.remove();
  }, 500);
}

function made({ words, href, act }) {
  if (href) return Object.assign(document.createElement("a"), { href, textContent: words });
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: words });
  button.addEventListener("click", () => {
    shown?.remove();
    act();
  });
  return button;
}
