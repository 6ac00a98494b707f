// What is said beside a form about its draft, in the words of its <draft-keeper>.
export class Status {
  constructor(keeper) {
    Object.assign(this, { all: keeper.dataset, place: keeper.querySelector(".saved") });
  }

  words(name, value = "") {
    return this.all[name].replace("%t", value).replace("%n", value);
  }

  say(name, value) {
    this.write(this.words(name, value), name === "saved");
  }

  write(sentence, isGood = false) {
    this.place.className = isGood ? "saved ok" : "saved";
    this.place.textContent = sentence;
  }
}
