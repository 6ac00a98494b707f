// The fields of a form that make its draft, as [name, value] pairs, and back.
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "place", "sequence", "tab", "key", "seen"]);

// Of a form, or of the entries that it had.
export function read(form) {
  const entries = Array.isArray(form) ? form : [...new FormData(form)];
  return entries.filter(([name, value]) => typeof value === "string" && !NOT_KEPT.has(name));
}

export function text(form) {
  return JSON.stringify(read(form));
}

export function fill(form, pairs) {
  const values = new Map(pairs);
  for (const [name, value] of values) {
    const field = form.elements[name];
    if (!field || NOT_KEPT.has(name) || field.type === "file" || field.type === "checkbox") continue;
    field.value = value;
  }
  form.elements.body?.dispatchEvent(new Event("input", { bubbles: true }));
}

// What is sent to be saved: all but files.
export function packed(form) {
  const body = new FormData();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  body.append("quiet", "1");
  return body;
}
