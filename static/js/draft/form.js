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
  for (const name of new Set(pairs.map(([name]) => name))) {
    const values = pairs.filter((pair) => pair[0] === name).map((pair) => pair[1]);
    for (const field of NOT_KEPT.has(name) ? [] : form.querySelectorAll(`[name="${CSS.escape(name)}"]:not([type=file])`)) {
      if (/checkbox|radio/.test(field.type)) field.checked = values.includes(field.value);
      else field.value = values[0];
    }
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
