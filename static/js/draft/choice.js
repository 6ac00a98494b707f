// Two texts for one place: a note shows the other one. Nothing is saved, and nothing overwritten, before one was chosen.
import { fill, read } from "./form.js";

// `other` is text from elsewhere, as [name, value] pairs; `told` is the server's answer, if it is the server that has it.
export function offer(keeper, sentence, other, told) {
  const note = keeper.element.querySelector("template").content.firstElementChild.cloneNode(true);
  const [says, area] = [note.querySelector("p"), note.querySelector("textarea")];
  const [take, stay] = note.querySelectorAll("button");
  says.textContent = sentence;
  area.value = words(other);
  note.querySelector("details").hidden = take.hidden = !area.value;
  take.addEventListener("click", () => {
    const mine = read(keeper.form);
    fill(keeper.form, other);
    area.value = words(mine);
    says.textContent = keeper.element.dataset.yours;
    take.parentElement.remove();
    goOn(keeper, told, told ? JSON.stringify(read(keeper.form)) : "");
  });
  stay.addEventListener("click", () => {
    note.remove();
    goOn(keeper, told, "");
  });
  keeper.element.querySelector(".note")?.remove(); // one question at a time
  keeper.element.append(note);
}

function goOn(keeper, told, known) {
  if (told) keeper.form.elements.sequence.value = told.sequence;
  Object.assign(keeper.saver, { isPaused: false, known });
  keeper.typed();
}

function words(pairs) {
  const values = new Map(pairs);
  return [values.get("title"), values.get("body")].filter(Boolean).join("\n\n");
}
